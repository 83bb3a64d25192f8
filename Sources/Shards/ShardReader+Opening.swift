extension ShardReader {
    /// Looks at the first bytes of the text: what is not UTF-8 text, and a byte order mark.
    ///
    /// A whole buffer or the whole text is there; a buffer holds at least 64 bytes.
    func open() {
        let head = UnsafeRawBufferPointer(start: buffer.base, count: min(64, buffer.count))
        if let encoding = Self.wideEncoding(head) {
            failure = error(
                .notUTF8, "the text is \(encoding), not UTF-8; convert it, for example with iconv -t UTF-8",
                at: 0)
            rowStart = buffer.count
            phase = .failed
            return
        }
        if shard.compression != .none, let inner = Compression(magic: head) {
            failure = error(
                .packedTwice,
                "the \(shard.compression.rawValue) data holds \(inner.rawValue) data once more; unpack it once first",
                at: 0)
            rowStart = buffer.count
            phase = .failed
            return
        }
        phase = .reading
        if head.count >= 3, head[0] == 0xEF, head[1] == 0xBB, head[2] == 0xBF {
            rowStart = 3
            scanned = 3
            outcome.notes.append("a byte order mark was dropped")
        }
        if shard.format == .jsonl, FormatSniffer.format(of: firstBytes, isWhole: false) == .json {
            outcome.notes.append(
                "the text looks like one JSON value over several lines; if it is one, pass --format json")
        }
        if shard.byteCount == 0 { outcome.notes.append("the file is empty") }
    }

    private var firstBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: buffer.base, count: min(FormatSniffer.headBytes, buffer.count))
    }

    /// UTF-16 and UTF-32 by their byte order mark, or without one by where the NUL bytes stand in the first
    /// four, which are ASCII in any JSON (RFC 4627, section 3).
    static func wideEncoding(_ head: UnsafeRawBufferPointer) -> String? {
        guard head.count >= 2 else { return nil }
        let isLong = head.count >= 4
        if head[0] == 0xFF, head[1] == 0xFE {
            return isLong && head[2] == 0 && head[3] == 0 ? "UTF-32LE" : "UTF-16LE"
        }
        if head[0] == 0xFE, head[1] == 0xFF { return "UTF-16BE" }
        guard isLong else { return nil }
        switch (head[0] == 0, head[1] == 0, head[2] == 0, head[3] == 0) {
        case (true, true, false, false) where head[2] == 0xFE && head[3] == 0xFF: return "UTF-32BE"
        case (true, true, true, false): return "UTF-32BE"
        case (true, false, true, false): return "UTF-16BE"
        case (false, true, true, true): return "UTF-32LE"
        case (false, true, false, true): return "UTF-16LE"
        default: return nil
        }
    }

    /// An error at a byte of the text and at the present row.
    func error(_ code: ShardError.Code, _ message: String, at byteOffset: UInt64) -> ShardError {
        ShardError(code, message, shard: shard.name, byteOffset: byteOffset, row: outcome.rowCount)
    }
}
