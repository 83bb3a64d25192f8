import CText
import Corpus
import TestSupport
import Testing
import TextForms

@testable import NearDuplicates

/// The kernel of terms against the rules written out.
@Suite struct TermReaderTests {
    /// Words and pairs of one turn by the rules, as text.
    private static func oracle(_ text: String, _ tokenizer: TermTokenizer, _ frequent: Set<String>)
        -> [String]
    {
        var found: [String] = []
        var previous: (word: String, end: Int)?
        withPadded(text) { bytes in
            for range in tokenizer.words(of: bytes) {
                let word = String(decoding: bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
                let isTerm =
                    !word.utf8.contains { (0x30...0x39).contains($0) } && word.utf8.count <= 64
                    && !frequent.contains(word)
                guard isTerm else {
                    previous = nil
                    continue
                }
                found.append(word)
                if let previous, Int(range.start) - previous.end <= 2 {
                    found.append(previous.word + " " + word)
                }
                previous = (word, Int(range.end))
            }
        }
        return found
    }

    private static func withPadded(_ text: String, _ body: (UnsafeRawBufferPointer) -> Void) {
        let bytes = Array(text.utf8) + [UInt8](repeating: 0x7A, count: 8)
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<text.utf8.count])) }
    }

    private static func read(_ text: String, _ reader: TermReader, wanted: TermBits? = nil) -> [(
        UInt64, String
    )] {
        var found: [(UInt64, String)] = []
        let bytes = Array(text.utf8)
        let turns = [Turn(role: .text, mark: .none, offset: 0, length: bytes.count)]
        bytes.withUnsafeBytes { bytes in
            turns.withUnsafeBufferPointer { turns in
                reader.read(RowText(bytes: bytes, turns: turns), wanted: wanted) { terms in
                    found += terms.map { ($0.hash, reader.text(of: $0)) }
                }
            }
        }
        return found
    }

    private static let words = [
        "refund", "the", "is", "reversal", "x", "a1", "pending", "internationalisation", "é", "don't", "of",
        String(repeating: "long", count: 17), "order_id", "2nd", "zurück", "退款",
    ]
    private static let gaps = [" ", " ", " ", ", ", " - ", ".  ", "'", "\u{2019}"]

    @Test func `terms are those of the rules, and a filter leaves out none that is wanted`() throws {
        print("seed 850")
        var generator = SplitMix(seed: 850)
        let reader = try TermReader(configuration: DedupConfiguration())
        let tokenizer = try TermTokenizer()
        let frequent = Set(LanguageWords.frequentWords)
        for round in 0..<3_000 {
            var text = ""
            for _ in 0..<generator.below(30) {
                text +=
                    Self.words[generator.below(Self.words.count)]
                    + Self.gaps[generator.below(Self.gaps.count)]
            }
            text = text.trimmingSpaces
            let found = Self.read(text, reader)
            #expect(found.map(\.1) == Self.oracle(text, tokenizer, frequent), "round \(round): \(text)")
            let wanted = Set(found.map(\.0).filter { _ in generator.below(3) == 0 })
            let filtered = Self.read(text, reader, wanted: TermBits(Array(wanted)))
            #expect(
                filtered.filter { wanted.contains($0.0) }.map(\.1)
                    == found.filter { wanted.contains($0.0) }.map(\.1))
            #expect(filtered.count <= found.count)
        }
    }

    @Test func `every frequent word is found in the table, and few others pass a filter`() throws {
        let reader = try TermReader(configuration: DedupConfiguration())
        for word in LanguageWords.frequentWords { #expect(Self.read(word, reader).isEmpty, "\(word)") }
        let none = TermBits([1 << 63])
        var words: [String] = []
        for number in 0..<4_000 {
            words.append("w" + String(number, radix: 2).map { $0 == "0" ? "a" : "b" }.joined())
        }
        let text = words.joined(separator: " . . ")
        #expect(Self.read(text, reader, wanted: none).count < 400)
    }
}

extension String {
    /// Without spaces at the ends and runs of them, as a normal form has it.
    fileprivate var trimmingSpaces: String { split(separator: " ").joined(separator: " ") }
}
