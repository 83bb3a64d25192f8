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

    package var words: Range<Int> { firstWord..<firstWord + wordCount }
}
