extension JSONBytes {
    mutating func appendQuoted(_ text: UnsafeRawBufferPointer) {
        bytes.append(UInt8(ascii: "\""))
        appendEscaping(text, splicing: false)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func appendQuoted(_ text: String) {
        var text = text
        text.withUTF8 { appendQuoted(UnsafeRawBufferPointer($0)) }
    }

    /// Appends the input with what must not stand raw escaped.
    ///
    /// - Parameter splicing: the input is JSON already: quotes and backslashes stay, and control characters can
    ///   only be white space between tokens.
    /// - Complexity: O(bytes); eight bytes a step where they are plain ASCII.
    mutating func appendEscaping(_ input: UnsafeRawBufferPointer, splicing: Bool) {
        var runStart = 0
        var at = 0
        while true {
            at = splicing ? input.endOfSplicedRun(from: at) : input.endOfPlainRun(from: at)
            guard at < input.count else { break }
            let byte = input[at]
            if byte < 0x80 {
                appendRun(of: input, runStart..<at)
                appendEscape(ofASCII: byte, splicing: splicing)
                at += 1
                runStart = at
                continue
            }
            let scalar = UTF8Scalar(in: input, at: at)
            if !scalar.isValid || Self.mustEscape(scalar.value) {
                appendRun(of: input, runStart..<at)
                appendUnicodeEscape(scalar.value)
                at += scalar.length
                runStart = at
            } else {
                at += scalar.length
            }
        }
        appendRun(of: input, runStart..<input.count)
    }

    /// C1 controls, bidi controls (UAX #9: ALM, LRM, RLM, embeddings, overrides, isolates), line and paragraph
    /// separators.
    private static func mustEscape(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    private mutating func appendRun(of input: UnsafeRawBufferPointer, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: input[range]))
    }

    private mutating func appendEscape(ofASCII byte: UInt8, splicing: Bool) {
        if splicing && byte != 0x7f {
            bytes.append(UInt8(ascii: " "))
            return
        }
        let short: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): short = byte
        case UInt8(ascii: "\n"): short = UInt8(ascii: "n")
        case UInt8(ascii: "\r"): short = UInt8(ascii: "r")
        case UInt8(ascii: "\t"): short = UInt8(ascii: "t")
        default: return appendUnicodeEscape(UInt32(byte))
        }
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(short)
    }

    /// `\uXXXX` of a scalar of the Basic Multilingual Plane.
    private mutating func appendUnicodeEscape(_ scalar: UInt32) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "u"))
        for shift in [12, 8, 4, 0] as [UInt32] {
            bytes.append(Self.hexDigit(UInt8(truncatingIfNeeded: scalar &>> shift & 15)))
        }
    }

    static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") &+ nibble : UInt8(ascii: "a") &+ nibble &- 10
    }
}

extension UnsafeRawBufferPointer {
    /// The first byte from `start` that a JSON string cannot hold as it is: control, quote, backslash, DEL, or
    /// not ASCII.
    @inline(__always)
    fileprivate func endOfPlainRun(from start: Int) -> Int {
        var at = start
        while at + 8 <= count {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt64.self))
            // Each term sets the high bit of a hit; its lowest hit is exact, higher ones may be borrow noise.
            let hits =
                word.bytesBelowSpace | word.bytesEqual(to: 0x22) | word.bytesEqual(to: 0x5c)
                | word.bytesEqual(to: 0x7f) | word & 0x8080_8080_8080_8080
            if hits != 0 { return at + hits.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < count {
            let byte = self[at]
            if byte < 0x20 || byte == 0x22 || byte == 0x5c || byte >= 0x7f { return at }
            at += 1
        }
        return at
    }

    /// As `endOfPlainRun`, for JSON that is spliced: quotes and backslashes stay.
    @inline(__always)
    fileprivate func endOfSplicedRun(from start: Int) -> Int {
        var at = start
        while at + 8 <= count {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let hits = word.bytesBelowSpace | word.bytesEqual(to: 0x7f) | word & 0x8080_8080_8080_8080
            if hits != 0 { return at + hits.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < count {
            let byte = self[at]
            if byte < 0x20 || byte >= 0x7f { return at }
            at += 1
        }
        return at
    }
}

extension UInt64 {
    @inline(__always)
    fileprivate var bytesBelowSpace: UInt64 {
        (self &- 0x2020_2020_2020_2020) & ~self & 0x8080_8080_8080_8080
    }

    /// The high bit of each byte that equals `byte`, below the first one exactly.
    @inline(__always)
    fileprivate func bytesEqual(to byte: UInt64) -> UInt64 {
        let difference = self ^ byte &* 0x0101_0101_0101_0101
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }
}
