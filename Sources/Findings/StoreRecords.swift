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

/// An accepted pair: a row and a keeper that it is a duplicate of, whether or not it was removed for it.
package struct PairRecord: Sendable, Equatable {
    package var row: Int
    package var keeper: Int
    package var similarity: Double
    package var kind: CasualtyKind

    package init(row: Int, keeper: Int, similarity: Double, kind: CasualtyKind) {
        self.row = row
        self.keeper = keeper
        self.similarity = similarity
        self.kind = kind
    }
}

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

/// One quarantined row.
package struct QuarantineRecord: Sendable, Equatable {
    package var shard: Int32
    package var ordinal: Int
    package var byteOffset: Int
    package var code: String
    package var message: String
    package var position: FramePosition

    package init(
        shard: Int32, ordinal: Int, byteOffset: Int, code: String, message: String, position: FramePosition
    ) {
        self.shard = shard
        self.ordinal = ordinal
        self.byteOffset = byteOffset
        self.code = code
        self.message = message
        self.position = position
    }
}

/// One shard of the store.
package struct ShardRecord: Sendable, Equatable {
    /// The role of its corpus: `training`, `against`.
    package var corpus: String
    package var name: String
    /// The number of its first row.
    package var firstRow: Int
    package var rows: Int

    package init(corpus: String = "training", name: String, firstRow: Int, rows: Int) {
        self.corpus = corpus
        self.name = name
        self.firstRow = firstRow
        self.rows = rows
    }
}

/// A field and one of its values.
package struct SliceValue: Sendable, Hashable {
    package var field: String
    package var value: String

    package init(field: String, value: String) {
        self.field = field
        self.value = value
    }
}
