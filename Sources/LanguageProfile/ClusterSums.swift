/// Sums over the near-duplicate clusters of two samples, rows with a feature and rows without it, of what rows have beyond
/// the share.
struct ClusterSums {
    private struct Cluster {
        var with = 0.0
        var withSquares = 0.0
        var withRows = 0
        var without = 0.0
        var withoutSquares = 0.0
        var withoutRows = 0
    }

    /// For each two rows of one cluster the product of both, twice: of rows with the feature, and of rows without it.
    private(set) var withPairs = 0.0
    private(set) var withoutPairs = 0.0
    /// The same for a row of each kind, once.
    private(set) var cross = 0.0
    private(set) var withClusters = 0
    private(set) var withoutClusters = 0
    /// Clusters with rows of both kinds.
    private(set) var spanning = 0

    private var clusters: [Int: Cluster] = [:]

    /// - Returns: `nil` if a row has no cluster.
    init?(
        _ with: [FeatureEvidence.Row], _ without: [FeatureEvidence.Row], share: Double,
        _ evidence: EvidenceClusters
    ) {
        guard !with.isEmpty || !without.isEmpty else { return nil }
        for row in with {
            guard let cluster = evidence.cluster(of: row.place) else { return nil }
            let rest = Double(row.hits) - share * Double(row.turns)
            clusters[cluster, default: Cluster()].with += rest
            clusters[cluster, default: Cluster()].withSquares += rest * rest
            clusters[cluster, default: Cluster()].withRows += 1
        }
        for row in without {
            guard let cluster = evidence.cluster(of: row.place) else { return nil }
            let rest = -share * Double(row.turns)
            clusters[cluster, default: Cluster()].without += rest
            clusters[cluster, default: Cluster()].withoutSquares += rest * rest
            clusters[cluster, default: Cluster()].withoutRows += 1
        }
    }

    /// Adds the clusters up, in their order, so that sums round the same way each time.
    mutating func seal() {
        for (_, own) in clusters.sorted(by: { $0.key < $1.key }) {
            if own.withRows > 1 { withPairs += own.with * own.with - own.withSquares }
            if own.withoutRows > 1 { withoutPairs += own.without * own.without - own.withoutSquares }
            cross += own.with * own.without
            if own.withRows > 0 { withClusters += 1 }
            if own.withoutRows > 0 { withoutClusters += 1 }
            if own.withRows > 0, own.withoutRows > 0 { spanning += 1 }
        }
        clusters = [:]
    }
}
