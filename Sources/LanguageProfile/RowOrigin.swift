import CText
import Findings

/// What is known of a row beside its text.
package struct RowOrigin: Sendable {
    /// What a dedup does with a row.
    package struct Fate: Sendable, Equatable {
        package var isRemoved: Bool
        /// The cluster of a row that has duplicates.
        package var cluster: UInt64?

        package init(isRemoved: Bool, cluster: UInt64?) {
            self.isRemoved = isRemoved
            self.cluster = cluster
        }
    }

    package var shard: Int
    package var ordinal: Int
    package var author: UInt64?
    /// What the row is drawn by: author or conversation; `nil` where it is a draw of its own.
    package var unit: UInt64?
    package var parts: [SliceValue] = []
    package var labels: [SliceValue] = []
    /// The row's place in a random order of all rows.
    package let number: UInt64
    /// Whether near-duplicate clusters are what rows are drawn by.
    package var isDrawnByCluster = false
    /// `nil` where it is not asked for.
    package var provenance: Provenance?
    /// `nil` where no dedup was made.
    package var fate: Fate?

    package init(shard: Int, ordinal: Int) {
        self.shard = shard
        self.ordinal = ordinal
        number = Self.number(shard: shard, ordinal: ordinal)
    }

    /// A row's place in a random order of all rows: a hash of where it lies, so that no thread or batch changes it.
    package static func number(shard: Int, ordinal: Int) -> UInt64 {
        ctext_mix64(UInt64(ordinal) &+ ctext_mix64(UInt64(shard) &+ 1))
    }

    package var place: FeatureTallies.Place { FeatureTallies.Place(shard: shard, ordinal: ordinal) }
}
