import Corpus

/// A paragraph or a labelled section of one message: `### Input:` and what stands under it, `Sentence: …`.
struct MessagePart {
    /// Without the label.
    var range: Range<Int>
    /// The label's words; empty where there is none.
    var label: Range<Int>
    /// The part before, label and all.
    var previous: Range<Int>

    /// Cuts a message at blank lines, labels and lines that end a sentence; a hard-wrapped paragraph stays whole.
    ///
    /// - Parameters:
    ///   - message: where it lies in `text`.
    ///   - start: what stands before is left out, back to the nearest cut.
    /// - Returns: `nil` where the message has but one part.
    /// - Complexity: O(bytes from `start` on).
    static func parts(
        of message: Range<Int>, in text: UnsafeRawBufferPointer, from start: Int
    ) -> [MessagePart]? {
        var cutter = PartCutter(text: text, message: message)
        // One part more, to see what stands before the first.
        var line = cutter.cut(before: max(message.lowerBound, cutter.cut(before: start) - 1))
        let isWhole = line == message.lowerBound
        while line < message.upperBound { line = cutter.addLine(line) }
        cutter.endPart(at: message.upperBound)
        let parts = cutter.parts
        return isWhole && parts.count < 2 ? nil : parts
    }
}

/// Collects the parts of a message, line by line.
private struct PartCutter {
    let text: UnsafeRawBufferPointer
    let message: Range<Int>
    private(set) var parts: [MessagePart] = []
    private var start: Int?
    private var contentStart = 0
    private var label = 0..<0
    private var end = 0

    init(text: UnsafeRawBufferPointer, message: Range<Int>) {
        self.text = text
        self.message = message
    }

    /// The start of the last line at or before an offset that begins a part in any case.
    func cut(before offset: Int) -> Int {
        var line = lineStart(offset)
        while line > message.lowerBound {
            let before = lineStart(line - 1)
            if isBlank(before..<line - 1), !isHeading(above: before) { return line }
            line = before
        }
        return line
    }

    /// Takes a line, or what stands before a label within it, and returns the start of the next.
    mutating func addLine(_ line: Int) -> Int {
        var stop = line
        while stop < message.upperBound, text[stop] != 0x0A, stop == line || !isInnerLabel(stop) { stop += 1 }
        defer { if let last = text[line..<stop].lastIndex(where: { $0 > 0x20 }) { end = last + 1 } }
        let next = stop < message.upperBound && text[stop] == 0x0A ? stop + 1 : stop
        if isBlank(line..<stop) {
            // The blank line under a heading does not end its section.
            if start != nil, !isBareLabel { endPart(at: line) }
            return next
        }
        if let found = LineLabel(text, line..<stop) {
            endPart(at: line)
            start = line
            label = found.words
            contentStart = found.end
        } else if start == nil || (!isBareLabel && (endsSentence(before: line) || beginsAnew(line..<stop))) {
            endPart(at: line)
            start = line
            label = line..<line
            contentStart = line
        } else if isBareLabel {
            contentStart = line
        }
        return next
    }

    mutating func endPart(at offset: Int) {
        guard let begin = start else { return }
        start = nil
        let previous = parts.last.map { $0.previous.upperBound..<begin } ?? begin..<begin
        parts.append(
            MessagePart(range: contentStart..<max(contentStart, end), label: label, previous: previous))
    }

    /// Whether the part has nothing yet but its label.
    private var isBareLabel: Bool { !label.isEmpty && end <= contentStart && start != nil }

    private func lineStart(_ offset: Int) -> Int {
        var at = min(offset, message.upperBound)
        while at > message.lowerBound, text[at - 1] != 0x0A { at -= 1 }
        return at
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        range.allSatisfy { text[$0] == 0x20 || text[$0] == 0x09 || text[$0] == 0x0D }
    }

    /// Whether the line that ends before an offset is a label alone.
    private func isHeading(above offset: Int) -> Bool {
        var offset = offset
        while offset > message.lowerBound, isBlank(lineStart(offset - 1)..<offset - 1) {
            offset = lineStart(offset - 1)
        }
        guard offset > message.lowerBound else { return false }
        let line = lineStart(offset - 1)..<offset - 1
        return LineLabel(text, line).map { isBlank($0.end..<line.upperBound) } ?? false
    }

