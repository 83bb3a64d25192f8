import CText

/// Lexical words byte by byte, as the kernel's documentation has them: slow and plain.
struct LexicalOracle {
    struct Word: Equatable {
        var text: String
        var start: Int
        var end: Int
        var flags: UInt32
    }

    private let text: [UInt8]
    private let skipsCode: Bool
    private var isInside = false
    private(set) var words: [Word] = []

    init(_ text: String, skipsCode: Bool) {
        self.text = Array(text.utf8)
        self.skipsCode = skipsCode
        var at = 0
        while at < self.text.count { at = readStretch(at) }
    }

    // MARK: Bytes

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    /// ICU counts @ among the letters.
    private static func isWord(_ byte: UInt8) -> Bool {
        joinsAsLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
    }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    private static func isIn(_ byte: UInt8, _ set: StaticString) -> Bool {
        set.withUTF8Buffer { $0.contains(byte) }
    }
    private static func joinsAsLetter(_ byte: UInt8) -> Bool { isLetter(byte) || byte == UInt8(ascii: "@") }

    /// The bytes of a typographic mark that is broken without ICU; 0 for any other.
    private func plainMark(_ at: Int) -> Int {
        let marks: [String] = ["–", "—", "‘", "’", "“", "”", "…"]
        return marks.contains { text[at...].starts(with: $0.utf8) } ? 3 : 0
    }

    private static func endsSentence(_ byte: UInt8) -> Bool { isIn(byte, ".!?:;\"(*#>/[") }

    // MARK: Stretches

    private mutating func readStretch(_ at: Int) -> Int {
        if Self.isSpace(text[at]) {
            if text[at] == 0x0A { isInside = false }
            return at + 1
        }
        if skipsCode, text[at] == UInt8(ascii: "`") { return max(at + 1, behindCode(at)) }
        var end = at
        var isWide = false
        var last = at
        while end < text.count, !Self.isSpace(text[end]), !(skipsCode && text[end] == UInt8(ascii: "`")) {
            last = end
            let mark = text[end] < 0x80 ? 1 : plainMark(end)
            if mark == 0 { isWide = true }
            end += max(1, mark)
        }
        let flags = isTechnical(at, end, last) ? UInt32(CTEXT_LEXICAL_TECHNICAL) : 0
        if isWide {
            add(at, end, flags | UInt32(CTEXT_LEXICAL_WIDE))
            isInside = !Self.endsSentence(text[end - 1])
        } else {
            readWords(at, end, flags)
        }
        return end
    }

    private func behindCode(_ at: Int) -> Int {
        let fence = Array("```".utf8)
        if text[at...].starts(with: fence) {
            var end = at + 3
            while end + 2 < text.count {
                if text[end...].starts(with: fence) { return end + 3 }
                end += 1
            }
            return text.count
        }
        let near = text[(at + 1)..<min(text.count, at + 200)]
        guard let end = near.firstIndex(where: { $0 == UInt8(ascii: "`") || $0 == 0x0A }), text[end] != 0x0A
        else { return at }
        return end + 1
    }

    /// An address, a path, markup or program text; a mark at the very end alone says nothing.
    private func isTechnical(_ start: Int, _ end: Int, _ last: Int) -> Bool {
        let isDoubtful = (start..<end).contains { at in
            Self.isIn(text[at], "@\\={}<>^") || (at != last && Self.isIn(text[at], "#&$/([:.!?;\"`%*-"))
        }
        guard isDoubtful else { return false }
        var slashes = 0
        var hasInnerDot = false
        for at in start..<end {
            let next = at + 1 < end ? text[at + 1] : 0
            let previous = at > start ? text[at - 1] : 0
            switch text[at] {
            case let byte where Self.isIn(byte, "@\\={}<>^"): return true
            case let byte where Self.isIn(byte, "#&$%"):
                if Self.isWord(next), !Self.isDigit(next) { return true }
            case UInt8(ascii: "/"):
                slashes += 1
                if slashes > 1 || at == start { return true }
            case UInt8(ascii: "("), UInt8(ascii: "["):
                if Self.isWord(previous) { return true }
            case UInt8(ascii: ":"):
                if next == UInt8(ascii: ":") || previous == UInt8(ascii: "\"") { return true }
            case UInt8(ascii: ";"):
                if previous == UInt8(ascii: ")") { return true }
            case UInt8(ascii: "."):
                if Self.joinsAsLetter(previous), Self.joinsAsLetter(next) { hasInnerDot = true }
            default: break
            }
        }
        return slashes > 0 && hasInnerDot
    }

