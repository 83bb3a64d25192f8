import CText
import Testing

@testable import TextForms

/// The kernels of lexical words and word lists against slow ones.
@Suite struct LexicalKernelTests {
    private static func words(_ text: String, skipsCode: Bool, room: Int = 4096) -> [LexicalOracle.Word] {
        var found: [LexicalOracle.Word] = []
        TextMaker.withExactBytes(text) { bytes in
            guard let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
            var state = ctext_lexical_state()
            state.skips_code = skipsCode
            var words = [ctext_lexical_word](repeating: ctext_lexical_word(), count: room)
            while true {
                let count = ctext_lexical_words(start, bytes.count, &state, &words, room)
                if count == 0 { break }
                for word in words[..<count] {
                    let own = UnsafeRawBufferPointer(rebasing: bytes[Int(word.start)..<Int(word.end)])
                    let isWide = word.flags & UInt32(CTEXT_LEXICAL_WIDE) != 0
                    #expect(word.hash == (isWide ? 0 : LexicalReader.hash(ofKey: own)))
                    found.append(
                        LexicalOracle.Word(
                            text: String(decoding: own, as: UTF8.self), start: Int(word.start),
                            end: Int(word.end), flags: word.flags))
                }
            }
        }
        return found
    }

    private static func compare(_ text: String) -> Bool {
        [true, false].allSatisfy { skipsCode in
            let expected = LexicalOracle(text, skipsCode: skipsCode).words
            return words(text, skipsCode: skipsCode) == expected
        }
    }

    @Test func `all short texts have the words and flags of the slow reader`() {
        let units = [
            "a", "B", "7", "_", "'", ".", ",", ":", ";", "-", " ", "\n", "\"", "(", ")", "`", "/", "@", "#",
            "\u{2019}", "é",
        ]
        var texts = (0...3).flatMap { TextMaker.all(length: $0, over: units) }
        texts += TextMaker.all(length: 4, over: ["a", "B", "7", "'", ".", "-", " ", "\"", "`", "\u{2019}"])
        for text in texts where !Self.compare(text) { Issue.record("\(text.debugDescription)") }
    }