    /// Whether a label of an input begins within a line, behind a space: `Text:`, `### Input`, `<text>`, `[INST]`.
    private func isInnerLabel(_ at: Int) -> Bool {
        guard text[at - 1] == 0x20 else { return false }
        switch text[at] {
        case UInt8(ascii: "#"): return text[at..<message.upperBound].prefix(3).elementsEqual("###".utf8)
        case UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "*"),
            0xC3...:
            break
        default: return false
        }
        let end = min(message.upperBound, at + LineLabel.maximumBytes)
        let line = at..<(text[at..<end].firstIndex(of: 0x0A) ?? end)
        guard let label = LineLabel(text, line), label.end < line.upperBound || text[at] == 0x5B else {
            return false
        }
        let words = text[label.words]
        return !words.contains(0x20)
            && LanguageCatalogue.shared.inputLabels.contains(
                TokenKey.of(word: String(decoding: words, as: UTF8.self)))
    }

    /// Whether a line begins as no continuation of a wrapped one does: with a capital, a quotation mark, or a character
    /// of a script without spaces.
    private func beginsAnew(_ line: Range<Int>) -> Bool {
        guard let at = line.first(where: { text[$0] > 0x20 }) else { return false }
        switch text[at] {
        case UInt8(ascii: "I"): return at + 1 < line.upperBound && ![0x20, 0x27, 0xE2].contains(text[at + 1])
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "\""): return true
        // Hangul has spaces.
        case 0xE3...0xE9: return true
        case 0xC3..<0xE3:
            let (scalar, _) = Tokeniser.decode(text, at, line.upperBound)
            return Unicode.Scalar(scalar)?.properties.isUppercase ?? false
        default: return false
        }
    }

    /// Whether the line before ends a sentence or announces what follows.
    private func endsSentence(before line: Int) -> Bool {
        guard end > message.lowerBound, end <= line else { return false }
        var last = end - 1
        while last > message.lowerBound, text[last] == 0x20 || text[last] == 0x0D { last -= 1 }
        switch text[last] {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ":"): return true
        default: break
        }
        guard last >= message.lowerBound + 2 else { return false }
        // 。 ？ ！ ：
        switch (text[last - 2], text[last - 1], text[last]) {
        case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x9F), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9A): return true
        default: return false
        }
    }
}

/// The label that a line begins with: `Input:`, `### Input`, `**Input:**`, `[Input]`, `<input>`.
private struct LineLabel {
    var words: Range<Int>
    /// Where the content begins.
    var end: Int

    /// Chosen: longer is a sentence with a colon.
    static let maximumBytes = 48
    private static let maximumWords = 4

    init?(_ text: UnsafeRawBufferPointer, _ line: Range<Int>) {
        var at = line.lowerBound
        func skip(_ marks: StaticString) {
            while at < line.upperBound, marks.withUTF8Buffer({ $0.contains(text[at]) }) { at += 1 }
        }
        skip(" \t")
        let isHeading = at < line.upperBound && text[at] == UInt8(ascii: "#")
        let first = at
        skip("#*_[<| ")
        let isBracketed = text[first..<at].contains { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "<") }
        let start = at
        var spaces = 0
        scan: while at < line.upperBound, at - start < Self.maximumBytes {
            switch text[at] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                break
            case UInt8(ascii: " "): spaces += 1
            // ：
            case 0xEF where at + 2 < line.upperBound && text[at + 1] == 0xBC && text[at + 2] == 0x9A:
                break scan
            case 0x80...: break
            default: break scan
            }
            at += 1
        }
        guard at > start, spaces < Self.maximumWords, at - start < Self.maximumBytes else { return nil }
        guard text[start] >= UInt8(ascii: "A") else { return nil }
        words = start..<at
        guard at < line.upperBound else {
            end = at
            if !isHeading { return nil }
            return
        }
        switch text[at] {
        case UInt8(ascii: ":"), UInt8(ascii: "*"):
            skip(":*")
            guard text[words.upperBound..<at].contains(UInt8(ascii: ":")) else { return nil }
            guard at == line.upperBound || text[at] <= 0x20 else { return nil }
        case 0xEF: at += 3
        case UInt8(ascii: "]") where isBracketed, UInt8(ascii: ">") where isBracketed,
            UInt8(ascii: "|") where isBracketed:
            skip("]>|:*")
        case 0x0D where isHeading: break
        default: return nil
        }
        skip(" \t")
        end = at
    }
}
