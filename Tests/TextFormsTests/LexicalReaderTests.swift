import CICU
import CText
import Foundation
import TestSupport
import Testing

@testable import TextForms

/// Lexical words: the byte kernel against ICU's word breaks.
@Suite struct LexicalReaderTests {
    /// Words as ICU finds them: what lies between boundaries with a rule status of letters or numbers.
    private static func oracle(_ text: [UInt8], _ breaker: WordBreaker) -> [Range<Int>] {
        var words: [Range<Int>] = []
        text.withUnsafeBytes { bytes in
            if !bytes.isEmpty { breaker.forEachWord(in: bytes, run: 0..<bytes.count) { words.append($0) } }
        }
        return words
    }

    static func words(_ text: [UInt8], _ reader: LexicalReader) -> [Range<Int>] {
        var found: [Range<Int>] = []
        text.withUnsafeBytes { bytes in
            reader.begin(bytes, skipsCode: false)
            while true {
                let batch = reader.next()
                if batch.isEmpty { break }
                found += batch.map { Int($0.start)..<Int($0.end) }
            }
        }
        return found
    }

    /// One of each class that the rules tell apart, and the typographic marks that the kernel breaks itself.
    private static let units: [[UInt8]] = [
        "a", "B", "7", "_", "'", ".", ":", ",", ";", "-", " ", "\n", "\"", "(", "\u{2019}", "\u{2014}",
    ].map { Array($0.utf8) }

    @Test func `all short texts of the kernel's own characters break as ICU breaks them`() throws {
        let reader = try LexicalReader(breaksUnspaced: true)
        let breaker = try WordBreaker()
        var failures = 0
        for length in 1...5 {
            var places = [Int](repeating: 0, count: length)
            while true {
                let text = places.flatMap { Self.units[$0] }
                if Self.words(text, reader) != Self.oracle(text, breaker) {
                    failures += 1
                    if failures <= 5 {
                        Issue.record(
                            "\(String(decoding: text, as: UTF8.self).debugDescription): \(Self.words(text, reader)) and not \(Self.oracle(text, breaker))"
                        )
                    }
                }
                var at = length - 1
                while at >= 0, places[at] == Self.units.count - 1 {
                    places[at] = 0
                    at -= 1
                }
                if at < 0 { break }
                places[at] += 1
            }
        }
        #expect(failures == 0)
    }

    @Test func `every ASCII character between letters, digits and spaces breaks as in ICU`() throws {
        let reader = try LexicalReader(breaksUnspaced: true)
        let breaker = try WordBreaker()
        for byte in UInt8(0)...127 {
            for frame in ["a%b", "1%2", "a%1", "1%a", "%a", "a%", " % ", "_%_", "a%%b"] {
                let text = Array(frame.utf8).flatMap { $0 == UInt8(ascii: "%") ? [byte] : [$0] }
                #expect(Self.words(text, reader) == Self.oracle(text, breaker), "\(byte) in \(frame)")
            }
        }
    }

    @Test func `mixed scripts break as ICU breaks the whole text`() throws {
        let reader = try LexicalReader(breaksUnspaced: true)
        let breaker = try WordBreaker()
        let parts = [
            "naïve", "cafe\u{301}", " ", "don\u{2019}t", "дом", "日本語テキスト", "ภาษาไทย", "\u{200D}", "\u{301}",
            "👩‍👩‍👧", "a", "1", ".", "'", "\u{AD}", "\u{FEFF}", "שלום", "\"", "\u{00B7}", "l\u{00B7}l", "\u{FF11}",
            "_",
            "\n", "\u{2028}", "ﬁ",
        ].map { Array($0.utf8) }
        var state: UInt64 = 20261127
        for _ in 0..<20_000 {
            var text: [UInt8] = []
            for _ in 0..<6 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += parts[Int(state >> 33) % parts.count]
            }
            #expect(
                Self.words(text, reader) == Self.oracle(text, breaker),
                "\(String(decoding: text, as: UTF8.self).debugDescription), seed 20261127")
        }
    }

    /// Unicode's own test file, where it is beside the project.
    @Test func `WordBreakTest passes`() throws {
        guard let folder = Fixture.optionalFolder("ucd") else { return }
        let file = folder.appendingPathComponent("WordBreakTest.txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return }
        let breaker = try WordBreaker()
        let reader = try LexicalReader(breaksUnspaced: true)
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let scalars = line.split(separator: "#")[0].split(separator: " ").compactMap {
                UInt32($0, radix: 16)
            }
            var string = ""
            for value in scalars {
                if let scalar = Unicode.Scalar(value) { string.unicodeScalars.append(scalar) }
            }
            let bytes = Array(string.utf8)
            #expect(Self.words(bytes, reader) == Self.oracle(bytes, breaker), "\(line)")
        }
    }

    private struct Seen: Equatable {
        var key: String
        var isTechnical = false
        var startsSentence = false
    }

    private func seen(_ text: String, skipsCode: Bool = true) throws -> [Seen] {
        let reader = try LexicalReader(breaksUnspaced: false)
        var found: [Seen] = []
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes { buffer in
            reader.begin(buffer, skipsCode: skipsCode)
            while true {
                let batch = reader.next()
                if batch.isEmpty { break }
                for word in batch {
                    let key =
                        word.key == 0
                        ? String(decoding: buffer[Int(word.start)..<Int(word.end)], as: UTF8.self)
                            .lowercased()
                        : reader.withKey(word) { String(decoding: $0, as: UTF8.self) }
                    #expect(Array(key.utf8).withUnsafeBytes { LexicalReader.hash(ofKey: $0) } == word.hash)
                    found.append(
                        Seen(
                            key: key, isTechnical: word.flags & UInt32(CTEXT_LEXICAL_TECHNICAL) != 0,
                            startsSentence: word.flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0))
                }
            }
        }
        return found
    }

    @Test func `keys are in lower case with straight apostrophes and plain ligatures`() throws {
        #expect(
            try seen("Don\u{2019}t ÉTÉ conﬁrm ＨＥＬＬＯ Straße").map(\.key)
                == ["don't", "été", "confirm", "hello", "straße"])
    }

    @Test(arguments: [
        ("see https://shop.example.com/a_b?c=d now", ["see", "now"]),
        ("write to jo.doe@example.com please", ["write", "to", "please"]),
        ("call foo(bar) and a->b here", ["call", "and", "here"]),
        ("<b>bold</b> text", ["text"]),
        ("and/or either", ["and", "or", "either"]),
        ("open /etc/passwd file", ["open", "file"]),
        ("use `recieve_it` or ```\nx recieve\n``` then", ["use", "or", "then"]),
        ("the user's (good) card.", ["the", "user's", "good", "card"]),
    ])
    func `technical stretches are marked and code is passed over`(_ text: String, _ plain: [String]) throws {
        #expect(try seen(text).filter { !$0.isTechnical }.map(\.key) == plain)
    }

    @Test func `sentence starts are known`() throws {
        #expect(
            try seen("Hello there. Then he said \"Well\" twice\nNew line").filter(\.startsSentence).map(\.key)
                == ["hello", "then", "well", "twice", "new"])
    }
}
