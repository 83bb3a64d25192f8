import Corpus

/// The total order of the leader pass: `--against` rows, protected rows, the keeper policy, then shard and
/// ordinal. A row that comes first stays before one that comes later.
struct PriorityOrder: Sendable {
    private let table: RowTable
    private let usesLength: Bool
    /// Rank by slice set; empty where the policy does not look at slices.
    private let rank: [UInt32]

    init(table: RowTable, configuration: DedupConfiguration, slices: SliceIndex) {
        self.table = table
        switch configuration.keeper {
        case .first:
            rank = []
            usesLength = false
        case .longest:
            rank = []
            usesLength = true
        case .rarestSlice:
            rank = slices.rarity
            usesLength = true
        case .priority(let field, let values):
            rank = slices.rank(field: field, values: values)
            usesLength = false
        }
    }

    /// Smaller comes first; rows of equal keys are ordered by number.
    @inline(__always)
    func key(_ row: Int) -> UInt64 {
        let flags = table.flags[row]
        if flags.contains(.against) { return 0 }
        var key: UInt64 = flags.contains(.protected) ? 1 << 62 : 2 << 62
        if !rank.isEmpty { key |= UInt64(min(rank[Int(table.sliceSet[row])], 0x1FFF_FFFF)) << 32 }
        if usesLength { key |= UInt64(UInt32.max - table.length[row]) }
        return key
    }

    func precedes(_ left: Int, _ right: Int) -> Bool {
        let leftKey = key(left)
        let rightKey = key(right)
        return leftKey == rightKey ? left < right : leftKey < rightKey
    }
}