    @Test func `long texts have them too, wherever a block ends`() {
        let parts = [
            "the", "a", "Account", "NASA", "iPhone", "transactions", "don't", "o'clock's", "3'4", "2021",
            "x1",
            "a_b", "well-known", "e-mail", "Internationalisation", ",", ".", "!?", ".\"", ").", "(", "\"",
            "'",
            "...", "%", "$5", "50%", "https://a.example/b", "a@b.example", "``", "`x`", "```", "\n", "\n\n",
            "\t",
            "  ", "\u{2019}", "it\u{2019}s", "\u{201C}", "\u{2014}", "\u{2026}", "naïve", "дом", "日本語", "<b>",
            String(repeating: "y", count: 63), String(repeating: "z", count: 64),
            String(repeating: "w", count: 130),
        ]
        var random = SplitMix(seed: 20_261_127)
        for _ in 0..<2000 {
            var text = String(repeating: " ", count: Int.random(in: 0...64, using: &random))
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                text += parts.randomElement(using: &random) ?? ""
                if Int.random(in: 0..<3, using: &random) > 0 { text += " " }
            }
            if !Self.compare(text) { Issue.record("\(text.debugDescription), seed 20261127") }
        }
    }

    @Test func `a small room for words changes nothing`() {
        var random = SplitMix(seed: 3)
        let units = ["ab", "Cd", " ", " ", ".", "'", "-", "\n", "é"]
        for _ in 0..<300 {
            let text = (0..<400).map { _ in units.randomElement(using: &random) ?? "" }.joined()
            #expect(
                Self.words(text, skipsCode: true, room: 64) == Self.words(text, skipsCode: true),
                "\(text.debugDescription)")
        }
    }

    @Test func `words are passed over up to the first that matters`() {
        var random = SplitMix(seed: 4)
        for _ in 0..<2000 {
            let cache = (0..<8).map { place in
                ctext_word_number(
                    hash: UInt64(place + 8 * Int.random(in: 0...1, using: &random)),
                    number: Int64.random(in: 0...8, using: &random) & ~Int64.random(in: 0...1, using: &random)
                )
            }
            let words = (0..<20).map { _ in
                let kind = Int.random(in: 0..<12, using: &random)
                return ctext_lexical_word(
                    hash: cache[Int.random(in: 0..<8, using: &random)].hash ^ (kind == 0 ? 8 : 0), start: 0,
                    end: 1,
                    flags: kind == 1 ? UInt32(CTEXT_LEXICAL_WIDE) : UInt32(kind & 7), key: 0)
            }
            let matters = words.firstIndex { word in
                let known = cache[Int(word.hash & 7)]
                return known.hash != word.hash || known.number % 2 != 0
                    || word.flags & UInt32(CTEXT_LEXICAL_WIDE) != 0
            }
            let first = matters ?? words.count
            let firstUpper = UInt32(CTEXT_LEXICAL_FIRST_UPPER)
            var capital = 0
            #expect(ctext_lexical_pass_even(words, 0, words.count, cache, 7, &capital) == first)
            #expect(
                capital
                    == words[..<first].count {
                        $0.flags & firstUpper != 0 && $0.flags & UInt32(CTEXT_LEXICAL_LOWER) == 0
                    })
        }
    }

    @Test func `letters of scripts with spaces are found`() {
        let letters = WordCharacters.letters.kernelBitmap
        let unspaced = WordCharacters.unspaced.kernelBitmap
        var random = SplitMix(seed: 5)
        var texts = (0..<4000).map { _ in TextMaker.text(upTo: 6, using: &random) }
        texts += (UInt32(0x80)...0x2FFFF).compactMap { Unicode.Scalar($0).map { "\u{4E00}\($0)。" } }
        for text in texts {
            let expected = text.unicodeScalars.contains {
                WordCharacters.letters.isWord($0.value) && !WordCharacters.unspaced.isWord($0.value)
            }
            let found = TextMaker.withExactBytes(text) { bytes in
                ctext_holds_spaced_letter(
                    bytes.assumingMemoryBound(to: UInt8.self).baseAddress, 0, bytes.count, letters, unspaced)
            }
            if found != expected { Issue.record("\(text.debugDescription)") }
        }
    }

    // MARK: Word lists

    private static func lines(_ list: String, room: Int) -> [LexicalOracle.Word] {
        var found: [LexicalOracle.Word] = []
        TextMaker.withExactBytes(list) { bytes in
            guard let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
            var place = 0
            var lines = [ctext_lexical_word](repeating: ctext_lexical_word(), count: room)
            while true {
                let count = ctext_list_lines(start, bytes.count, &place, &lines, room)
                if count == 0 { break }
                for line in lines[..<count] {
                    let own = UnsafeRawBufferPointer(rebasing: bytes[Int(line.start)..<Int(line.end)])
                    let isWide = line.flags & UInt32(CTEXT_LEXICAL_WIDE) != 0
                    #expect(line.hash == (isWide ? 0 : LexicalReader.hash(ofKey: own)))
                    found.append(
                        LexicalOracle.Word(
                            text: String(decoding: own, as: UTF8.self), start: Int(line.start),
                            end: Int(line.end), flags: line.flags))
                }
            }
        }
        return found
    }

    private static func slowLines(_ list: String) -> [LexicalOracle.Word] {
        let bytes = Array(list.utf8)
        var start = 0
        var found: [LexicalOracle.Word] = []
        for at in 0...bytes.count where at == bytes.count || bytes[at] == 0x0A || bytes[at] == 0x0D {
            let line = bytes[start..<at]
            if let first = line.first, first != UInt8(ascii: "#") {
                var flags = (0x41...0x5A).contains(first) ? UInt32(CTEXT_LEXICAL_FIRST_UPPER) : 0
                if line.contains(0x27) { flags |= UInt32(CTEXT_LEXICAL_APOSTROPHE) }
                let folds = line.allSatisfy { byte in
                    let lower = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
                    return byte < 0x80 && byte | 0x20 == lower
                }
                if !folds { flags |= UInt32(CTEXT_LEXICAL_WIDE) }
                found.append(
                    LexicalOracle.Word(
                        text: String(decoding: line, as: UTF8.self), start: start, end: at, flags: flags))
            }
            start = at + 1
        }
        return found
    }

    @Test func `lines of word lists are those of the slow reader`() {
        var random = SplitMix(seed: 6)
        let units = ["a", "B", "'", "é", "_", "\n", "\n", "\r\n", "#", "-", "7", "word", "\u{0}", "[", "~"]
        for length in 0...3 {
            for list in TextMaker.all(length: length, over: units) {
                #expect(Self.lines(list, room: 8) == Self.slowLines(list), "\(list.debugDescription)")
            }
        }
        for _ in 0..<2000 {
            let list = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                units.randomElement(using: &random) ?? ""
            }.joined()
            for room in [1, 7, 400] {
                #expect(Self.lines(list, room: room) == Self.slowLines(list), "\(list.debugDescription)")
            }
        }
    }

    @Test func `strings are equal where each byte with the bits set is`() {
        var random = SplitMix(seed: 7)
        for length in 0...40 {
            for _ in 0..<200 {
                let word = (0..<length).map { _ in UInt8.random(in: 0x41...0x5A, using: &random) }
                var own = word.map { $0 | 0x20 }
                if length > 0, Bool.random(using: &random) {
                    own[Int.random(in: 0..<length, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                }
                let folds = own == word.map { $0 | 0x20 }
                #expect(ctext_equals_folded(own, word, length, 0x2020_2020_2020_2020) == folds)
                #expect(ctext_equals_folded(word, word, length, 0))
                #expect(ctext_equals_folded(own, word, length, 0) == (own == word))
            }
        }
    }
}
