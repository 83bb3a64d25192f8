import CText

/// The value of a number token, free of its way of writing: thousands separators do not count, nor do the zeros that
/// `CanonicalDigits` leaves out.
///
/// A comma or point is a decimal mark unless it is one of the thousands separators that the tokeniser names;
/// `1.500` is one and a half (and so differs from `1500`, though a German may mean that).
struct NumberValue {
    /// Hash of the canonical value; equal for equal values.
    private(set) var key: UInt64
    /// The same of the value alone: of an amount with its unit, zeros say nothing (`$2.50`, `$2.5`).
    private(set) var plainKey: UInt64
    /// The value, where it is a whole number below 10^15.
    private(set) var integer: Int?
    /// Digits before a decimal mark, as written; 0 after the second mark (versions).
    private(set) var digitCount = 0
    private(set) var isPlainDigits = true
    private(set) var trailingZeros = 0

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ table: inout ScalarTable) {
        var digits = CanonicalDigits()
        var offset = range.lowerBound
        var key = TokenKey()
        var isRaw = false
        while offset < range.upperBound {
            let byte = bytes[offset]
            var length = 1
            switch byte {
            case 0x30...0x39: digits.add(byte)
            case 0x2C:
                isPlainDigits = false
                var run = offset &+ 1
                while run < range.upperBound, bytes[run] &- 0x30 < 10 { run &+= 1 }
                if run &- offset != 4 { digits.mark() }
            case 0x2E:
                isPlainDigits = false
                digits.mark()
            case 0x27, 0x5F: isPlainDigits = false
            case 0x80...0xFF:
                isPlainDigits = false
                length = Self.wide(bytes, offset, range.upperBound, &digits, &table)
            default:
                isPlainDigits = false
                isRaw = true
            }
            offset &+= length
        }
        digitCount = digits.wholeCount
        if isRaw || digits.marks > 1 {
            for offset in range { key.add(UInt32(ascii: bytes[offset])) }
            self.key = key.finished
            plainKey = self.key
            return
        }
        self.key = digits.key
        plainKey = digits.plainKey
        integer = digits.integer
        trailingZeros = digits.trailingZeros
    }

    /// The key of a whole number.
    static func key(of value: Int) -> UInt64 {
        var digits = CanonicalDigits()
        for byte in String(value).utf8 { digits.add(byte) }
        return digits.key
    }

    private static func wide(
        _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ end: Int, _ digits: inout CanonicalDigits,
        _ table: inout ScalarTable
    ) -> Int {
        let (scalar, length) = Tokeniser.decode(bytes, offset, end)
        let (kind, folded) = table.lookUp(scalar)
        if kind == .digit { digits.add(UInt8(truncatingIfNeeded: folded)) }
        return length
    }
}
