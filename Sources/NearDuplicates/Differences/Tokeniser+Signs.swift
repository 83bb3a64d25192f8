/// ASCII signs: operators, brackets, quotes, tags, punctuation.
extension Tokeniser {
    mutating func sign(_ byte: UInt8, _ tokens: inout ContiguousArray<Token>) {
        switch byte {
        case 0x28:
            if isDigit(position &+ 1), let stop = phone(position) {
                emitFolded(.identifier, to: stop, &tokens)
            } else {
                emitFolded(.opening, to: position &+ 1, &tokens)
            }
        case 0x5B, 0x7B: emitFolded(.opening, to: position &+ 1, &tokens)
        case 0x29, 0x5D, 0x7D: emitFolded(.closing, to: position &+ 1, &tokens)
        case 0x22, 0x27, 0x60:
            let start = position
            position &+= 1
            emit(.quote, from: start, key: TokenKey.of(sign: "\""), &tokens)
        case 0x24: emitFolded(.currency, to: position &+ 1, &tokens)
        case 0x2E where isDigit(position &+ 1) && !isAlphanumeric(position &- 1, from: tokens):
            emitNumber(to: digitRun(position &+ 1), &tokens)
        case 0x26: ampersand(&tokens)
        case 0x3C: openAngle(&tokens)
        case 0x2B where isDigit(position &+ 1):
            if let stop = phone(position) {
                emitFolded(.identifier, to: stop, &tokens)
            } else {
                symbols(&tokens)
            }
        case 0x3E where position == bracketClose: emitFolded(.closing, to: position &+ 1, &tokens)
        case 0x21, 0x25, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3E, 0x5E, 0x7C, 0x7E: symbols(&tokens)
        default: emitFolded(.punctuation, to: position &+ 1, &tokens)
        }
    }

    /// Whether the token before touches `offset` from the left.
    private func isAlphanumeric(_ offset: Int, from tokens: ContiguousArray<Token>) -> Bool {
        guard let last = tokens.last, Int(last.end) == offset &+ 1 else { return false }
        return last.kind == .word || last.kind == .number || last.kind == .closing
    }

    /// One operator, longest first; three or more of a kind are a rule or a fence, which is punctuation.
    private mutating func symbols(_ tokens: inout ContiguousArray<Token>) {
        let byte = bytes[position]
        var run = position
        while at(run) == byte { run &+= 1 }
        let count = run &- position
        if count > 3 || (count == 3 && byte != 0x3D) {
            emitFolded(.punctuation, to: run, &tokens)
            return
        }
        let stop = position &+ operatorLength(byte)
        guard isStruck(stop) else {
            emitFolded(.symbol, to: stop, &tokens)
            return
        }
        let start = position
        var key = TokenKey()
        if byte == 0x3D, stop == start &+ 1 {
            for sign in "!=".utf8 { key.add(UInt32(sign)) }
        } else {
            for offset in start..<stop { key.add(UInt32(bytes[offset])) }
            key.add(0x338)
        }
        position = stop &+ 2
        emit(.symbol, from: start, key: key.finished, &tokens)
    }

    /// Whether U+0338 stands at an offset, which strikes the sign before it through: `=` and it are `≠`.
    func isStruck(_ offset: Int) -> Bool { at(offset) == 0xCC && at(offset &+ 1) == 0xB8 }

    /// Bytes of the operator at the position (C, Python and JavaScript spellings, and arrows).
    private func operatorLength(_ first: UInt8) -> Int {
        let second = at(position &+ 1)
        let third = at(position &+ 2)
        if second == 0x3D {  // = after it
            if third == 0x3D, first == 0x3D || first == 0x21 { return 3 }
            if first == 0x3C, third == 0x3E { return 3 }
            return first == 0x7E ? 1 : 2
        }
        if second == 0x3E, first == 0x2D || first == 0x3D || first == 0x3C { return 2 }
        guard second == first else {
            return first == 0x3C && second == 0x2D && third <= 0x20 ? 2 : 1
        }
        switch first {
        case 0x26, 0x7C, 0x2B, 0x2D, 0x2A, 0x2F, 0x3C, 0x3E: return 2
        default: return 1
        }
    }

