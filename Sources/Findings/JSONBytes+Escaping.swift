import CText

extension JSONBytes {
    /// - Complexity: O(bytes); a block a step where they are plain ASCII.
    mutating func appendQuoted(_ text: UnsafeRawBufferPointer) {
        append(UInt8(ascii: "\""))
        // In pieces, so that the room for escapes stays small against a long text.
        var at = 0
        while at < text.count {
            let piece = UnsafeRawBufferPointer(rebasing: text[at..<min(text.count, at + Self.pieceBytes)])
            at += appendEscapingASCII(piece)
            while at < text.count, text[at] >= 0x80 { at += appendScalar(of: text, at) }
        }
        append(UInt8(ascii: "\""))
    }

    mutating func appendQuoted(_ text: String) {
        var text = text
        text.withUTF8 { appendQuoted(UnsafeRawBufferPointer($0)) }
    }

    private static let pieceBytes = 4096

    /// Appends the ASCII at the start of a text with what must not stand raw escaped.
    ///
    /// - Returns: the bytes taken.
    private mutating func appendEscapingASCII(_ text: UnsafeRawBufferPointer) -> Int {
        guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        var read = 0
        write(upTo: text.count * Int(CTEXT_JSON_LONGEST) + Int(CTEXT_JSON_SLACK)) { out in
            let progress = ctext_json_escape(start, text.count, out)
            read = progress.read
            return progress.written
        }
        return read
    }

    /// Appends JSON with what must not stand raw escaped: control characters can only be white space between
    /// tokens.
    mutating func appendSplicing(_ json: UnsafeRawBufferPointer) {
        var at = 0
        while at < json.count, let base = json.baseAddress?.assumingMemoryBound(to: UInt8.self) {
            let plain = ctext_json_plain(base + at, json.count - at)
            append(UnsafeRawBufferPointer(start: base + at, count: plain))
            at += plain
            guard at < json.count else { return }
            if json[at] >= 0x80 {
                at += appendScalar(of: json, at)
            } else {
                if json[at] == 0x7f { appendUnicodeEscape(0x7f) } else { append(UInt8(ascii: " ")) }
                at += 1
            }
        }
    }

    /// Appends the scalar at a byte beyond ASCII; an ill-formed sequence becomes U+FFFD.
    ///
    /// - Returns: the bytes taken.
    private mutating func appendScalar(of text: UnsafeRawBufferPointer, _ at: Int) -> Int {
        let scalar = UTF8Scalar(in: text, at: at)
        if !scalar.isValid || Self.mustEscape(scalar.value) {
            appendUnicodeEscape(scalar.value)
        } else {
            append(UnsafeRawBufferPointer(rebasing: text[at..<at + scalar.length]))
        }
        return scalar.length
    }

    /// C1 controls, bidi controls (UAX #9: ALM, LRM, RLM, embeddings, overrides, isolates), line and paragraph
    /// separators.
    private static func mustEscape(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    /// `\uXXXX` of a scalar of the Basic Multilingual Plane.
    private mutating func appendUnicodeEscape(_ scalar: UInt32) {
        append("\\u")
        for shift in [12, 8, 4, 0] as [UInt32] {
            let nibble = UInt8(truncatingIfNeeded: scalar &>> shift & 15)
            append(nibble < 10 ? UInt8(ascii: "0") &+ nibble : UInt8(ascii: "a") &+ nibble &- 10)
        }
    }
}
