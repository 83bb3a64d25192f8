/// One cluster by its keeper.
package struct ClusterRecord: Sendable, Equatable {
    /// From 1, the largest first.
    package var rank: Int
    package var keeper: Int
    package var keeperOrdinal: Int
    package var keeperShard: Int32
    /// Removed rows, without the keeper.
    package var memberCount: Int32
    /// Where the keeper's line lies in `keepers.jsonl.zst`.
    package var position: FramePosition

    package init(
        rank: Int, keeper: Int, keeperShard: Int32, keeperOrdinal: Int, memberCount: Int32,
        position: FramePosition
    ) {
        self.rank = rank
        self.keeper = keeper
        self.keeperOrdinal = keeperOrdinal
        self.keeperShard = keeperShard
        self.memberCount = memberCount
        self.position = position
    }
}
