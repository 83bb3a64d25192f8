/// The near-duplicate clusters of parts of rows, as the composition has found them.
package struct EvidenceClusters: Sendable {
    private let clusters: [EvidencePart: Int]

    /// No clusters: rows are drawn by something else.
    package static let none = EvidenceClusters(parts: [], clusters: [])

    /// - Parameters:
    ///   - parts: each once.
    ///   - clusters: the cluster of each.
    package init(parts: [EvidencePart], clusters: [Int]) {
        self.clusters = Dictionary(zip(parts, clusters)) { first, _ in first }
    }

    var isEmpty: Bool { clusters.isEmpty }

    package func cluster(of part: EvidencePart) -> Int? { clusters[part] }
}
