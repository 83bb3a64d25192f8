/// Program text as its form counts: case, brackets, signs and how deep a line lies within others; not the spaces between
/// its words, blank lines, or which quotes a string has.
///
/// Program text is what stands between fences or back quotes; where a text has neither, all of it, if most of its lines
/// look like program text.
struct CodeForm {
    private(set) var bytes: [UInt8] = []
    /// The columns at which the lines around this one begin.
    private var depths: [Int] = []

    /// - Complexity: O(bytes).
    init(_ text: UnsafeRawBufferPointer) {
        guard text.contains(where: { $0 == 0x0A || $0 == 0x60 }) else { return }
        let lines = text.split(separator: UInt8(ascii: "\n"))
        let isFenced = lines.contains(where: Self.isFence)
        let isCode = !isFenced && Self.isCode(lines)
        var isInside = isCode
        for line in lines {
            if isFenced, Self.isFence(line) {
                isInside.toggle()
                depths.removeAll(keepingCapacity: true)
            } else if isInside {
                addLine(line)
            } else {
                addSpans(line)
            }
        }
    }

    private static func isFence(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        let rest = line.drop { $0 == 0x20 || $0 == 0x09 }
        return rest.starts(with: "```".utf8) || rest.starts(with: "~~~".utf8)
    }

    /// Two lines or more, and three of five look like program text.
    private static func isCode(_ lines: [Slice<UnsafeRawBufferPointer>]) -> Bool {
        var all = 0
        var code = 0
        for line in lines {
            let words = line.drop { $0 <= 0x20 }
            if words.isEmpty { continue }
            all += 1
            if isCode(words) { code += 1 }
        }
        return all >= 2 && code * 5 >= all * 3
    }

    private static func isCode(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        var end = line.endIndex
        while end > line.startIndex, line[end - 1] <= 0x20 { end -= 1 }
        let last = line[end - 1]
        if ";{}".utf8.contains(last) { return true }
        if openings.contains(where: { line.starts(with: $0) }) { return last == UInt8(ascii: ":") }
        if beginnings.contains(where: { line.starts(with: $0) }) { return true }
        var at = line.startIndex
        while at + 1 < end {
            let (byte, next) = (line[at], line[at + 1])
            // A call, a member, an assignment, an arrow.
            if next == UInt8(ascii: "("), isName(byte) { return true }
            if byte == UInt8(ascii: "="), at > line.startIndex, line[at - 1] != 0x20 || next == 0x20 {
                return true
            }
            if next == UInt8(ascii: ">"), byte == UInt8(ascii: "-") { return true }
            at += 1
        }
        return false
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
    }

    /// What opens a block, before a colon at the line's end.
    private static let openings = [
        "if ", "for ", "while ", "else", "elif ", "try", "except", "with ", "def ", "class ",
    ]
    .map { Array($0.utf8) }
    private static let beginnings = [
        "import ", "from ", "return", "func ", "fn ", "let ", "const ", "var ", "public ", "private ",
        "static ", "#include",
        "//", "SELECT ", "</", "$ ",
    ].map { Array($0.utf8) }

    private mutating func addLine(_ line: Slice<UnsafeRawBufferPointer>) {
        var column = 0
        var rest = line
        while let byte = rest.first, byte == 0x20 || byte == 0x09 {
            column = byte == 0x20 ? column + 1 : (column / 8 + 1) * 8
            rest.removeFirst()
        }
        guard rest.contains(where: { $0 > 0x20 }) else { return }
        while let last = depths.last, last >= column { depths.removeLast() }
        // Steps of four and of two columns are one depth.
        bytes.append(0xFE)
        bytes.append(UInt8(truncatingIfNeeded: depths.count))
        depths.append(column)
        add(rest)
    }

    /// What stands between back quotes.
    private mutating func addSpans(_ line: Slice<UnsafeRawBufferPointer>) {
        guard let first = line.firstIndex(of: 0x60) else { return }
        let parts = line[first...].split(separator: 0x60, omittingEmptySubsequences: false)
        // The first part is empty; a quote that nothing closes holds no span.
        for number in stride(from: 1, to: parts.count - 1, by: 2) {
            bytes.append(0xFE)
            add(parts[number])
        }
    }

    /// Without white space; quotes are one where nothing in them can be put in (`"$HOME"`).
    private mutating func add(_ code: Slice<UnsafeRawBufferPointer>) {
        let keepsQuotes = code.contains(UInt8(ascii: "$"))
        for byte in code where byte > 0x20 {
            bytes.append(byte == 0x27 && !keepsQuotes ? 0x22 : byte)
        }
    }
}
