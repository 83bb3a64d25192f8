/// SplitMix64, for tests that sample.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }

    private static let pieces = [
        "the", "box", "is", "not", "never", "can't", "two", "hundred", "and", "5", "10²", "½", "$40", "€",
        "-5", "1,000.50",
        "x", "<", ">=", "&&", "!", "a/b", "-", "—", "<b>", "</b>", "<T>", "ORD-12345", "a@b.com",
        "http://x.y/z?a=b",
        "2024-05-01", "10:30", "3pm", "May", "John", "Mr.", "的", "不", "没有", "三", "百", "年", "ません", "ない", "안",
        "не",
        "и", "é", "e\u{301}", "\u{200B}", "\u{1F44D}\u{1F3FD}", "②", "Ⅳ", "٣", "％", "°C", "km/h", "\n", "\t",
        "\u{0}",
        "\u{FEFF}", "(", ")", "[", "\"", "'", "’", "…", "#123", "+1 555 123 4567", "=====", "***", "&lt;",
        "&", "0x1F",
        "1e999", "99999999999999999999999", "billion", "trillion", "million", "half", "first", "3rd", "of",
    ]

    mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...40, using: &self) {
            text += Self.pieces.randomElement(using: &self) ?? ""
            if Bool.random(using: &self) { text += " " }
        }
        return text
    }

    /// The text with a few pieces put in, taken out or replaced, at any code point.
    mutating func edited(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 0...4, using: &self) {
            let low = Int.random(in: 0...scalars.count, using: &self)
            let high = min(scalars.count, low + Int.random(in: 0...5, using: &self))
            let piece = Bool.random(using: &self) ? Self.pieces.randomElement(using: &self) ?? "" : ""
            scalars.replaceSubrange(low..<high, with: Array(piece.unicodeScalars))
        }
        var edited = String.UnicodeScalarView()
        edited.append(contentsOf: scalars)
        return String(edited)
    }
}
