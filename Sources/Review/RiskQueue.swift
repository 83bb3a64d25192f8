import Corpus
import Findings
import Glibc

/// The clusters in the order in which a reviewer should look at them.
///
/// A removed row's risk is text lost x rarity of its rarest slice x unlikeness to its keeper; a cluster's that of its
/// riskiest row. Rarity is the logarithm of the corpus's rows over the slice's, unlikeness 1 - similarity, both with a
/// floor so that none of the three alone hides a row. Clusters of identical rows alone lose nothing and come last.
struct RiskQueue: Sendable {
    /// Ranks of clusters, the riskiest first.
    let order: [Int32]
    /// By rank.
    let risks: [Float]

    /// - Parameter losses: of slices, for the rows of each.
    /// - Complexity: O(removed rows + clusters log clusters).
    init(_ table: ReviewTable, losses: [RunSummary.SliceLoss], corpusRows: Int) {
        var sizes: [SliceValue: Int] = [:]
        for loss in losses where loss.field != "shard" && loss.field != "folder" {
            sizes[SliceValue(field: loss.field, value: loss.value)] = loss.before
        }
        let values = table.sliceValues.map { sizes[$0] ?? corpusRows }
        let rarity = table.sliceSets.map { set in
            let rows = set.map { values[Int($0)] }.min() ?? corpusRows
            return Float(1 + log2(Double(max(1, corpusRows)) / Double(max(1, rows))))
        }
        var risks = [Float](repeating: 0, count: table.clusters.count)
        for (place, removal) in table.removals.enumerated() {
            guard let cluster = table.cluster(ofRemoval: place), removal.kind != .identical else { continue }
            let set = Int(removal.sliceSet)
            let rare = rarity.indices.contains(set) ? rarity[set] : 1
            let unlike = Float(1 - removal.similarity) + 0.02
            risks[cluster] = max(risks[cluster], (removal.textLost + 0.02) * rare * unlike)
        }
        order = table.clusters.indices.map { Int32($0) }.sorted { left, right in
            let (a, b) = (risks[Int(left)], risks[Int(right)])
            return a == b ? left < right : a > b
        }
        self.risks = risks
    }

    /// Clusters that lose text, not only copies.
    var losingCount: Int { risks.count { $0 > 0 } }
}
