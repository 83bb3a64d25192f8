/// The numbers of a row that JSON's grammar allows and 64 bits do not hold.
///
/// simdjson refuses integers outside of Int64 and UInt64 and decimals beyond the range of a Double.
struct OversizeNumbers {
    /// What stands in for such a number in a copy of the row.
    enum Replacement { case zero, text }

    private(set) var ranges: [Range<Int>] = []

    /// Finds them outside of strings. The row need not be valid.
    ///
    /// - Complexity: O(bytes).
    init(in row: UnsafeRawBufferPointer) {
        var at = 0
        while at < row.count {
            let byte = row[at]
            if byte == UInt8(ascii: "\"") {
                at = Self.stringEnd(row, from: at + 1)
            } else if byte == UInt8(ascii: "-") || Self.isDigit(byte) {
                var end = at + 1
                while end < row.count, Self.isNumberByte(row[end]) { end += 1 }
                if Self.isOversize(UnsafeRawBufferPointer(rebasing: row[at..<end])) {
                    ranges.append(at..<end)
                }
                at = end
            } else {
                at += 1
            }
        }
    }

    /// A copy of the row with each of the numbers replaced, and `padding` zero bytes behind it.
    func replaced(in row: UnsafeRawBufferPointer, by replacement: Replacement, padding: Int) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(row.count + ranges.count * 2 + padding)
        var done = 0
        for range in ranges {
            copy.append(contentsOf: row[done..<range.lowerBound])
            switch replacement {
            case .zero: copy.append(UInt8(ascii: "0"))
            case .text:
                copy.append(UInt8(ascii: "\""))
                copy.append(contentsOf: row[range])
                copy.append(UInt8(ascii: "\""))
            }
            done = range.upperBound
        }
        copy.append(contentsOf: row[done...])
        copy.append(contentsOf: repeatElement(0, count: padding))
        return copy
    }

    /// Behind the closing quote of a string, or the row's end.
    private static func stringEnd(_ row: UnsafeRawBufferPointer, from start: Int) -> Int {
        var at = start
        while at < row.count {
            if row[at] == UInt8(ascii: "\"") { return at + 1 }
            at += row[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        return row.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }

    /// Whether the text is a number of the grammar (RFC 8259, section 6) over the range.
    static func isOversize(_ text: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        func digits() -> Int {
            let start = at
            while at < text.count, isDigit(text[at]) { at += 1 }
            return at - start
        }
        if at < text.count, text[at] == UInt8(ascii: "-") { at += 1 }
        let first = at
        let integerDigits = digits()
        guard integerDigits > 0, integerDigits == 1 || text[first] != UInt8(ascii: "0") else { return false }
        var isInteger = true
        if at < text.count, text[at] == UInt8(ascii: ".") {
            at += 1
            isInteger = false
            guard digits() > 0 else { return false }
        }
        if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            isInteger = false
            if at < text.count, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { return false }
        }
        guard at == text.count else { return false }
        let characters = String(decoding: text, as: UTF8.self)
        if isInteger { return Int64(characters) == nil && UInt64(characters) == nil }
        return !(Double(characters)?.isFinite ?? false)
    }
}
