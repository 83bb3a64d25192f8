import CText
import Corpus
import Glibc

/// What scratch holds of one row: hashes, turns, outside fields and the decoded text of every turn.
///
/// Layout: header, turns, outside fields, text; a multiple of 8 bytes.
package struct RowRecord {
    /// The fixed part of a record.
    struct Header {
        var byteCount: UInt32
        var textCount: UInt32
        var turnCount: UInt32
        var fieldCount: UInt32
        var id: Hash128
        var textID: Hash128
        var labelHash: UInt64
        var partHash: UInt64
        /// Of the fields that hold images or sound beside the turns; no part of the compared text.
        var mediaHash: UInt64
        var conversationHash: UInt64
    }

    let base: UnsafeRawPointer
    let header: Header

    /// - Precondition: `bytes` begins at a record that `append` wrote, 8-byte aligned.
    init(_ base: UnsafeRawPointer) {
        self.base = base
        header = base.load(as: Header.self)
    }

    package var id: Hash128 { header.id }
    package var textID: Hash128 { header.textID }

    var turns: UnsafeBufferPointer<Turn> {
        let start = base + MemoryLayout<Header>.stride
        return UnsafeBufferPointer(
            start: start.assumingMemoryBound(to: Turn.self), count: Int(header.turnCount))
    }

    var fields: UnsafeBufferPointer<OutsideField> {
        let start = base + MemoryLayout<Header>.stride + Int(header.turnCount) * MemoryLayout<Turn>.stride
        return UnsafeBufferPointer(
            start: start.assumingMemoryBound(to: OutsideField.self), count: Int(header.fieldCount))
    }

    package var text: RowText {
        let start =
            base + MemoryLayout<Header>.stride + Int(header.turnCount) * MemoryLayout<Turn>.stride
            + Int(header.fieldCount) * MemoryLayout<OutsideField>.stride
        return RowText(
            bytes: UnsafeRawBufferPointer(start: start, count: Int(header.textCount)), turns: turns)
    }

    /// Bytes of a record.
    static func byteCount(turns: Int, fields: Int, text: Int) -> Int {
        let count =
            MemoryLayout<Header>.stride + turns * MemoryLayout<Turn>.stride
            + fields * MemoryLayout<OutsideField>.stride + text
        return (count + 7) & ~7
    }

    /// Appends the record of the row that the mapper holds.
    static func append(
        _ mapper: RowMapper, id: Hash128, textID: Hash128, to block: inout RecordBlock
    ) {
        let size = byteCount(turns: mapper.turns.count, fields: mapper.outside.count, text: mapper.text.count)
        var at = block.grow(by: size)
        at.storeBytes(
            of: Header(
                byteCount: UInt32(size), textCount: UInt32(mapper.text.count),
                turnCount: UInt32(mapper.turns.count), fieldCount: UInt32(mapper.outside.count), id: id,
                textID: textID, labelHash: mapper.labelHash, partHash: mapper.partHash,
                mediaHash: mapper.mediaHash,
                conversationHash: mapper.conversationHash),
            as: Header.self)
        at += MemoryLayout<Header>.stride
        mapper.turns.withUnsafeBytes { copy($0, to: &at) }
        mapper.outside.withUnsafeBytes { copy($0, to: &at) }
        mapper.text.withUnsafeBytes { copy($0, to: &at) }
    }

    private static func copy(_ bytes: UnsafeRawBufferPointer, to target: inout UnsafeMutableRawPointer) {
        if let source = bytes.baseAddress, bytes.count > 0 { memcpy(target, source, bytes.count) }
        target += bytes.count
    }
}
