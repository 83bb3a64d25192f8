import CText
import TextForms
import Testing

@testable import LanguageProfile

/// The kernels of a profile against slow ones.
@Suite struct ProfileKernelTests {
    /// Linear congruential numbers (Knuth, MMIX): a seed repeats them.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private static func text(_ units: [String], _ count: Int, _ numbers: inout Numbers) -> String {
        (0..<count).map { _ in units.randomElement(using: &numbers) ?? "" }.joined()
    }

    // MARK: Marks

    @Test func `marks are those of the slow reader`() {
        let units = [
            "a", "a", "o", "x", "B", "7", " ", " ", "\n", "!", "?", ".", ".", "\"", "*", "*", "`", "`", "#",
            "-", "|",
            "1. ", "&amp;", "&#39;", "&", ";", "\u{1}", "\t", "\u{7F}", "é", "Ã", "Â", "\u{A9}", "â", "€",
            "日", "本",
            "。", "！", "\u{3000}", "한", "\u{E000}", "\u{FEFF}", "\u{FFFD}", "\u{2019}", "\u{2014}", "\u{2026}",
            "•", "😀", "\u{301}", "\u{AD}", "\u{200B}", "\u{202E}", "ooo", "sooo",
        ]
        var numbers = Numbers(state: 20_261_127)
        func check(_ text: String) {
            let bytes = Array(text.utf8)
            if ctext_marks(bytes, bytes.count) != MarksOracle(text).found {
                Issue.record("\(text.debugDescription)")
            }
        }
        check("")
        for first in units { for second in units { for third in units { check(first + second + third) } } }
        for _ in 0..<20_000 {
            let plain = String(repeating: "plain ", count: Int.random(in: 0...12, using: &numbers))
            check(plain + Self.text(units, Int.random(in: 1...12, using: &numbers), &numbers) + plain)
        }
        for point in UInt32(0)...0x10FFFF {
            if let scalar = Unicode.Scalar(point) { check("xâÃ\(scalar)\(scalar)") }
        }
    }

    // MARK: Tokens

    private struct Token: Equatable {
        var key: String
        var letterCase: Int
        var isCompound: Bool
        var followsDirectly: Bool
    }

    /// The rules of `WordTurns`, word by word.
    private static func slowTokens(_ words: [LexicalReader.Word], _ bytes: [UInt8]) -> [Token] {
        let after = UInt32(CTEXT_LEXICAL_HYPHEN_AFTER)
        let before = UInt32(CTEXT_LEXICAL_HYPHEN_BEFORE)
        func has(_ word: LexicalReader.Word, _ flag: Int) -> Bool { word.flags & UInt32(flag) != 0 }
        func letterCase(_ word: LexicalReader.Word) -> Int? {
            if !has(word, CTEXT_LEXICAL_FIRST_UPPER) {
                return has(word, CTEXT_LEXICAL_LATER_UPPER) ? nil : CTEXT_CASE_LOWER
            }
            if has(word, CTEXT_LEXICAL_LATER_UPPER) {
                return has(word, CTEXT_LEXICAL_LOWER) ? nil : CTEXT_CASE_UPPER
            }
            return has(word, CTEXT_LEXICAL_SENTENCE_START) ? CTEXT_CASE_INITIAL : CTEXT_CASE_CAPITALISED
        }
        func isPlain(_ word: LexicalReader.Word) -> Bool {
            word.flags & WordTurns.leftOut == 0 && letterCase(word) != nil
        }
        var tokens: [Token] = []
        var lastEnd: Int?
        var at = 0
        while at < words.count {
            let word = words[at]
            var end = Int(word.end)
            at += 1
            let hyphens = word.flags & (after | before)
            if hyphens != 0 {
                guard at < words.count, hyphens == after, words[at].flags & (after | before) == before,
                    isPlain(word), isPlain(words[at]), word.key == 0, words[at].key == 0,
                    !has(word, CTEXT_LEXICAL_APOSTROPHE), !has(words[at], CTEXT_LEXICAL_APOSTROPHE),
                    words[at].start == word.end + 1
                else { continue }
                end = Int(words[at].end)
                guard end - Int(word.start) <= WordTurns.longestWord else { continue }
                at += 1
            } else if !isPlain(word) || end - Int(word.start) > WordTurns.longestWord {
                continue
            }
            let start = Int(word.start)
            tokens.append(
                Token(
                    key: String(decoding: bytes[start..<end], as: UTF8.self),
                    letterCase: letterCase(word) ?? -1,
                    isCompound: hyphens != 0,
                    followsDirectly: lastEnd.map { $0 + 1 == start && bytes[$0] == 0x20 } ?? false))
            lastEnd = end
        }
        return tokens
    }

    @Test func `tokens are those of the slow rules`() throws {
        let units = [
            "the", "Card", "NASA", "iPhone", "well", "-", "-", "e-mail", "don't", "x1", "naïve", "日本",
            "\u{2019}", " ",
            " ", " ", ".", "\n", "a@b.c", "_", String(repeating: "long", count: 11), "twenty-one-year",
            "Internationalisations-Internationalisations",
        ]
        let turns = try WordTurns()
        let reader = try LexicalReader(breaksUnspaced: false)
        var numbers = Numbers(state: 1)
        for _ in 0..<8000 {
            let bytes = Array(Self.text(units, Int.random(in: 1...14, using: &numbers), &numbers).utf8)
            bytes.withUnsafeBytes { buffer in
                reader.begin(buffer, skipsCode: true)
                let words = Array(reader.next())
                var found: [Token] = []
                guard turns.begin(buffer, role: .user) else { return }
                while turns.next(buffer) {
                    for token in turns.tokens {
                        let own = buffer[Int(token.start)..<Int(token.end)]
                        found.append(
                            Token(
                                key: String(decoding: own, as: UTF8.self), letterCase: Int(token.letter_case),
                                isCompound: token.is_compound, followsDirectly: token.follows_directly))
                        turns.withKey(token, buffer) { key, folds in
                            let key = key.map { folds ? $0 | 0x20 : $0 }
                            #expect(key.withUnsafeBytes { LexicalReader.hash(ofKey: $0) } == token.hash)
                        }
                    }
                }
                #expect(found == Self.slowTokens(words, bytes), "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    // MARK: Types

    @Test func `types are found and counted as one by one`() throws {
        let turns = try WordTurns()
        let table = TypeTable(expecting: 1)
        var slow: [String: (kind: TypeTable.State, counts: [UInt32])] = [:]
        let units = [
            "the ", "The ", "THE ", "zzq ", "Zzq ", "qrr ", "wok ", "well-known ", "naïve ", "don't ", "ab ",
            "Ab. ",
        ]
        func state(of key: String) -> TypeTable.State {
            key.contains("-") ? .compound : ["zzq", "qrr", "wok"].contains(key) ? .unknown : .known
        }
        func function(of key: String) -> FunctionWords.Kind {
            ["the", "well-known"].contains(key) ? .english : ["zzq", "ab"].contains(key) ? .other : .none
        }
        var numbers = Numbers(state: 2)
        var types = [UInt32](repeating: 0, count: 64)
        for round in 0..<2000 {
            let text =
                Self.text(units, Int.random(in: 1...20, using: &numbers), &numbers) + "w\(round % 900)x"
            let bytes = Array((text + Self.text(["q", "j", "v"], 4, &numbers)).utf8)
            let role = ProfileRole.allCases[round % 4]
            bytes.withUnsafeBytes { buffer in
                guard turns.begin(buffer, role: role), turns.next(buffer) else { return }
                let tokens = turns.tokens
                let keys = tokens.map { token in
                    turns.withKey(token, buffer) { key, folds in
                        String(decoding: key.map { folds ? $0 | 0x20 : $0 }, as: UTF8.self)
                    }
                }
                types.withUnsafeMutableBufferPointer { room in
                    guard let start = room.baseAddress else { return }
                    table.find(tokens, buffer, into: start) { token in
                        turns.withKey(token, buffer) { key, folds in
                            table.insert(key, hash: token.hash, foldsCase: folds) {
                                let key = String(decoding: $0, as: UTF8.self)
                                return .init(state: state(of: key), function: function(of: key))
                            }
                        }
                    }
                    let own = UnsafeBufferPointer(rebasing: room[..<tokens.count])
                    let judged = table.judge(own)
                    #expect(judged.known == keys.count { state(of: $0) == .known })
                    #expect(judged.unknown == keys.count { state(of: $0) == .unknown })
                    #expect(judged.english == keys.count { function(of: $0) == .english })
                    #expect(judged.other == keys.count { function(of: $0) == .other })
                    table.count(tokens, own, role, unknown: judged.unknown)
                }
                for (at, key) in keys.enumerated() {
                    var (kind, counts) = slow[key] ?? (state(of: key), Array(repeating: 0, count: 10))
                    counts[Int(role.rawValue)] += 1
                    let ofCase = Int(tokens[at].letter_case)
                    if ofCase > 0 { counts[5 + ofCase] += 1 }
                    let near = max(0, at - 3)...min(keys.count - 1, at + 3)
                    if near.contains(where: { keys[$0] != key && state(of: keys[$0]) == .unknown }),
                        keys.count(where: { state(of: $0) == .unknown }) > 1
                    {
                        counts[9] += 1
                    }
                    slow[key] = (kind, counts)
                    kind = .known
                }
            }
        }
        #expect(table.count == slow.count)
        for number in 0..<table.count {
            let key = String(decoding: table.key(number), as: UTF8.self)
            let own = table.counts(number)
            let counts = [
                own.of_role.0, own.of_role.1, own.of_role.2, own.of_role.3, own.of_role.4, own.of_role.5,
                own.upper,
                own.capitalised, own.initial, own.crowded,
            ]
            #expect(slow[key]?.counts == counts, "\(key)")
            #expect(slow[key]?.kind == own.state, "\(key)")
        }
    }

    // MARK: Words

    @Test func `a lexicon knows what sets of strings know`() {
        let stems = [
            "car", "card", "rail", "day", "box", "happy", "use", "real", "order", "Bob", "don't", "over",
            "able",
            "port",
        ]
        let parts =
            stems.map { $0.lowercased() } + [
                "s", "'s", "s'", "'ll", "'d", "ly", "er", "ers", "able", "ability", "ized", "ize", "ily",
                "iness", "un",
                "re", "anti", "under", "y", "e", "like",
            ]
        let oracle = LexiconOracle(stems)
        let lexicon = SpellingLexicon(expecting: 1)
        Array(stems.joined(separator: "\n").utf8).withUnsafeBytes { lexicon.add(wordList: $0, variety: .any) }
        for first in parts {
            for second in [""] + parts {
                for third in [""] + parts {
                    let key = Array((first + second + third).utf8)
                    let isKnown = key.withUnsafeBytes { lexicon.isKnown($0) }
                    if isKnown != oracle.isKnown(key) {
                        Issue.record("\(first + second + third): \(isKnown)")
                    }
                }
            }
        }
    }

    @Test func `the lists that a word is in are those that have it, once the table has grown`() {
        var numbers = Numbers(state: 4)
        let units = ["a", "b", "C", "'s", "-", "é", "_"]
        var slow: [[UInt8]: SpellingLexicon.Flags] = [:]
        let lexicon = SpellingLexicon(expecting: 1)
        for variety in [SpellingLexicon.Variety.american, .british, .any, .rare] {
            let words = (0..<4000).map { _ in
                Self.text(units, Int.random(in: 1...7, using: &numbers), &numbers)
            }
            Array(words.joined(separator: "\n").utf8).withUnsafeBytes {
                lexicon.add(wordList: $0, variety: variety)
            }
            for word in words where variety != .rare || !word.contains("'") {
                let key = Array(word.lowercased().utf8)
                var own: SpellingLexicon.Flags = word.hasPrefix("C") ? .capitalised : .lower
                switch variety {
                case .american: own.insert(.american)
                case .british: own.insert(.british)
                case .any: own.formUnion([.american, .british])
                case .rare: own = slow[key] ?? .rare
                }
                slow[key] = variety == .rare ? own : own.union(slow[key] ?? own)
            }
        }
        for (key, flags) in slow where lexicon.flags(of: key) != flags {
            Issue.record("\(String(decoding: key, as: UTF8.self))")
        }
        for _ in 0..<4000 {
            let key = Array(Self.text(["a", "b", "c", "z"], 6, &numbers).utf8)
            #expect((lexicon.flags(of: key) != nil) == (slow[key] != nil))
        }
    }

    @Test func `edits are all strings at distance 1`() {
        let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { [$0] }
        for word in ["a", "ab", "abba", "letter", "zzz"] {
            let key = Array(word.utf8)
            var expected: Set<[UInt8]> = []
            for at in 0...key.count {
                for letter in letters { expected.insert(key[..<at] + letter + key[at...]) }
                guard at < key.count else { break }
                for letter in letters where letter != [key[at]] {
                    expected.insert(key[..<at] + letter + key[(at + 1)...])
                }
                expected.insert(Array(key[..<at] + key[(at + 1)...]))
                if at + 1 < key.count, key[at] != key[at + 1] {
                    expected.insert(key[..<at] + [key[at + 1], key[at]] + key[(at + 2)...])
                }
            }
            var found: Set<[UInt8]> = []
            SpellingDecision.forEachEdit(of: key) { found.insert(Array($0)) }
            #expect(found == expected, "\(word)")
        }
    }
}
