/// Program text as its form counts: brackets and signs, and where a colon opens blocks (Python, YAML) the lines and how
/// deep each lies within others. Not what a formatter or a rename changes: spaces, blank lines, semicolons, kinds of
/// quotes, case, underscores.
///
/// Program text is what stands between fences or back quotes; where a text has neither, all of it, if most of its lines
/// look like program text.
struct CodeForm {
    private(set) var bytes: [UInt8] = []
    /// Blocks and spans.
    private(set) var pieces = 0
    /// The lines of the block that is read, and the columns at which they begin.
    private var block: [(column: Int, text: Slice<UnsafeRawBufferPointer>)] = []

    /// - Complexity: O(bytes).
    init(_ text: UnsafeRawBufferPointer) {
        guard text.contains(where: { $0 == 0x0A || $0 == 0x60 }) else { return }
        let lines = text.split(separator: UInt8(ascii: "\n"))
        let fences = lines.count(where: Self.isFence)
        // A fence that nothing closes fences nothing.
        let isFenced = fences > 0 && fences % 2 == 0
        let isCode = !isFenced && Self.isCode(lines)
        var isInside = isCode
        for line in lines {
            if isFenced, Self.isFence(line) {
                isInside.toggle()
                endBlock()
            } else if isInside {
                addLine(line)
            } else {
                addSpans(line)
            }
        }
        endBlock()
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
            // A call (`form(s)` is none), an assignment, an arrow.
            if next == UInt8(ascii: "("), isName(byte), !line[(at + 2)...].starts(with: "s)".utf8) {
                return true
            }
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
        "import ", "return", "func ", "fn ", "const ", "public ", "private ",
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
        while let byte = rest.last, byte <= 0x20 { rest.removeLast() }
        if !rest.isEmpty { block.append((column, rest)) }
    }

    /// Adds the lines of a block.
    private mutating func endBlock() {
        if block.isEmpty { return }
        let hasBraces = block.contains { ";{}".utf8.contains($0.text.last ?? 0) }
        let opensByColon = !hasBraces && block.contains { $0.text.last == UInt8(ascii: ":") }
        var columns: [Int] = []
        begin()
        for line in block {
            if opensByColon {
                while let last = columns.last, last >= line.column { columns.removeLast() }
                // Steps of four and of two columns are one depth.
                bytes.append(Self.mark)
                bytes.append(UInt8(truncatingIfNeeded: columns.count))
                columns.append(line.column)
            }
            add(line.text)
        }
        block.removeAll(keepingCapacity: true)
    }

    private mutating func begin() {
        pieces += 1
        bytes.append(Self.mark)
    }

    /// Is in no UTF-8 text.
    private static let mark: UInt8 = 0xFE

    /// What stands between back quotes, one or more on either side.
    private mutating func addSpans(_ line: Slice<UnsafeRawBufferPointer>) {
        var rest = line
        while let first = rest.firstIndex(of: 0x60) {
            rest = rest[first...].drop { $0 == 0x60 }
            // A quote that nothing closes holds no span.
            guard let end = rest.firstIndex(of: 0x60) else { return }
            begin()
            add(rest[..<end])
            rest = rest[end...].drop { $0 == 0x60 }
        }
    }

    /// What says something; quotes are one where nothing in them can be put in (`"$HOME"`).
    private mutating func add(_ code: Slice<UnsafeRawBufferPointer>) {
        let keepsQuotes = code.contains(UInt8(ascii: "$"))
        for byte in code where byte > 0x20 && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "_") {
            let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            bytes.append(byte == 0x27 && !keepsQuotes ? 0x22 : isCapital ? byte | 0x20 : byte)
        }
    }
}
