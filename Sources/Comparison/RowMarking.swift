/// What another reader makes of a row's text: features by bit, and words that no list knows. The composition passes it
/// in, since detectors do not import each other.
package struct RowMarks: Sendable, Equatable {
    /// Bit n for feature n of `RowMarking.names`.
    package var found: UInt128 = 0
    /// Words in small letters that could be judged.
    package var judgedWords = 0
    /// Of these, words that no list knows.
    package var unknownWords = 0

    package init() {}
}

/// Finds marks; one per thread.
package protocol RowMarking: AnyObject {
    /// The names of the features, at most 128.
    var names: [String] { get }

    func marks(of text: UnsafeRawBufferPointer) -> RowMarks
}
