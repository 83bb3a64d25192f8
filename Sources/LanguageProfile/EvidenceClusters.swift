/// The near-duplicate clusters of evidence rows, as the composition has found them.
package struct EvidenceClusters: Sendable {
    private let clusters: [FeatureTallies.Place: Int]

    /// No clusters: rows are drawn by something else.
    package static let none = EvidenceClusters(places: [], clusters: [])

    /// - Parameters:
    ///   - places: rows, each once.
    ///   - clusters: the cluster of each.
    package init(places: [FeatureTallies.Place], clusters: [Int]) {
        self.clusters = Dictionary(zip(places, clusters)) { first, _ in first }
    }

    var isEmpty: Bool { clusters.isEmpty }

    package func cluster(of place: FeatureTallies.Place) -> Int? { clusters[place] }
}
