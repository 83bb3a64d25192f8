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
    let trainingCount: Int
    /// Largest first, then by keeper; a cluster's rank is its place.
    let clusters: [Cluster]
    /// Slice sets as JSON arrays of field and value.
    let sliceSets: [[UInt8]]
    private let accounts: [ShardAccount]
    private let firstRow: [Int]
    private let rankOfKeeper: [Int: Int]
    private let spared: [Int: SparedMatch]

    init(inputs: InputSet, accounts: [ShardAccount], decision: DedupDecision) {
        shardNames = inputs.shards.map(\.name)
        trainingCount = inputs.trainingCount
        self.accounts = accounts
        firstRow = decision.table.firstRow
        var members: [Int: Int] = [:]
        for row in 0..<decision.table.rowCount {
            if let match = decision.verdicts.casualty(row) { members[Int(match.keeper), default: 0] += 1 }
        }
        clusters = members.map { Cluster(keeper: $0.key, members: $0.value) }
            .sorted { ($1.members, $0.keeper) < ($0.members, $1.keeper) }
        var ranks: [Int: Int] = [:]
        for (rank, cluster) in clusters.enumerated() { ranks[cluster.keeper] = rank }
        rankOfKeeper = ranks
        var spared: [Int: SparedMatch] = [:]
        for match in decision.spared where spared[Int(match.match.row)] == nil {
            spared[Int(match.match.row)] = match
        }
        self.spared = spared
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

    func rank(ofKeeper row: Int) -> Int? { rankOfKeeper[row] }

    func spared(_ row: Int) -> SparedMatch? { spared[row] }

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
