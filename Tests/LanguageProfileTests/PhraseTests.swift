import Findings
import TestSupport
import Testing

@testable import LanguageProfile

/// Recurrent phrases against a plain count of all runs of words.
@Suite struct PhraseTests {
    private static func surveyor(_ rows: [String], parts: Int = 1) throws -> PhraseSample {
        var sample = PhraseSample()
        for part in 0..<parts {
            let surveyor = try SpellingSurveyor(
                SpellingTests.knowledge(), memoryBytes: 1 << 24, scratch: "/nowhere", number: part)
            for (number, row) in rows.enumerated() where number % parts == part {
                SpellingTests.withRow([(.assistant, row)]) {
                    surveyor.add($0, number: RowOrigin.number(shard: 0, ordinal: number))
                }
            }
            sample.merge(surveyor.phrases)
        }
        return sample
    }

    private static func report(_ rows: [String], least: Int) throws -> [LanguageProfileFigures.Phrase] {
        let traced = try TracedRows(
            rows.map { [(.assistant, $0)] }, try FeatureCatalogue(patterns: []))
        let phrases = traced.phrases(least: least)
        return PhraseReport(phrases, [traced.read([], phrases)], least: least)
            .figures(.none, shardNames: ["rows"], hasAuthors: false)
    }

    /// Rows of each run of three to eight words of one sentence.
    private static func oracle(_ rows: [String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in rows {
            var ofRow: Set<String> = []
            for sentence in row.lowercased().split(separator: ".") {
                let words = sentence.split(separator: " ")
                for length in 3...8 where words.count >= length {
                    for at in 0...(words.count - length) {
                        ofRow.insert(words[at..<at + length].joined(separator: " "))
                    }
                }
            }
            for phrase in ofRow { counts[phrase, default: 0] += 1 }
        }
        return counts
    }

    @Test func `phrases are counted exactly, and every recurrent run stands in one of them`() throws {
        var random = SplitMix(seed: 5)
        let words = [
            "we", "will", "send", "your", "order", "to", "the", "desk", "by", "noon", "today", "now",
        ]
        let stock = [
            "We will send your order to the desk by noon today now.", "The desk will send.",
            "By noon we will.",
        ]
        let rows = (0..<80).map { _ in
            (0..<3).map { _ in
                random.next() % 3 == 0
                    ? stock[Int(random.next() % 3)]
                    : (0..<6).map { _ in words[Int(random.next() % 12)] }.joined(separator: " ").capitalized
                        + "."
            }.joined(separator: " ")
        }
        let oracle = Self.oracle(rows)
        let phrases = try Self.report(rows, least: 8)
        #expect(!phrases.isEmpty)
        for phrase in phrases { #expect(phrase.rows == oracle[phrase.text], "\(phrase.text)") }
        let texts = phrases.map { " \($0.text) " }
        for (phrase, rows) in oracle where rows >= 12 {
            let longer = texts.contains { $0.contains(" \(phrase) ") }
            // Of a long run the first eight words are listed.
            let isLater = stock[0].lowercased().contains(phrase)
            #expect(longer || isLater, "\(phrase) \(rows)")
        }
        #expect(phrases.contains { $0.text == "we will send your order to the desk" })
        #expect(!phrases.contains { $0.text == "will send your order to the desk by" })
    }

    @Test func `the sample hangs on the rows alone, and of many rows phrases are found all the same`() throws
    {
        var random = SplitMix(seed: 6)
        let rows = (0..<30_000).map { number in
            let filler = (0..<40).map { _ in String(random.next(), radix: 36).filter(\.isLetter) + "x" }
                .joined(separator: " ")
            return number % 250 == 0 ? "The ferry leaves at dawn. \(filler)" : filler
        }
        let sample = try Self.surveyor(rows)
        #expect(sample.isSample && sample.words.count <= PhraseSample.mostWords)
        let other = try Self.surveyor(rows, parts: 3)
        #expect(Set(sample.rows.map(\.number)) == Set(other.rows.map(\.number)))
        let catalogue = PhraseCatalogue(sample, least: 60)
        #expect(catalogue.phrases.map(\.count) == [5])
        #expect(PhraseCatalogue(other, least: 60).phrases == catalogue.phrases)
    }

    @Test func `three words are a phrase, and a turn's beginning and end are told`() throws {
        let rows = (0..<30).map { number -> String in
            let middle = SmallWords.text(number)
            return number % 3 == 0 ? "Thanks for waiting \(middle). Have a safe trip." : "\(middle)."
        }
        let found = try Self.report(rows, least: 5)
        #expect(
            found.map { "\($0.text) \($0.position) \($0.rows)" } == [
                "have a safe trip closer 10", "thanks for waiting opener 10",
            ])
    }
}

/// Words that no other row has.
private enum SmallWords {
    static func text(_ number: Int) -> String {
        var random = SplitMix(seed: UInt64(number) + 100)
        return (0..<6).map { _ in String(random.next(), radix: 36).filter(\.isLetter) + "q" }.joined(
            separator: " ")
    }
}
