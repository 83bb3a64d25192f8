/// A text of one or more eval items of a set, as the index holds it.
package struct IndexedText: Sendable {
    /// How it is looked for.
    package enum Route: UInt8, Sendable {
        /// By n-grams of words and windows of letters.
        case runs
        /// As a whole turn, line or sentences.
        case segment
        /// Only beside its question.
        case beside
    }

    package var set: Int32
    package var component: EvalComponent
    package var route: Route
    /// Items that have it, in order.
    package var items: [Int32]
    /// Of its words among those of all texts.
    package var firstWord: Int
    package var wordCount: Int
    /// Of its letters in the streams of all texts.
    package var firstByte: Int
    package var byteCount: Int
    /// Of a text joined from two turns or more: the words of each turn, counted from the text's first. Each is looked for
    /// by itself too.
    package var turns: [Range<Int>] = []

    package var words: Range<Int> { firstWord..<firstWord + wordCount }

    /// Words of the segment that it is looked for as: the whole text, or its first turn.
    var segmentWords: Int { turns.first?.count ?? wordCount }

    /// Words that a turn needs to be looked for by itself.
    static func leastTurn(_ component: EvalComponent) -> Int {
        component == .answer ? EvalIndex.longAnswerWords : EvalIndex.shortWords
    }
}
