import Findings
import Shards

extension LineList where Tag == QuarantineRecord {
    /// Adds the line of a quarantined row.
    ///
    /// - Parameter holdsRaw: whether the row's bytes are written.
    mutating func add(_ row: QuarantinedRow, shard: Int, quotedName: [UInt8], holdsRaw: Bool) {
        let record = QuarantineRecord(
            shard: Int32(shard), ordinal: row.ordinal, byteOffset: Int(row.byteOffset),
            code: row.code.rawValue,
            message: row.message, position: FramePosition(frame: 0, offset: 0))
        add(record) { json in
            json.beginObject()
            json.field("shard", written: quotedName)
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
}
