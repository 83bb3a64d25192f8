/// Sums over the near-duplicate clusters of two samples, rows with a feature and rows without it, of what rows have beyond
/// the share.
struct ClusterSums {
    private struct Cluster {
        var sum = 0.0
        var squares = 0.0
        var rows = 0

        mutating func add(_ rest: Double) {
            sum += rest
            squares += rest * rest
            rows += 1
        }
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

    /// Goes through both samples by cluster, so that sums round the same way each time.
    ///
    /// - Parameters:
    ///   - with: of rows with the feature.
    ///   - restWith: what one of them has beyond the share.
    ///   - without: of rows of which some have it.
    ///   - restWithout: what one without it has beyond the share; `nil` for one with it.
    init(
        _ with: ClusteredEvidence.Rows, restWith: (Int) -> Double, _ without: ClusteredEvidence.Rows,
        restWithout: (Int) -> Double?
    ) {
        var at = 0
        var other = 0
        while at < with.rows.count || other < without.rows.count {
            let cluster = min(
                at < with.rows.count ? with.rows[at].cluster : .max,
                other < without.rows.count ? without.rows[other].cluster : .max)
            var own = Cluster()
            while at < with.rows.count, with.rows[at].cluster == cluster {
                own.add(restWith(with.rows[at].place))
                at += 1
            }
            var others = Cluster()
            while other < without.rows.count, without.rows[other].cluster == cluster {
                if let rest = restWithout(without.rows[other].place) { others.add(rest) }
                other += 1
            }
            add(own, others)
        }
    }

    private mutating func add(_ with: Cluster, _ without: Cluster) {
        if with.rows > 1 { withPairs += with.sum * with.sum - with.squares }
        if without.rows > 1 { withoutPairs += without.sum * without.sum - without.squares }
        cross += with.sum * without.sum
        if with.rows > 0 { withClusters += 1 }
        if without.rows > 0 { withoutClusters += 1 }
        if with.rows > 0, without.rows > 0 { spanning += 1 }
    }
}
