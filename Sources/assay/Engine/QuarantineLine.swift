import Findings
import NearDuplicates
import Shards

/// Writes the line of a quarantined row, and its line of the plan.
struct QuarantineLine {
    var shard: Int
    var shardName: String
    /// The name as JSON.
    var quotedShardName: [UInt8]
    /// Whether the row's bytes are written.
    var holdsRaw: Bool

    func add(
        _ row: QuarantinedRow, to quarantine: inout LineList<QuarantineRecord>, plan: inout LineList<Void>
    ) {
        quarantine.add(row, shard: shard, quotedName: quotedShardName, holdsRaw: holdsRaw)
        let line = PlanLine(
            shard: shardName, ordinal: row.ordinal, id: row.raw.withUnsafeBytes { Hash128(of: $0) }.value,
            action: .quarantine, detector: "shards", rule: row.code.rawValue)
        plan.add(()) { line.write(to: &$0, quotedShard: quotedShardName) }
    }
}