    /// `&lt;` and its kin stand for their sign; other entities are punctuation.
    private mutating func ampersand(_ tokens: inout ContiguousArray<Token>) {
        var stop = position &+ 1
        while stop < position &+ 10, isAlphanumeric(stop) || at(stop) == 0x23 { stop &+= 1 }
        guard at(stop) == 0x3B, stop > position &+ 2 else {
            symbols(&tokens)
            return
        }
        let name = UnsafeRawBufferPointer(rebasing: bytes[(position &+ 1)..<stop])
        guard let sign = Self.entities.first(where: { $0.name.utf8.elementsEqual(name) }) else {
            emitFolded(.punctuation, to: stop &+ 1, &tokens)
            return
        }
        let start = position
        position = stop &+ 1
        emit(.symbol, from: start, key: TokenKey.of(word: sign.sign), &tokens)
    }

    private static let entities: [(name: String, sign: String)] = [
        ("lt", "<"), ("gt", ">"), ("le", "<="), ("ge", ">="), ("ne", "!="), ("minus", "-"), ("times", "*"),
        ("divide", "/"), ("amp", "&"), ("plus", "+"),
    ]

    /// `<` as a known HTML tag (one token), as one of a pair of brackets (`List<Int>`, `<name>`), or as an
    /// operator.
    private mutating func openAngle(_ tokens: inout ContiguousArray<Token>) {
        let next = at(position &+ 1)
        guard next == 0x2F || next == 0x21 || (next | 0x20) &- 0x61 < 26 else {
            symbols(&tokens)
            return
        }
        let nameStart = next == 0x2F ? position &+ 2 : position &+ 1
        var nameEnd = nameStart
        while isAlphanumeric(nameEnd) { nameEnd &+= 1 }
        let follower = at(nameEnd)
        let isTag =
            (follower <= 0x20 || follower == 0x3E || follower == 0x2F)
            && Self.isTagName(UnsafeRawBufferPointer(rebasing: bytes[nameStart..<nameEnd]))
        var stop = nameEnd
        let limit = min(end, position &+ 256)
        while stop < limit, bytes[stop] != 0x3E, bytes[stop] != 0x3C {
            if !isTag, !isAlphanumeric(stop), !"_-.@:/, ?[]".utf8.contains(bytes[stop]) { break }
            if !isTag, bytes[stop] == 0x20, bytes[stop &- 1] != 0x2C { break }
            stop &+= 1
        }
        guard stop < limit, bytes[stop] == 0x3E else {
            symbols(&tokens)
            return
        }
        if isTag {
            emitFolded(.markup, to: stop &+ 1, &tokens)
        } else {
            bracketClose = stop
            emitFolded(.opening, to: position &+ 1, &tokens)
        }
    }

    private static func isTagName(_ name: UnsafeRawBufferPointer) -> Bool {
        guard name.count <= 10, !name.isEmpty else { return false }
        return tagNames.contains { tag in
            tag.utf8.count == name.count && zip(tag.utf8, name).allSatisfy { $0 == ($1 | 0x20) || $0 == $1 }
        }
    }

    /// Tags that dress text (HTML Living Standard, sections 4.3-4.9, the usual ones).
    private static let tagNames = [
        "a", "b", "i", "u", "s", "p", "br", "hr", "em", "strong", "small", "sub", "sup", "span", "div", "ul",
        "ol",
        "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "table", "thead", "tbody", "tr", "td", "th",
        "img",
        "html", "head", "body", "title", "font", "center", "section", "article", "header", "footer",
        "blockquote",
        "mark", "del", "ins", "label", "button", "input", "form", "script", "style", "meta", "link",
    ]
}
