/// A decimal of up to 256 bits as text, with all its digits.
struct ArrowDecimal {
    let text: String

    /// - Parameters:
    ///   - bytes: two's complement, little-endian, at most 32 of them.
    ///   - scale: digits behind the point; below 0, zeros before it.
    /// - Complexity: O(digits × words).
    init(_ bytes: UnsafeRawBufferPointer, scale: Int) {
        let isNegative = (bytes.last ?? 0) & 0x80 != 0
        var words = [UInt32](repeating: isNegative ? .max : 0, count: 8)
        for (place, byte) in bytes.prefix(32).enumerated() {
            let shift = UInt32(place % 4 * 8)
            words[place / 4] = words[place / 4] & ~(0xFF << shift) | UInt32(byte) << shift
        }
        if isNegative { Self.negate(&words) }
        var digits = Self.digits(words)
        if scale > 0 {
            while digits.count <= scale { digits.append(UInt8(ascii: "0")) }
            digits.insert(UInt8(ascii: "."), at: scale)
        } else if digits != [UInt8(ascii: "0")] {
            digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: min(-scale, 1000)), at: 0)
        }
        text = (isNegative ? "-" : "") + String(decoding: digits.reversed(), as: UTF8.self)
    }

    private static func negate(_ words: inout [UInt32]) {
        var carry: UInt64 = 1
        for place in words.indices {
            let sum = UInt64(~words[place]) + carry
            words[place] = UInt32(truncatingIfNeeded: sum)
            carry = sum >> 32
        }
    }

    /// Digits from the last to the first, one at least.
    private static func digits(_ words: [UInt32]) -> [UInt8] {
        var words = words
        var digits: [UInt8] = []
        repeat {
            var rest: UInt64 = 0
            for place in words.indices.reversed() {
                let value = rest << 32 | UInt64(words[place])
                words[place] = UInt32(truncatingIfNeeded: value / 10)
                rest = value % 10
            }
            digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest))
        } while words.contains { $0 != 0 }
        return digits
    }
}
