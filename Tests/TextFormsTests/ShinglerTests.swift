import Testing

@testable import TextForms

struct ShinglerTests {
    static func shingles(_ text: String, _ form: ShingleForm, seed: UInt64 = 7) -> [UInt64] {
        let hashes = HashBuffer()
        hashes.append(1)
        TextMaker.withExactBytes(text) { Shingler(form: form).appendShingles(of: $0, seed: seed, to: hashes) }
        #expect(hashes.hashes.first == 1, "what stood before stays")
        return Array(hashes.hashes.dropFirst())
    }

    static func oracle(_ text: String, _ form: ShingleForm, seed: UInt64 = 7) -> [UInt64] {
        switch form {
        case .characters(let size): ShingleOracle.characters(text, size: size, seed: seed)
        case .words(let size): ShingleOracle.words(text, size: size, seed: seed)
        case .tokens(let size): ShingleOracle.words(text, size: size, seed: seed, splitsUnspaced: true)
        }
    }

    static func expectOracle(_ text: String, _ form: ShingleForm, _ note: String = "") {
        let actual = shingles(text, form)
        let expected = oracle(text, form)
        if actual != expected {
            Issue.record("\(form) of \(Array(text.utf8)) \(note): \(actual.count) against \(expected.count)")
        }
    }

    @Test(
        arguments: [
            ("char-5", ShingleForm.characters(5)), ("word-5", .words(5)), ("char-1", .characters(1)),
            ("char-64", .characters(64)), ("char-0", nil), ("word-65", nil), ("char-", nil),
            ("char-05x", nil), ("token-2", nil),
            ("chars-5", nil), ("5", nil), ("word--5", nil), ("word-+5", nil), ("", nil),
        ] as [(String, ShingleForm?)])
    func `forms are read by name`(name: String, expected: ShingleForm?) {
        #expect(ShingleForm(name) == expected)
        if let expected { #expect(expected.description == name) }
    }

    @Test func `all short texts over a small alphabet equal the oracle`() {
        let alphabet = ["a", "_", " ", "\u{E9}", "\u{4E00}", "\u{1F600}", "'"]
        for length in 0...5 {
            for text in TextMaker.all(length: length, over: alphabet) {
                for size in [1, 2, 3, 5] {
                    Self.expectOracle(text, .characters(size))
                    Self.expectOracle(text, .words(size))
                    Self.expectOracle(text, .tokens(size))
                }
            }
        }
    }

    @Test func `ASCII texts of every length up to four blocks equal the oracle`() {
        for length in 0...260 {
            let letters = (0..<length).map { at -> UInt8 in 0x61 + UInt8((at * at + at / 7) % 26) }
            let text = String(decoding: letters, as: UTF8.self)
            let gaps = letters.enumerated().map { $0.offset % 9 == 4 ? 0x20 : $0.element }
            let spaced = String(decoding: gaps, as: UTF8.self)
            for size in [1, 5, 7, 8, 9, 16, 17, 64] { Self.expectOracle(text, .characters(size)) }
            for size in [1, 2, 5] { Self.expectOracle(spaced, .words(size)) }
        }
    }

    @Test func `one code point of each length at each place of an ASCII text equals the oracle`() {
        for point in ["\u{E9}", "\u{2019}", "\u{4E00}", "\u{1F600}"] {
            for place in 0...150 {
                let text = String(repeating: "ab c", count: 38)
                let start = text.index(text.startIndex, offsetBy: place)
                let changed = text[..<start] + point + text[start...]
                Self.expectOracle(String(changed), .characters(5), "place \(place)")
                Self.expectOracle(String(changed), .words(3), "place \(place)")
                Self.expectOracle(String(changed), .tokens(2), "place \(place)")
            }
        }
    }

    @Test func `random texts of many scripts equal the oracle`() {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("seed \(seed)")
        var random = SplitMix(seed: seed)
        for round in 0..<4000 {
            let text = TextMaker.text(upTo: 200, using: &random)
            Self.expectOracle(
                text, .characters([1, 3, 5, 8, 13, 64].randomElement(using: &random) ?? 5),
                "seed \(seed), round \(round)")
            Self.expectOracle(
                text, .words([1, 2, 5, 8].randomElement(using: &random) ?? 5), "seed \(seed), round \(round)")
            Self.expectOracle(text, .tokens(round % 3 + 1), "seed \(seed), round \(round)")
        }
    }

    @Test func `two seeds have no hash in common, nor have whole turns and windows`() {
        let text = String(repeating: "the quick brown fox, jumps over 13 lazy dogs; ", count: 20)
        for form in [ShingleForm.characters(5), .words(5)] {
            let first = Set(Self.shingles(text, form, seed: 1))
            for seed in [0, 2, 3, 1 << 40] as [UInt64] {
                #expect(first.isDisjoint(with: Self.shingles(text, form, seed: seed)))
            }
        }
        // The whole of "abcd" is no window, whatever the window's size.
        let whole = Set(Self.shingles("abcd", .characters(5)))
        for size in 1...4 { #expect(whole.isDisjoint(with: Self.shingles("abcd", .characters(size)))) }
        let few = Set(Self.shingles("ab cd", .words(3)))
        for size in 1...2 { #expect(few.isDisjoint(with: Self.shingles("ab cd", .words(size)))) }
    }

    @Test func `distinct short turns differ and equal ones do not`() {
        var seen = Set<UInt64>()
        let texts = TextMaker.all(length: 4, over: ["a", "b", " ", "!", "\u{E9}"])
        for text in texts { seen.formUnion(Self.shingles(text, .characters(5))) }
        #expect(seen.count == texts.count)
        #expect(Self.shingles("hi there!", .words(5)) == Self.shingles("hi there", .words(5)))
        #expect(Self.shingles("hi there", .words(5)) != Self.shingles("there hi", .words(5)))
        #expect(Self.shingles("hi", .words(5)) != Self.shingles("hi hi", .words(5)))
        #expect(Self.shingles("!!!", .words(5)) != Self.shingles("???", .words(5)))
        #expect(Self.shingles("", .words(5)).isEmpty && Self.shingles("", .characters(5)).isEmpty)
    }

    @Test func `a window's hash does not depend on its neighbours or its place`() {
        let windows = Set(Self.shingles("refund", .characters(5)))
        for before in ["", "x", "\u{4E00}\u{4E01}", String(repeating: "y", count: 70)] {
            for after in ["", "\u{1F600}", String(repeating: "z", count: 80)] {
                #expect(windows.isSubset(of: Self.shingles(before + "refund" + after, .characters(5))))
            }
        }
    }

    @Test func `a million different windows have different hashes`() {
        var random = SplitMix(seed: 11)
        var texts = Set<UInt64>()
        var hashes = Set<UInt64>()
        // Windows over four letters and the like differ in few bits.
        for _ in 0..<200_000 {
            let letters = (0..<5).map { _ in UInt8(0x61 + UInt8.random(in: 0..<26, using: &random)) }
            texts.insert(letters.reduce(0) { $0 << 8 | UInt64($1) })
            hashes.formUnion(Self.shingles(String(decoding: letters, as: UTF8.self), .characters(5)))
        }
        #expect(texts.count == hashes.count)
        #expect(Set(hashes.map { UInt32(truncatingIfNeeded: $0) }).count > hashes.count - 20)
    }
}
