import CText

/// Rows with a feature of which near-duplicate clusters are made, so that one pasted template is one draw; of one
/// thread, or of all once they are merged.
///
/// Of each feature and role the rows of the smallest numbers (hashes of shard and ordinal) are kept: a random sample
/// that hangs on the rows alone.
package struct FeatureEvidence: Sendable {
    struct Row: Sendable {
        var number: UInt64
        var place: FeatureTallies.Place
        var hits: Int
        var turns: Int
    }

    private struct Sample: Sendable {
        /// Rows with the feature.
        var rows = 0
        var kept: [Row] = []
        /// Numbers above it are of no use any more.
        var limit = UInt64.max

        mutating func add(_ row: Row) {
            guard row.number <= limit else { return }
            kept.append(row)
            if kept.count >= 2 * FeatureEvidence.most { cut() }
        }

        mutating func cut() {
            kept.sort { ($0.number, $0.place) < ($1.number, $1.place) }
            guard kept.count > FeatureEvidence.most else { return }
            kept.removeLast(kept.count - FeatureEvidence.most)
            limit = kept[FeatureEvidence.most - 1].number
        }
    }

    /// Rows of a feature and role that clusters are made of. Chosen: clusters of twenty rows come out to a tenth (a test
    /// holds it), and the further pass costs a tenth of a profile of dialogues; 10,000 would read most rows again.
    package static let most = 2000

    private var samples: [Sample?] = Array(repeating: nil, count: FeatureCatalogue.most * ProfileRole.count)

    mutating func add(
        _ turns: [FeatureTallies.TurnFeatures], _ union: FeatureReader.Set, _ role: ProfileRole,
        _ origin: RowOrigin
    ) {
        union.forEachFeature { feature in
            let at = feature * ProfileRole.count + Int(role.rawValue)
            if samples[at] == nil { samples[at] = Sample() }
            samples[at]?.rows += 1
            guard origin.number <= samples[at]?.limit ?? 0 else { return }
            let hits = FeatureTallies.turns(turns, with: feature)
            samples[at]?.add(Row(number: origin.number, place: origin.place, hits: hits, turns: turns.count))
        }
    }

    mutating func merge(_ other: FeatureEvidence) {
        for (at, more) in other.samples.enumerated() {
            guard let more else { continue }
            var sum = samples[at] ?? Sample()
            sum.rows += more.rows
            for row in more.kept { sum.add(row) }
            samples[at] = sum
        }
    }

    /// Ends the counting: cuts each sample to its size.
    mutating func seal() {
        for at in samples.indices { samples[at]?.cut() }
    }

    /// All rows that clusters are to be made of, some more than once.
    package var places: [FeatureTallies.Place] { samples.flatMap { $0?.kept.map(\.place) ?? [] } }

    /// What clusters add to a variance that took rows for draws: for each two rows of one cluster the product of what
    /// they have beyond the share, twice; a pair of the sample stands for as many as its inverse chance (Horvitz and
    /// Thompson 1952). Rows of a cluster without the feature are not seen.
    ///
    /// - Returns: `nil` where no clusters were made.
    func clustering(
        _ feature: Int, _ role: ProfileRole, share: Double, _ clusters: EvidenceClusters
    ) -> (squares: Double, rowsBeyondClusters: Int)? {
        guard let sample = samples[feature * ProfileRole.count + Int(role.rawValue)], sample.kept.count > 1
        else { return nil }
        var sums: [Int: (sum: Double, squares: Double)] = [:]
        var order: [Int] = []
        for row in sample.kept {
            guard let cluster = clusters.cluster(of: row.place) else { return nil }
            let rest = Double(row.hits) - share * Double(row.turns)
            if sums[cluster] == nil { order.append(cluster) }
            sums[cluster, default: (0, 0)].sum += rest
            sums[cluster, default: (0, 0)].squares += rest * rest
        }
        let kept = Double(sample.kept.count)
        let rows = Double(sample.rows)
        let scale = rows * (rows - 1) / (kept * (kept - 1))
        let pairs = order.reduce(0.0) { sum, cluster in
            guard let own = sums[cluster] else { return sum }
            return sum + own.sum * own.sum - own.squares
        }
        let beyond = Double(sample.kept.count - order.count) * rows / kept
        return (pairs * scale, Int(beyond))
    }
}
