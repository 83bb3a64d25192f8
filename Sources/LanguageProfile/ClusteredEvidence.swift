/// The rows of evidence by their near-duplicate clusters, put in order once for all features.
package struct ClusteredEvidence: Sendable {
    /// The rows of a sample by cluster, and in a cluster in the sample's order.
    struct Rows: Sendable {
        struct Row: Sendable {
            var cluster: Int
            /// Its place in the sample.
            var place: Int
        }

        fileprivate(set) var rows: [Row] = []
        /// Whether each row has a cluster.
        fileprivate(set) var isWhole = true

        static let empty = Rows()
    }

    /// Of the rows of each role.
    private(set) var all: [Rows] = []
    /// By feature and role; `nil` where no row has the feature.
    private(set) var samples: [Rows?] = []

    /// Rows are drawn by something else.
    package static let none = ClusteredEvidence()

    private init() {}

    init(_ all: [[FeatureEvidence.Row]], _ samples: [[FeatureEvidence.Row]?], _ clusters: EvidenceClusters) {
        if clusters.isEmpty { return }
        self.all = all.map { Self.rows($0, clusters) }
        self.samples = samples.map { sample in sample.map { Self.rows($0, clusters) } }
    }

    private static func rows(_ sample: [FeatureEvidence.Row], _ clusters: EvidenceClusters) -> Rows {
        var rows = Rows()
        rows.rows.reserveCapacity(sample.count)
        for (place, row) in sample.enumerated() {
            guard let cluster = clusters.cluster(of: row.part) else {
                rows.isWhole = false
                continue
            }
            rows.rows.append(Rows.Row(cluster: cluster, place: place))
        }
        rows.rows.sort { ($0.cluster, $0.place) < ($1.cluster, $1.place) }
        return rows
    }

    /// For each two rows of one cluster of a role one, twice.
    func pairs(of role: ProfileRole) -> Int {
        var pairs = 0
        let rows = all.isEmpty ? [] : all[Int(role.rawValue)].rows
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, rows[end].cluster == rows[start].cluster { end += 1 }
            pairs += (end - start) * (end - start - 1)
            start = end
        }
        return pairs
    }
}
