/// The near-duplicate clusters of evidence rows, as the composition has found them.
package struct EvidenceClusters: Sendable {
    private let places: [FeatureTallies.Place]
    private let clusters: [Int]

    /// No clusters: rows are drawn by something else.
    package static let none = EvidenceClusters(places: [], clusters: [])

    /// - Parameters:
    ///   - places: rows in order, each once.
    ///   - clusters: the cluster of each.
    package init(places: [FeatureTallies.Place], clusters: [Int]) {
        self.places = places
        self.clusters = clusters
    }

    /// - Complexity: O(log rows).
    package func cluster(of place: FeatureTallies.Place) -> Int? {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low] == place ? clusters[low] : nil
    }
}
