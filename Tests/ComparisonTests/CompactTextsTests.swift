import TestSupport
import Testing

@testable import Comparison

/// Words set apart, together and with a hyphen, against a plain search; languages by their grammar words.
@Suite struct CompactTextsTests {
    /// Whether some words beside each other spell a term.
    private static func spells(_ term: String, in text: String) -> Bool {
        let wanted = term.filter { $0 != " " }
        let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return words.indices.contains { first in
            words.indices[first...].contains { last in words[first...last].joined() == wanted }
        }
    }

    @Test func `the share of rows that spell a term is that of a plain search`() throws {
        var random = SplitMix(seed: 51)
        let parts = ["top", "up", "table", "no", "un", "able", "gift", "card", "a"]
        let marks = [" ", "-", "", ", "]
        let texts = (0..<300).map { _ in
            (0..<1 + random.below(5)).map { _ in
                parts[random.below(parts.count)] + marks[random.below(marks.count)]
            }.joined()
        }
        let rows = RowMaker.rows(texts, .left).enumerated().map {
            ($0.element, $0.offset % 3 == 0 ? 2.0 : 1.0)
        }
        let compact = try CompactTexts(rows)
        let all = rows.reduce(0) { $0 + $1.1 }
        for term in ["topup", "top up", "table", "notable", "giftcard", "a", "upa", "able"] {
            let expected =
                zip(texts, rows).reduce(0) { $0 + (Self.spells(term, in: $1.0) ? $1.1.1 : 0) } / all
            #expect(abs(compact.share(with: term) - expected) < 1e-12, "\(term)")
        }
        #expect(try CompactTexts([]).share(with: "top") == 0)
    }

    @Test(
        arguments: [
            ("ich kann meine Karte nicht finden und die Bank ist zu", "German"),
            ("no puedo usar mi tarjeta porque la perdí y quiero otra", "Spanish"),
            ("我的卡不见了,怎么办", "Han script"),
            ("three apples per day come from the die and the van is met by men", nil),
            ("refund parcel number missing delivery", nil),
            ("what is my balance and how do i pay", nil),
        ] as [(String, String?)])
    func `a language is told by its grammar words, a script by its letters`(
        _ text: String, _ expected: String?
    ) throws {
        let reader = try SampledRowReader(features: FeatureList(marks: []), marker: nil)
        #expect(reader.read(RowMaker.rows([text], .left)[0]).language == expected)
    }
}
