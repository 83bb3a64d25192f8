/// One line of `overlaps` in the store.
package struct OverlapRecord: Sendable, Equatable {
    /// The row's place among the readable rows of all shards.
    package var row: Int
    package var shard: Int32
    package var ordinal: Int
    /// The item's number in the store.
    package var item: Int
    package var verdict: OverlapVerdict
    package var component: String
    package var role: String
    package var turn: Int
    package var coverage: Double
    package var position: FramePosition

    package init(
        row: Int, shard: Int32, ordinal: Int, item: Int, verdict: OverlapVerdict, component: String,
        role: String,
        turn: Int, coverage: Double, position: FramePosition
    ) {
        self.row = row
        self.shard = shard
        self.ordinal = ordinal
        self.item = item
        self.verdict = verdict
        self.component = component
        self.role = role
        self.turn = turn
        self.coverage = coverage
        self.position = position
    }
}
