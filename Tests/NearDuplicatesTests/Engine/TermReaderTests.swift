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

    private static func withRow(_ text: String, _ body: (RowText) -> Void) {
        let bytes = Array(text.utf8)
        let turns = [Turn(role: .text, mark: .none, offset: 0, length: bytes.count)]
        bytes.withUnsafeBytes { bytes in
            turns.withUnsafeBufferPointer { body(RowText(bytes: bytes, turns: $0)) }
        }
    }

    /// The terms of one row, by its words.
    private static func readWords(_ turns: [String], _ reader: TermReader) -> [[UInt64]] {
        var terms = RowTerms()
        terms.begin(row: 3, conversation: 1)
        for turn in turns { withRow(turn) { reader.readWords($0) { terms.add($0) } } }
        var found: [[UInt64]] = []
        terms.numbers.withUnsafeBufferPointer { numbers in
            RowTerms.forEach(of: numbers, terms: HashBuffer()) { found.append(Array($2)) }
        }
        return found
    }

    private static func read(_ text: String, _ reader: TermReader, wanted: TermBits? = nil) -> [(
        UInt64, String
    )] {
        var found: [(UInt64, String)] = []
        withRow(text) { row in
            reader.read(row, wanted: wanted) { terms in
                found += terms.map { ($0.hash, reader.text(of: $0)) }
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
            #expect(Self.readWords([text], reader) == [found.map(\.0)], "round \(round): \(text)")
        }
    }

    @Test func `words of several turns and rows give the terms of each`() throws {
        let reader = try TermReader(configuration: DedupConfiguration())
        let rows = [
            ["refund reversal", "pending"], [], ["the"], ["zurück 2nd order_id", "退款, refund"],
        ]
        #expect(
            rows.map { $0.flatMap { Self.read($0, reader).map(\.0) } }
                == rows.map { Self.readWords($0, reader)[0] })
        var all = RowTerms()
        for (number, turns) in rows.enumerated() {
            all.begin(row: number, conversation: 7)
            for turn in turns { Self.withRow(turn) { reader.readWords($0) { all.add($0) } } }
        }
        var found: [Int: [UInt64]] = [:]
        all.numbers.withUnsafeBufferPointer { numbers in
            RowTerms.forEach(of: numbers, terms: HashBuffer()) { row, conversation, terms in
                #expect(conversation == 7)
                found[row] = Array(terms)
            }
        }
        #expect(rows.indices.map { found[$0] } == rows.map { Self.readWords($0, reader)[0] })
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
