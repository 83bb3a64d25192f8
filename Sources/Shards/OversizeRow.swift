/// A row over the cap, of which a prefix is kept while the rest goes by.
struct OversizeRow {
    let byteOffset: UInt64
    private(set) var prefix: [UInt8] = []
    private(set) var length: UInt64 = 0
    private(set) var lastByte: UInt8 = 0

    /// Takes the next bytes of the row.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let last = bytes.last else { return }
        let wanted = QuarantinedRow.keptBytes - prefix.count
        if wanted > 0 { prefix.append(contentsOf: bytes.prefix(wanted)) }
        length += UInt64(bytes.count)
        lastByte = last
    }

    /// Takes a carriage return back that proved to be half of the line end.
    mutating func dropCarriageReturn() {
        guard lastByte == 0x0D else { return }
        if UInt64(prefix.count) == length { prefix.removeLast() }
        length -= 1
        lastByte = 0
    }

    /// The row as it is set aside.
    func quarantined(ordinal: Int, limits: ReadLimits) -> QuarantinedRow {
        var code = QuarantineCode.rowTooLong
        var message =
            "the row has \(length) bytes, over the limit of \(limits.maxRowBytes);"
            + " raise --max-row-bytes if it is meant to be so long"
        if lastByte == 0 && length > 0 && prefix.contains(0) {
            code = .nulPadding
            message = "the row of \(length) bytes ends in NUL bytes: the file was never filled; cut it there"
        } else if prefix.contains(0x0D) {
            message += "; it holds carriage returns: lines must end in a line feed"
        }
        return QuarantinedRow(
            ordinal: ordinal, byteOffset: byteOffset, code: code, message: message, raw: prefix,
            rawLength: length)
    }
}
