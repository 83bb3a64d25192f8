/// Row and item side by side, for `--show-text`.
package struct OverlapSample: Sendable, Equatable {
    package var shard: String
    package var ordinal: Int
    package var set: String
    package var item: String
    package var verdict: OverlapVerdict
    package var coverage: Double
    package var role: String
    package var turn: Int
    /// Byte offsets in the turn and in the item's component.
    package var rowRange: Range<Int>
    package var itemRange: Range<Int>
    package var rowText: [UInt8]
    package var itemText: [UInt8]

    package init(
        shard: String, ordinal: Int, set: String, item: String, verdict: OverlapVerdict, coverage: Double,
        role: String, turn: Int, rowRange: Range<Int>, itemRange: Range<Int>, rowText: [UInt8],
        itemText: [UInt8]
    ) {
        self.shard = shard
        self.ordinal = ordinal
        self.set = set
        self.item = item
        self.verdict = verdict
        self.coverage = coverage
        self.role = role
        self.turn = turn
        self.rowRange = rowRange
        self.itemRange = itemRange
        self.rowText = rowText
        self.itemText = itemText
    }
}
