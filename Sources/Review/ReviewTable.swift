import Corpus
import Findings

/// The removed rows, clusters and overlaps of a finished run, in memory.
///
/// 110 bytes a removed row, 64 bytes a line of overlaps.
package struct ReviewTable: Sendable {
    package let shards: [ShardRecord]
    /// By row.
    package let removals: [RemovalRecord]
    /// By rank.
    package let clusters: [ClusterRecord]
    package let sliceValues: [SliceValue]
    package let sliceSets: [[Int32]]
    package let overlaps: [OverlapPair]
    /// Eval items that were found, by their number in the store.
    package let items: [Int: Decision.Item]
    private let memberStarts: [Int32]
    private let memberPlaces: [Int32]
    private let clusterOfRemoval: [Int32]
    private let shardNumbers: [ShardKey: Int32]

    /// - Throws: `FindingsError`.
    /// - Complexity: O(removed rows log clusters + lines of overlaps).
    package init(_ store: RunStore) throws {
        shards = try store.shards()
        (sliceValues, sliceSets) = try store.slices()
        var removals: [RemovalRecord] = []
        try store.forEachRemoval { removals.append($0) }
        var clusters: [ClusterRecord] = []
        try store.forEachCluster { clusters.append($0) }
        var overlaps: [OverlapPair] = []
        try store.forEachOverlap { overlaps.append(OverlapPair($0)) }
        overlaps.sort { ($0.verdict.rawValue, $0.item, $0.row) < ($1.verdict.rawValue, $1.item, $1.row) }
        items = Dictionary(
            try store.overlapItems().map {
                ($0.item, Decision.Item(set: $0.set, item: $0.name, ordinal: $0.ordinal))
            }, uniquingKeysWith: { first, _ in first })
        self.removals = removals
        self.clusters = clusters
        self.overlaps = overlaps
        shardNumbers = Dictionary(
            shards.enumerated().map {
                (ShardKey(corpus: $0.element.corpus, name: $0.element.name), Int32($0.offset))
            }, uniquingKeysWith: { first, _ in first })
        (clusterOfRemoval, memberStarts, memberPlaces) = Self.members(of: clusters, removals)
    }

    private struct ShardKey: Hashable {
        var corpus: String
        var name: String
    }

    /// One number for a shard and an ordinal in it; `nil` for a shard that the run has not.
    func place(of row: Decision.Row) -> Int? {
        shardNumbers[ShardKey(corpus: row.corpus ?? "training", name: row.shard)].map {
            Self.place(shard: $0, ordinal: row.ordinal)
        }
    }

    static func place(shard: Int32, ordinal: Int) -> Int { Int(shard) << 44 | ordinal }

    /// Members by cluster, in the order of rows.
    private static func members(of clusters: [ClusterRecord], _ removals: [RemovalRecord]) -> (
        clusterOf: [Int32], starts: [Int32], places: [Int32]
    ) {
        let ranks = Dictionary(
            clusters.enumerated().map { ($0.element.keeper, Int32($0.offset)) },
            uniquingKeysWith: { first, _ in first })
        let clusterOf = removals.map { ranks[$0.keeper] ?? -1 }
        var starts = [Int32](repeating: 0, count: clusters.count + 1)
        for cluster in clusterOf where cluster >= 0 { starts[Int(cluster) + 1] += 1 }
        for place in 1..<max(1, starts.count) { starts[place] += starts[place - 1] }
        var next = starts
        var places = [Int32](repeating: 0, count: Int(starts.last ?? 0))
        for (place, cluster) in clusterOf.enumerated() where cluster >= 0 {
            places[Int(next[Int(cluster)])] = Int32(place)
            next[Int(cluster)] += 1
        }
        return (clusterOf, starts, places)
    }

    /// Places among `removals` of the rows that were removed for a cluster's keeper.
    package func members(ofCluster cluster: Int) -> ArraySlice<Int32> {
        memberPlaces[Int(memberStarts[cluster])..<Int(memberStarts[cluster + 1])]
    }

    /// The cluster of a removed row, by its place; `nil` for a row whose keeper has none.
    package func cluster(ofRemoval place: Int) -> Int? {
        let cluster = clusterOfRemoval[place]
        return cluster < 0 ? nil : Int(cluster)
    }

    /// The place of a removed row; `nil` for one that is not removed.
    ///
    /// - Complexity: O(log removed rows).
    package func removal(shard: String, ordinal: Int) -> Int? {
        guard let number = shardNumbers[ShardKey(corpus: "training", name: shard)] else { return nil }
        // Rows are in the order of shards, and of ordinals in them.
        let place = removals.partitioningIndex { ($0.shard, $0.ordinal) >= (number, ordinal) }
        guard place < removals.count, removals[place].shard == number, removals[place].ordinal == ordinal
        else {
            return nil
        }
        return place
    }

    /// The place of a removed row by its number.
    package func removal(ofRow row: Int) -> Int? {
        let place = removals.partitioningIndex { $0.row >= row }
        return place < removals.count && removals[place].row == row ? place : nil
    }

    /// The slices of a removed row, without its shard and folder.
    package func slices(of removal: RemovalRecord) -> [SliceValue] {
        guard sliceSets.indices.contains(Int(removal.sliceSet)) else { return [] }
        return sliceSets[Int(removal.sliceSet)].map { sliceValues[Int($0)] }
    }

    package func shardName(_ shard: Int32) -> String {
        shards.indices.contains(Int(shard)) ? shards[Int(shard)].name : "?"
    }

    /// Whether a cluster's keeper belongs to another corpus, which is never touched.
    package func isAgainst(cluster: Int) -> Bool {
        let shard = Int(clusters[cluster].keeperShard)
        return shards.indices.contains(shard) && shards[shard].corpus != "training"
    }
}

extension OverlapPair {
    init(_ record: OverlapRecord) {
        self.init(
            row: record.row, shard: record.shard, ordinal: record.ordinal, item: record.item,
            verdict: record.verdict, coverage: record.coverage, position: record.position)
    }
}

extension Array {
    /// The first place from which on a condition holds, which once met holds to the end.
    func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
