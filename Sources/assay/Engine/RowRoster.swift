import Findings
import NearDuplicates
import Shards

/// Finds rows by number: shard, ordinal, cluster, spared match; read-only during the evidence pass.
final class RowRoster: Sendable {
    /// A cluster: a keeper and the rows that are removed for its sake.
    struct Cluster: Sendable {
        var keeper: Int
        var members: Int
    }

    let shardNames: [String]
    /// As JSON.
    let quotedShardNames: [[UInt8]]
    let trainingCount: Int
    /// Largest first, then by keeper; a cluster's rank is its place.
    let clusters: [Cluster]
    /// Slice sets as JSON arrays of field and value.
    let sliceSets: [[UInt8]]
    private let accounts: [ShardAccount]
    private let firstRow: [Int]
    /// For each row its rank as a keeper; `none` for others.
    private let rankOfKeeper: [UInt32]
    /// Ordered by row.
    private let spared: [SparedMatch]
    private static let none = UInt32.max

    init(inputs: InputSet, accounts: [ShardAccount], decision: DedupDecision) {
        shardNames = inputs.shards.map(\.name)
        trainingCount = inputs.trainingCount
        self.accounts = accounts
        firstRow = decision.table.firstRow
        quotedShardNames = shardNames.map {
            var json = JSONBytes()
            json.string($0)
            return json.bytes
        }
        // First the members of each keeper, then its rank.
        var ranks = [UInt32](repeating: 0, count: decision.table.rowCount)
        for row in ranks.indices {
            if let match = decision.verdicts.casualty(row) { ranks[Int(match.keeper)] += 1 }
        }
        clusters = ranks.indices.lazy.filter { ranks[$0] > 0 }
            .map { Cluster(keeper: $0, members: Int(ranks[$0])) }
            .sorted { ($1.members, $0.keeper) < ($0.members, $1.keeper) }
        ranks.withUnsafeMutableBufferPointer { $0.update(repeating: Self.none) }
        for (rank, cluster) in clusters.enumerated() { ranks[cluster.keeper] = UInt32(rank) }
        rankOfKeeper = ranks
        spared = decision.spared
        sliceSets = decision.slices.values.map { values in
            var json = JSONBytes()
            json.beginArray()
            for value in values {
                json.beginObject()
                json.field("field", decision.slices.name(of: value.dimension))
                json.field("value", value.value)
                json.endObject()
            }
            json.endArray()
            return json.bytes
        }
    }

    func rank(ofKeeper row: Int) -> Int? { rankOfKeeper[row] == Self.none ? nil : Int(rankOfKeeper[row]) }

    /// The match of a row that stays for a rule.
    ///
    /// - Complexity: O(log spared rows).
    func spared(_ row: Int) -> SparedMatch? {
        var low = 0
        var high = spared.count
        while low < high {
            let middle = (low + high) / 2
            if Int(spared[middle].match.row) < row { low = middle + 1 } else { high = middle }
        }
        return low < spared.count && Int(spared[low].match.row) == row ? spared[low] : nil
    }

    /// Where a row lies.
    func place(of row: Int) -> (shard: Int, ordinal: Int) {
        var low = 0
        var high = firstRow.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstRow[middle] <= row { low = middle } else { high = middle }
        }
        return (low, accounts[low].ordinal(ofReadable: row - firstRow[low]))
    }

    func isAgainst(shard: Int) -> Bool { shard >= trainingCount }

    func firstRow(of shard: Int) -> Int { firstRow[shard] }
}