    // MARK: Words

    private mutating func readWords(_ start: Int, _ end: Int, _ common: UInt32) {
        var at = start
        while at < end {
            if !Self.isWord(text[at]) {
                let mark = text[at] < 0x80 ? 1 : 3
                let endsHere = ["“", "…", "—"].contains { text[at...].starts(with: $0.utf8) }
                if Self.endsSentence(text[at]) && mark == 1 || endsHere {
                    // The dash and the quotes that begin a sentence.
                    isInside = false
                }
                at += mark
                continue
            }
            let first = at
            var flags: UInt32 = 0
            while at < end {
                if Self.isWord(text[at]) {
                    flags |= flag(at, isFirst: at == first)
                    at += 1
                } else if let (length, more) = joint(start, at, end) {
                    flags |= more
                    at += length
                } else {
                    break
                }
            }
            if flags & ~UInt32(CTEXT_LEXICAL_UNDERSCORE) == 0, at - first < 2 { continue }
            if first > start + 1, text[first - 1] == UInt8(ascii: "-"), Self.isWord(text[first - 2]) {
                flags |= UInt32(CTEXT_LEXICAL_HYPHEN_BEFORE)
            }
            if at + 1 < end, text[at] == UInt8(ascii: "-"), Self.isWord(text[at + 1]) {
                flags |= UInt32(CTEXT_LEXICAL_HYPHEN_AFTER)
            }
            add(first, at, flags | common)
            isInside = true
        }
    }

    private func flag(_ at: Int, isFirst: Bool) -> UInt32 {
        switch text[at] {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            UInt32(isFirst ? CTEXT_LEXICAL_FIRST_UPPER : CTEXT_LEXICAL_LATER_UPPER)
        case UInt8(ascii: "_"): UInt32(CTEXT_LEXICAL_UNDERSCORE)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(CTEXT_LEXICAL_DIGIT)
        default: UInt32(CTEXT_LEXICAL_LOWER)
        }
    }

    /// The bytes and the flag of a mark that joins its sides.
    private func joint(_ start: Int, _ at: Int, _ end: Int) -> (Int, UInt32)? {
        let isCurly = ["‘", "’"].contains { text[at...].starts(with: $0.utf8) }
        let length = isCurly ? 3 : 1
        guard at > start, at + length < end else { return nil }
        let previous = text[at - 1]
        let next = text[at + length]
        let digits = Self.isDigit(previous) && Self.isDigit(next)
        let letters = Self.joinsAsLetter(previous) && Self.joinsAsLetter(next)
        if isCurly {
            return letters || digits ? (3, UInt32(CTEXT_LEXICAL_APOSTROPHE | CTEXT_LEXICAL_CURLY)) : nil
        }
        switch text[at] {
        case UInt8(ascii: "'"): return letters || digits ? (1, UInt32(CTEXT_LEXICAL_APOSTROPHE)) : nil
        case UInt8(ascii: "."): return letters || digits ? (1, UInt32(CTEXT_LEXICAL_MID)) : nil
        case UInt8(ascii: ","), UInt8(ascii: ";"): return digits ? (1, UInt32(CTEXT_LEXICAL_MID)) : nil
        default: return nil
        }
    }

    private mutating func add(_ start: Int, _ end: Int, _ flags: UInt32) {
        let first = isInside ? 0 : UInt32(CTEXT_LEXICAL_SENTENCE_START)
        words.append(
            Word(
                text: String(decoding: text[start..<end], as: UTF8.self), start: start, end: end,
                flags: flags | first))
    }
}
