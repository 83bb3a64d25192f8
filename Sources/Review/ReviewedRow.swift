import Findings

/// A row of a cluster, by where the run holds its text.
package enum ReviewedRow: Sendable {
    case removed(RemovalRecord)
    case keeper(ClusterRecord)
    case overlap(OverlapPair)

    /// Its number among the rows of all shards.
    package var row: Int {
        switch self {
        case .removed(let removal): removal.row
        case .keeper(let cluster): cluster.keeper
        case .overlap(let pair): pair.row
        }
    }
}
