import LanguageProfile
import NearDuplicates

/// What a dedup does with each row, as a value for the profile of the same scan.
struct RowFates: Sendable {
    private let verdicts: Verdicts
    private let firstRow: [Int]
    private let isKeeper: @Sendable (Int) -> Bool

    init(_ decision: DedupDecision, _ roster: RowRoster) {
        verdicts = decision.verdicts
        firstRow = decision.table.firstRow
        isKeeper = { roster.rank(ofKeeper: $0) != nil }
    }

    func fate(_ shard: Int, _ ordinal: Int, _ account: ShardAccount) -> RowOrigin.Fate {
        let row = firstRow[shard] + account.readableRows(before: ordinal)
        if let match = verdicts.casualty(row) {
            return RowOrigin.Fate(isRemoved: true, cluster: UInt64(match.keeper))
        }
        return RowOrigin.Fate(isRemoved: false, cluster: isKeeper(row) ? UInt64(row) : nil)
    }
}
