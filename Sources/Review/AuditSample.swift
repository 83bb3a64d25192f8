import CText
import Findings

/// Clusters drawn at random for an audit.
///
/// Strata are the kind, the difference class and the similarity (in tenths) of the row that lost most text; each gives
/// its share of the sample (by largest remainder), so that the sample stays a fair one of all clusters. Which ones is
/// decided by a hash of the plan digest and the cluster's rank: the same for every reviewer of the plan.
struct AuditSample: Sendable {
    /// Ranks of clusters, in the order in which they are looked at: by hash, so that any first part is fair too.
    let clusters: [Int32]

    /// - Complexity: O(removed rows + clusters log clusters).
    init(_ table: ReviewTable, count: Int, plan: String) {
        guard count > 0, !table.clusters.isEmpty else {
            clusters = []
            return
        }
        let seed = FileDigest.seed(of: plan)
        var strata: [UInt32: [(hash: UInt64, cluster: Int32)]] = [:]
        for cluster in table.clusters.indices {
            let members = table.members(ofCluster: cluster).map { table.removals[Int($0)] }
            guard let worst = members.max(by: { ($0.textLost, $1.row) < ($1.textLost, $0.row) }) else {
                continue
            }
            let key =
                UInt32(worst.kind.rawValue) << 16 | UInt32(worst.difference.rawValue) << 8
                | UInt32(worst.similarity * 10)
            let hash = ctext_mix64(seed &+ ctext_mix64(UInt64(cluster) &+ 1))
            strata[key, default: []].append((hash, Int32(cluster)))
        }
        let all = strata.values.reduce(0) { $0 + $1.count }
        let drawn = min(count, all)
        let keys = strata.keys.sorted()
        var shares = keys.map { (key: $0, whole: 0, rest: 0.0) }
        for place in shares.indices {
            let share = Double(drawn) * Double(strata[shares[place].key]?.count ?? 0) / Double(all)
            shares[place].whole = Int(share)
            shares[place].rest = share - share.rounded(.down)
        }
        var missing = drawn - shares.reduce(0) { $0 + $1.whole }
        for place in shares.indices.sorted(by: { (-shares[$0].rest, $0) < (-shares[$1].rest, $1) }) {
            guard missing > 0 else { break }
            shares[place].whole += 1
            missing -= 1
        }
        clusters = shares.flatMap { share in
            (strata[share.key] ?? []).sorted { $0 < $1 }.prefix(share.whole)
        }.sorted { $0.hash < $1.hash }.map(\.cluster)
    }
}

extension FileDigest {
    /// A number from the first 16 digits of a digest.
    static func seed(of digest: String) -> UInt64 { UInt64(digest.prefix(16), radix: 16) ?? 0 }
}
