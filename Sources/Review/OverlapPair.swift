import Findings

/// An eval item that was found in a row.
package struct OverlapPair: Sendable, Equatable {
    package var row: Int
    package var shard: Int32
    package var ordinal: Int
    /// Of the item in the store.
    package var item: Int
    package var verdict: OverlapVerdict
    package var coverage: Double
    package var position: FramePosition

    package init(
        row: Int, shard: Int32, ordinal: Int, item: Int, verdict: OverlapVerdict, coverage: Double,
        position: FramePosition
    ) {
        self.row = row
        self.shard = shard
        self.ordinal = ordinal
        self.item = item
        self.verdict = verdict
        self.coverage = coverage
        self.position = position
    }
}
