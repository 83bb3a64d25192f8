import CText
import Corpus
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
        let record = QuarantineRecord(
            shard: Int32(shard), ordinal: row.ordinal, byteOffset: Int(row.byteOffset),
            code: row.code.rawValue, message: row.message, position: FramePosition(frame: 0, offset: 0))
        quarantine.add(record) { write(row, to: &$0) }
        let line = PlanLine(
            shard: shardName, ordinal: row.ordinal, id: row.raw.withUnsafeBytes { Hash128(of: $0) }.value,
            action: .quarantine, detector: "shards", rule: row.code.rawValue)
        plan.add(()) { line.write(to: &$0, quotedShard: quotedShardName) }
    }

    private func write(_ row: QuarantinedRow, to json: inout JSONBytes) {
        json.beginObject()
        json.field("shard", written: quotedShardName)
        json.field("ordinal", row.ordinal)
        json.field("byteOffset", Int(row.byteOffset))
        json.field("code", row.code.rawValue)
        json.field("message", row.message)
        if row.rawLength > UInt64(row.raw.count) { json.field("rawLength", Int(row.rawLength)) }
        if holdsRaw {
            row.raw.withUnsafeBytes { raw in
                if UTF8Validator.isValid(raw) {
                    json.field("raw", raw)
                } else {
                    json.key("rawBase64")
                    json.base64(raw)
                }
            }
        }
        json.endObject()
    }
}
