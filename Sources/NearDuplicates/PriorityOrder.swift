import Corpus

/// The total order of the leader pass: `--against` rows, protected rows, the keeper policy, then shard and
/// ordinal. A row that comes first stays before one that comes later.
///
/// Each policy but `first` prefers a row with a label to one without: what the copy without it says, the other says
/// too. `rarest-slice` asks this before the length, the others where they have nothing else to tell rows by.
struct PriorityOrder: Sendable {
    private let table: RowTable
    private let policy: KeeperPolicy
    /// Rank by slice set; empty where the policy does not look at slices.
    private let rank: [UInt32]

    init(table: RowTable, configuration: DedupConfiguration, slices: SliceIndex) {
        self.table = table
        policy = configuration.keeper
        switch policy {
        case .first, .longest: rank = []
        case .rarestSlice: rank = slices.rarity
        case .priority(let field, let values): rank = slices.rank(field: field, values: values)
        }
    }

    /// Smaller comes first; rows of equal keys are ordered by number.
    @inline(__always)
    func key(_ row: Int) -> UInt64 {
        let flags = table.flags[row]
        if flags.contains(.against) { return 0 }
        let standing: UInt64 = flags.contains(.protected) ? 1 << 62 : 2 << 62
        let unlabelled: UInt64 = flags.contains(.labelled) ? 0 : 1
        let brevity = UInt64(UInt32.max - table.length[row])
        switch policy {
        case .first: return standing
        case .longest: return standing | brevity << 1 | unlabelled
        case .rarestSlice: return standing | rankBits(row) | unlabelled << 32 | brevity
        case .priority: return standing | rankBits(row) | unlabelled << 32
        }
    }

    @inline(__always)
    private func rankBits(_ row: Int) -> UInt64 {
        UInt64(min(rank[Int(table.sliceSet[row])], 0x1FFF_FFFF)) << 33
    }

    func precedes(_ left: Int, _ right: Int) -> Bool {
        let leftKey = key(left)
        let rightKey = key(right)
        return leftKey == rightKey ? left < right : leftKey < rightKey
    }
}
