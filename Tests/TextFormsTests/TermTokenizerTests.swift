import Foundation
import TestSupport
import Testing

@testable import TextForms

struct TermTokenizerTests {
    let tokenizer: TermTokenizer

    init() throws { tokenizer = try TermTokenizer() }

    func words(_ text: String) -> [String] {
        TextMaker.withExactBytes(text) { bytes in
            tokenizer.words(of: bytes).map {
                String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
            }
        }
    }

    @Test(
        arguments: [
            ("plain", "refund reversal, please!", ["refund", "reversal", "please"]),
            (
                "apostrophe", "don't 'quote' rock'n'roll dogs' 5'10",
                ["don't", "quote", "rock'n'roll", "dogs", "5", "10"]
            ),
            (
                "curly", "don\u{2019}t \u{2018}quote\u{2019} l\u{2019}été",
                ["don\u{2019}t", "quote", "l\u{2019}été"]
            ),
            ("two apostrophes", "a''b", ["a", "b"]),
            ("underscore and digits", "order_id 42 v2.0", ["order_id", "42", "v2", "0"]),
            ("marks stay inside", "हिन्दी भाषा", ["हिन्दी", "भाषा"]),
            ("selectors are no words", "ok ❤\u{FE0F} yes", ["ok", "yes"]),
            ("Chinese", "我想退款。谢谢", ["我想", "退款", "谢谢"]),
            ("Thai", "ขอคืนเงิน", ["ขอ", "คืน", "เงิน"]),
            ("mixed run", "使用chatgpt写作", ["使用", "chatgpt", "写作"]),
            ("Korean has spaces", "환불 요청", ["환불", "요청"]),
            ("empty", "", []),
            ("no word", " .,! ", []),
        ] as [(String, String, [String])])
    func `words of terms`(id: String, text: String, expected: [String]) {
        #expect(words(text) == expected, "\(id)")
    }

    @Test func `Japanese is cut into words that cover it`() {
        let found = words("返金をお願いします。コンピューター")
        #expect(found.joined() == "返金をお願いしますコンピューター")
        #expect(found.count > 4 && found.contains("コンピューター"))
    }

    /// The rules again, code point by code point, for texts without scripts that need a dictionary.
    private static func oracle(_ text: String) -> [String] {
        let points = Array(text.unicodeScalars)
        func isTerm(_ at: Int) -> Bool {
            points.indices.contains(at) && WordCharacters.term.isWord(points[at].value)
        }
        func isLetter(_ at: Int) -> Bool {
            points.indices.contains(at) && WordCharacters.letters.isWord(points[at].value)
        }
        var found: [String] = []
        var word = String.UnicodeScalarView()
        for at in points.indices {
            let joins =
                (points[at] == "'" || points[at] == "\u{2019}") && isLetter(at - 1) && isLetter(at + 1)
            let starts = WordCharacters.shingle.isWord(points[at].value)
            if starts || joins && !word.isEmpty || isTerm(at) && !word.isEmpty {
                word.append(points[at])
            } else if !isTerm(at) {
                if !word.isEmpty { found.append(String(word)) }
                word = String.UnicodeScalarView()
            }
        }
        return word.isEmpty ? found : found + [String(word)]
    }

    @Test func `random texts equal the oracle`() {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("seed \(seed)")
        var random = SplitMix(seed: seed)
        let alphabet: [Unicode.Scalar] = [
            "a", "b", "z", "5", "_", " ", " ", "'", "\u{2019}", ".", "\u{E9}", "\u{301}", "\u{436}",
            "\u{94D}",
            "\u{915}", "\u{1F600}", "\u{FE0F}", "\u{1D400}", "\u{AC00}",
        ]
        for round in 0..<20_000 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...180, using: &random)).map { _ in
                        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                    }))
            let actual = words(text)
            let expected = Self.oracle(text)
            if actual != expected {
                Issue.record("seed \(seed), round \(round): \(actual) against \(expected)")
            }
        }
    }

    @Test func `words of unspaced scripts are segments of the Unicode consortium's word break tests`() throws
    {
        guard let folder = Fixture.optionalFolder("hostile/unicode") else { return }
        let file = try String(contentsOf: folder.appending(path: "WordBreakTest.txt"), encoding: .utf8)
        let breaker = try WordBreaker()
        var lines = 0
        for line in file.split(separator: "\n") where line.hasPrefix("÷") {
            let rule = line.split(separator: "#", maxSplits: 1)[0]
            // ICU follows CLDR, in which a colon joins no words.
            if rule.contains("003A") { continue }
            let segments = rule.split(separator: "÷").map { segment in
                String(
                    String.UnicodeScalarView(
                        segment.split(whereSeparator: { " ×\t".contains($0) }).compactMap {
                            UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
                        }))
            }.filter { !$0.isEmpty }
            let text = segments.joined()
            var found: [String] = []
            TextMaker.withExactBytes(text) { bytes in
                breaker.forEachWord(in: bytes, run: 0..<bytes.count) {
                    found.append(String(decoding: bytes[$0], as: UTF8.self))
                }
            }
            #expect(
                found.allSatisfy { word in segments.contains { $0.utf8.elementsEqual(word.utf8) } }, "\(rule)"
            )
            lines += 1
        }
        #expect(lines > 1000)
    }

    @Test func `a very long run without spaces is cut and covered`() {
        let text = String(repeating: "退款请求", count: 20_000)
        #expect(words(text).joined() == text)
    }
}
