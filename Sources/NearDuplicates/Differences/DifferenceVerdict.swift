import Corpus

/// What separates a row from its keeper, and how sure that is.
package struct DifferenceVerdict: Sendable, Equatable {
    /// The first class of DESIGN's order that applies; `.identical` when the texts are byte-equal turn for
    /// turn.
    package var difference: DifferenceClass
    /// False when words differ and their language has no negation list, so that `.negation` was never looked
    /// for.
    package var negationChecked: Bool
    /// Byte ranges, in the bytes of each `RowText`, of the segment that decided; `nil` where none did.
    package var evidence: WordDiff.Hunk?

    package init(
        difference: DifferenceClass, negationChecked: Bool = true, evidence: WordDiff.Hunk? = nil
    ) {
        self.difference = difference
        self.negationChecked = negationChecked
        self.evidence = evidence
    }
}
