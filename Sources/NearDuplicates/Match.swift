import Corpus
import Findings
import Synchronization

/// A verified match of a row with a keeper.
package struct Match: Sendable, Equatable {
    package var row: UInt32
    package var keeper: UInt32
    package var kind: CasualtyKind
    package var difference: DifferenceClass
    /// Shingles that both have, and shingles of either, of the side with the smaller quotient (for `contained`:
    /// shingles of the row).
    package var shared: UInt32
    package var total: UInt32
    /// Share of the row's shingles that the keeper lacks.
    package var textLost: Float

    package init(
        row: UInt32, keeper: UInt32, kind: CasualtyKind, difference: DifferenceClass, shared: UInt32 = 1,
        total: UInt32 = 1, textLost: Float = 0
    ) {
        self.row = row
        self.keeper = keeper
        self.kind = kind
        self.difference = difference
        self.shared = shared
        self.total = total
        self.textLost = textLost
    }

    package var similarity: Double { total == 0 ? 1 : Double(shared) / Double(total) }
}
