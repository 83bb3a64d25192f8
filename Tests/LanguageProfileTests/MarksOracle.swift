import CText

/// The marks of a text byte by byte, as the kernel's header has them: slow and plain.
struct MarksOracle {
    private let text: [UInt8]
    private(set) var found: UInt32 = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
        line(0)
        for at in self.text.indices where self.text[at] < 0x80 { ascii(at) }
        var previous: UInt32 = 0
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x80 { wide(scalar.value, previous) }
            previous = scalar.value
        }
    }

    private mutating func add(_ mark: some BinaryInteger) { found |= 1 << UInt32(mark) }

    private func byte(_ at: Int) -> UInt8 { text.indices.contains(at) ? text[at] : 0 }
    private func starts(_ at: Int, _ part: String) -> Bool {
        text[min(at, text.count)...].starts(with: part.utf8)
    }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private mutating func line(_ start: Int) {
        var at = start
        while byte(at) == 0x20 || byte(at) == 0x09 { at += 1 }
        if at >= text.count { return }
        let hashes = text[at...].prefix { $0 == UInt8(ascii: "#") }.count
        let isDeep = at > start + 3 || at > start && byte(start) == 0x09
        if !isDeep, hashes > 0, hashes <= 6, byte(at + hashes) == 0x20 { add(CTEXT_MARK_HEADING) }
        if starts(at, "- ") || starts(at, "* ") || starts(at, "•") { add(CTEXT_MARK_BULLET) }
        if starts(at, "|") { add(CTEXT_MARK_TABLE) }
        let digits = text[at...].prefix(while: Self.isDigit).count
        if digits > 0, digits <= 3, starts(at + digits, ". ") { add(CTEXT_MARK_NUMBERED) }
    }

    private mutating func ascii(_ at: Int) {
        switch text[at] {
        case UInt8(ascii: "!"):
            if starts(at, "!=") || starts(at, "![") { break }
            add(CTEXT_MARK_EXCLAMATION)
            if starts(at, "!!") { add(CTEXT_MARK_EXCLAMATIONS) }
        case UInt8(ascii: "?"):
            let name = text[(at + 1)...].prefix {
                Self.isLetter($0) || Self.isDigit($0) || $0 == 0x5F || $0 == 0x2D
            }
            if byte(at + 1 + name.count) != UInt8(ascii: "=") { add(CTEXT_MARK_QUESTION) }
        case UInt8(ascii: "."): if starts(at, "...") { add(CTEXT_MARK_ELLIPSIS) }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): add(CTEXT_MARK_STRAIGHT_QUOTE)
        case UInt8(ascii: "*"):
            let next = byte(at + 2)
            if starts(at, "**"), Self.isLetter(next) || Self.isDigit(next) { add(CTEXT_MARK_BOLD) }
        case UInt8(ascii: "`"): if starts(at, "```") { add(CTEXT_MARK_FENCE) }
        case UInt8(ascii: "&"): entity(at)
        case 0x0A: line(at + 1)
        case 0x09, 0x0D: break
        case 0..<0x20, 0x7F: add(CTEXT_MARK_CONTROL)
        case let letter where Self.isLetter(letter): elongation(at, letter)
        default: break
        }
    }

    private mutating func elongation(_ at: Int, _ letter: UInt8) {
        guard at > 1, byte(at - 1) == letter, byte(at - 2) == letter else { return }
        let small = Character(UnicodeScalar(letter | 0x20))
        if "wx".contains(small) { return }
        let before =
            at > 2 && Self.isLetter(byte(at - 3)) ? Character(UnicodeScalar(byte(at - 3) | 0x20)) : nil
        if small == "i" {
            if let before, !"vxilcdm".contains(before) { add(CTEXT_MARK_ELONGATION) }
        } else if before != nil || letter == UInt8(ascii: "a") || letter == UInt8(ascii: "o") {
            add(CTEXT_MARK_ELONGATION)
        }
    }

    private mutating func entity(_ at: Int) {
        let start = byte(at + 1) == UInt8(ascii: "#") ? at + 2 : at + 1
        let name = text[min(start, text.count)...].prefix { Self.isLetter($0) || Self.isDigit($0) }.prefix(8)
        if name.count > 1, byte(start + name.count) == UInt8(ascii: ";") { add(CTEXT_MARK_ENTITY) }
    }

    private mutating func wide(_ point: UInt32, _ previous: UInt32) {
        switch point {
        case 0..<0xA0:
            add(CTEXT_MARK_CONTROL)
            if previous == 0xE2, point == 0x80 { add(CTEXT_MARK_MOJIBAKE) }
        case 0xAD: add(CTEXT_MARK_ZERO_WIDTH)
        case 0xA0...0xBF where previous == 0xC3 || previous == 0xC2 || previous == 0xD0:
            add(CTEXT_MARK_MOJIBAKE)
        case 0xD7, 0xF7: break
        case 0xC0..<0x250: add(CTEXT_MARK_COMPOSED)
        case 0x61F, 0xFF1F: add(CTEXT_MARK_QUESTION)
        case 0xFF01: add(CTEXT_MARK_EXCLAMATION)
        case 0x300...0x36F: add(CTEXT_MARK_COMBINING)
        case 0x2018...0x201F: add(CTEXT_MARK_CURLY_QUOTE)
        case 0x2026: add(CTEXT_MARK_ELLIPSIS)
        case 0x2014: add(CTEXT_MARK_DASH)
        case 0x200B, 0x2060, 0xFEFF: add(CTEXT_MARK_ZERO_WIDTH)
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: add(CTEXT_MARK_BIDI)
        case 0x20AC: if previous == 0xE2 { add(CTEXT_MARK_MOJIBAKE) }
        case 0x2600...0x26FF, 0x2705, 0x2728, 0x274C, 0x2764, 0x1F000...0x1FAFF: add(CTEXT_MARK_EMOJI)
        case 0xE000...0xF8FF, 0xF0000...: add(CTEXT_MARK_PRIVATE_USE)
        case 0xFFFD: add(CTEXT_MARK_REPLACEMENT)
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: add(CTEXT_MARK_FULL_WIDTH)
        default: break
        }
    }
}
