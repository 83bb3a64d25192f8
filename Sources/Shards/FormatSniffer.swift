import CJSON

/// Tells `.json` from `.jsonl` by the text, for inputs whose name does not say.
///
/// The rule, on the first 64 KiB: where the first value goes on over a line end, or is an array that stands
/// alone, the text is one JSON value; anything else is JSON lines.
enum FormatSniffer {
    /// Bytes that are looked at.
    static let headBytes = 64 << 10

    /// - Parameters:
    ///   - head: the first bytes of the decompressed text.
    ///   - isWhole: whether the text ends with them.
    static func format(of head: UnsafeRawBufferPointer, isWhole: Bool) -> ShardFormat {
        var at = 0
        if head.count >= 3, head[0] == 0xEF, head[1] == 0xBB, head[2] == 0xBF { at = 3 }
        while at < head.count, head[at].isJSONSpace { at += 1 }
        guard at < head.count, head[at] == UInt8(ascii: "{") || head[at] == UInt8(ascii: "[") else {
            return .jsonl
        }
        let isArray = head[at] == UInt8(ascii: "[")
        var depth = 0
        var isInString = false
        while at < head.count {
            let byte = head[at]
            if byte == 0x0A { return isInString ? .jsonl : .json }
            if isInString {
                if byte == UInt8(ascii: "\\") { at += 1 }
                isInString = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
                if depth == 0 {
                    let isAlone = isWhole && head[(at + 1)...].allSatisfy(\.isJSONSpace)
                    return isArray && isAlone ? .json : .jsonl
                }
            }
            at += 1
        }
        return isArray ? .json : .jsonl
    }
}
