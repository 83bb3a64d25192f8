/// What of an indexed text stands in a row.
package struct TextMatch: Sendable {
    /// A run of words that stands on both sides, but for what was mistyped inside it.
    package struct Span: Sendable, Equatable {
        /// Words of the row.
        package var row: Range<Int>
        /// Words of the text.
        package var text: Range<Int>
    }

    /// How it was found.
    package enum Means: Sendable {
        case runs, segment, letters
    }

    package var text: Int
    package var means: Means
    /// The words of the text that the match is about: all, or those of one of its turns.
    package var part: Range<Int>
    /// The share of the part's specific words that is covered; by letters, one minus edits a letter.
    package var coverage: Double
    /// Specific words covered.
    package var coveredWords: Int
    /// Words of the longest unbroken run.
    package var longestRun: Int
    /// In order of the row.
    package var spans: [Span]
    /// Whether what differs is numbers or names that stand in the same place.
    package var isMate = false
    /// Whether the words that are covered are a quotation or a shared passage alone.
    package var isQuotation = false
    /// Matches of single turns of the text, the best first.
    package var turns: [TextMatch] = []
}
