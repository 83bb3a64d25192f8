import CText

/// Hashes JSON that stands in a string, as the arguments of tool calls do, by what it says: members in any order, white
/// space between values left out; strings and numbers as they are written.
struct ArgumentReader {
    let text: UnsafeRawBufferPointer
    private var at = 0
    private var depth = 0

    /// Chosen: arguments lie within each other a few times.
    private static let mostDepth = 64

    init(text: UnsafeRawBufferPointer) { self.text = text }

    /// `nil` where the text is not one value of JSON, or lies deeper than 64 times in itself.
    mutating func hash() -> UInt64? {
        guard let hash = value() else { return nil }
        skipSpace()
        return at == text.count ? hash : nil
    }

    private mutating func value() -> UInt64? {
        skipSpace()
        guard at < text.count else { return nil }
        switch text[at] {
        case UInt8(ascii: "{"): return members(until: UInt8(ascii: "}"))
        case UInt8(ascii: "["): return members(until: UInt8(ascii: "]"))
        case UInt8(ascii: "\""): return quoted()
        default:
            let start = at
            while at < text.count, text[at] > 0x20, !",]}:".utf8.contains(text[at]) { at += 1 }
            return at > start ? Self.hash(text[start..<at], 8) : nil
        }
    }

    /// The members of an object, whose order says nothing, or the elements of an array.
    private mutating func members(until closing: UInt8) -> UInt64? {
        let isObject = closing == UInt8(ascii: "}")
        at += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostDepth else { return nil }
        var hash: UInt64 = isObject ? 0x4f42 : 0x4152
        skipSpace()
        if at < text.count, text[at] == closing {
            at += 1
            return hash
        }
        while true {
            skipSpace()
            guard let first = value() else { return nil }
            if isObject {
                skipSpace()
                guard at < text.count, text[at] == UInt8(ascii: ":") else { return nil }
                at += 1
                guard let second = value() else { return nil }
                hash &+= ctext_mix64(first &* 31 &+ second)
            } else {
                hash = ctext_mix64(hash &* 31 &+ first)
            }
            skipSpace()
            guard at < text.count else { return nil }
            at += 1
            if text[at - 1] == closing { return ctext_mix64(hash) }
            guard text[at - 1] == UInt8(ascii: ",") else { return nil }
        }
    }

    private mutating func quoted() -> UInt64? {
        let start = at
        at += 1
        while at < text.count, text[at] != UInt8(ascii: "\"") { at += text[at] == UInt8(ascii: "\\") ? 2 : 1 }
        guard at < text.count else { return nil }
        at += 1
        return Self.hash(text[start..<at], 9)
    }

    private mutating func skipSpace() {
        while at < text.count, text[at] <= 0x20 { at += 1 }
    }

    private static func hash(_ bytes: Slice<UnsafeRawBufferPointer>, _ seed: UInt64) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        return ctext_xxh3_64(bytes.baseAddress, bytes.count, seed)
    }
}
