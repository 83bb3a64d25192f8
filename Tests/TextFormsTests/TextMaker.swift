/// Texts for tests, of many scripts.
enum TextMaker {
    /// Random code points of a few kinds, up to a number of them.
    static func text(upTo limit: Int, using random: inout SplitMix) -> String {
        let kinds: [ClosedRange<UInt32>] = [
            0x61...0x7A, 0x61...0x7A, 0x20...0x7E, 0x30...0x39, 0xA0...0x17F, 0x300...0x320, 0x410...0x44F,
            0x5D0...0x5EA, 0x900...0x97F, 0xE01...0xE4E, 0x2010...0x2030, 0x3041...0x30FE, 0x4E00...0x4F00,
            0xAC00...0xAD00, 0x1F600...0x1F640, 0x1D400...0x1D454, 0x20000...0x20100,
        ]
        let chosen = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            kinds[Int.random(in: 0..<kinds.count, using: &random)]
        }
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...limit, using: &random) {
            let kind = Int.random(in: 0...chosen.count, using: &random)
            let point =
                kind == chosen.count ? 0x20 : UInt32.random(in: chosen[kind], using: &random)
            text.append(Unicode.Scalar(point) ?? "\u{FFFD}")
        }
        return String(text)
    }

    /// All texts of a length over an alphabet.
    static func all(length: Int, over alphabet: [String]) -> [String] {
        length == 0
            ? [""] : all(length: length - 1, over: alphabet).flatMap { start in alphabet.map { start + $0 } }
    }

    /// Calls with the text's bytes in memory of exactly their size, so that a sanitizer sees reads past it.
    static func withExactBytes<Result>(
        _ text: String, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        defer { exact.deallocate() }
        exact.copyBytes(from: text.utf8)
        return try body(UnsafeRawBufferPointer(exact))
    }

    /// Words in their order, few of them often and most seldom, as in language.
    static func words(_ count: Int, using random: inout SplitMix) -> [String] {
        (0..<count).map { _ in
            let uniform = Double.random(in: 0..<1, using: &random)
            var rest = Int(4096 * uniform * uniform * uniform) * 7919 + 17
            var letters: [UInt8] = []
            while rest > 0 {
                letters.append(0x61 + UInt8(rest % 26))
                rest /= 26
            }
            return String(decoding: letters, as: UTF8.self)
        }
    }
}
