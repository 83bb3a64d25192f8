/// Where a text quotes: the ranges between its quotation marks, in bytes.
enum QuotedText {
    private static let curlyOpen: [[UInt8]] = [[0xE2, 0x80, 0x9C], [0xC2, 0xAB], [0xE2, 0x80, 0x98]]
    private static let curlyClose: [[UInt8]] = [[0xE2, 0x80, 0x9D], [0xC2, 0xBB], [0xE2, 0x80, 0x99]]

    /// Short strings, each on one line: between curly or straight marks or backticks; a straight single mark opens
    /// behind white space or a bracket, and closes before no letter.
    static func strings(of text: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var at = 0
        while at < text.count {
            let byte = text[at]
            var open = 0
            var close: [UInt8] = []
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                (open, close) = (1, [byte])
            } else if byte == UInt8(ascii: "'"), at == 0 || " \t\n(:".utf8.contains(text[at - 1]) {
                (open, close) = (1, [byte])
            } else if let kind = curlyOpen.firstIndex(where: { text[at...].starts(with: $0) }) {
                (open, close) = (curlyOpen[kind].count, curlyClose[kind])
            }
            guard open > 0, let end = end(of: close, in: text, from: at + open) else {
                at += 1
                continue
            }
            if end > at + open { found.append(at + open..<end) }
            at = end + close.count
        }
        return found
    }

    /// Bytes of a longest string: what opens and never closes must not be looked through again and again.
    private static let longest = 240

    private static func end(of close: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        var at = start
        while at < min(text.count, start + longest), text[at] != 0x0A {
            if text[at...].starts(with: close) {
                let next = at + close.count < text.count ? text[at + close.count] : 0x20
                let isLetter = next | 0x20 >= 0x61 && next | 0x20 <= 0x7A
                if close != [UInt8(ascii: "'")] || !isLetter { return at }
            }
            at += 1
        }
        return nil
    }

    /// Quotations of any length: between double marks, straight (in turn opening and closing; three in a row are a
    /// program's string) or curly, and lines behind `>`.
    static func quotations(of text: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var straight: Int?
        var curly: Int?
        var at = 0
        var isLineStart = true
        while at < text.count {
            let byte = text[at]
            if byte == UInt8(ascii: "\"") {
                var run = 1
                while at + run < text.count, text[at + run] == byte { run += 1 }
                if run < 3 {
                    if let open = straight {
                        found.append(open..<at)
                        straight = nil
                    } else {
                        straight = at + run
                    }
                }
                at += run
                isLineStart = false
                continue
            }
            if text[at...].starts(with: curlyOpen[0]) {
                curly = curly ?? at + 3
            } else if text[at...].starts(with: curlyClose[0]), let open = curly {
                found.append(open..<at)
                curly = nil
            } else if byte == UInt8(ascii: ">"), isLineStart {
                let end = text[at...].firstIndex(of: 0x0A) ?? text.count
                found.append(at + 1..<end)
                at = end
                continue
            }
            isLineStart = byte == 0x0A || (isLineStart && byte == 0x20)
            at += 1
        }
        return found
    }
}
