import Corpus

/// One row that the plan removes, or that matched and a rule keeps.
///
/// Rows are numbered through all shards of the run in the store's order of shards: a row's number is its shard's
/// first row plus its ordinal.
package struct RemovalRecord: Sendable, Equatable {
    package var row: Int
    package var ordinal: Int
    package var keeper: Int
    package var keeperOrdinal: Int
    package var shard: Int32
    package var keeperShard: Int32
    /// As in the casualty file; decided and stored as the nearest double to an exact fraction.
    package var similarity: Double
    /// The share of the row's shingles that its keeper lacks.
    package var textLost: Float
    package var kind: CasualtyKind
    package var difference: DifferenceClass
    /// Index into the store's rules.
    package var rule: UInt16
    package var sliceSet: Int32
    /// Where the row's line lies in its file.
    package var position: FramePosition

    package init(
        row: Int, shard: Int32, ordinal: Int, keeper: Int, keeperShard: Int32, keeperOrdinal: Int,
        kind: CasualtyKind, similarity: Double, textLost: Float, difference: DifferenceClass, rule: UInt16,
        sliceSet: Int32, position: FramePosition
    ) {
        self.row = row
        self.ordinal = ordinal
        self.keeper = keeper
        self.keeperOrdinal = keeperOrdinal
        self.shard = shard
        self.keeperShard = keeperShard
        self.similarity = similarity
        self.textLost = textLost
        self.kind = kind
        self.difference = difference
        self.rule = rule
        self.sliceSet = sliceSet
        self.position = position
    }
}
