import Corpus
import Testing

@testable import EvalOverlap

@Suite struct CueTests {
    private static func counts(_ phrases: CuePhrases, _ rows: [[String]]) throws -> CueCounts {
        let counter = CueCounter(phrases)
        let text = try OverlapText()
        for row in rows {
            OverlapFixture.withRow(row) {
                text.read($0)
                counter.add(text, $0)
            }
        }
        return counter.counts
    }

    @Test func `quoted strings and n-grams of two to five words within a sentence are phrases`() throws {
        let phrases = try CuePhrases([Array("Says \u{201C}look there\u{201D} once.\nNever guess".utf8)])
        #expect(phrases.phrases.filter(\.isQuoted).map(\.text) == ["look there"])
        let grams = phrases.phrases.filter { !$0.isQuoted }.map(\.text)
        #expect(grams.contains("Never guess") && !grams.contains("once. Never"))
        #expect(!grams.contains("look there"))
        #expect(phrases.phrases.allSatisfy { (1...5).contains($0.words.count) })
    }

    @Test(arguments: [
        ("'as an AI'", ["as an AI"]), ("the reader's guess isn't 'sure thing'", ["sure thing"]),
        ("`let me know`, \"I hope\"", ["let me know", "I hope"]), ("an open \" mark", []), ("\"7\"", []),
    ])
    func `quoted strings`(_ rubric: String, _ expected: [String]) throws {
        let phrases = try CuePhrases([Array(rubric.utf8)])
        #expect(phrases.phrases.filter(\.isQuoted).map(\.text) == expected)
    }

    /// Looked through anew from each mark, 300 KB would take hours.
    @Test(.timeLimit(.minutes(1)), arguments: [" 'a", " \"", "\u{201C}a ", "> ", "\"\"\"\"", "`"])
    func `marks that never close take linear time`(_ mark: String) {
        let text = Array(String(repeating: mark, count: 100_000).utf8)
        #expect(QuotedText.strings(of: text).allSatisfy { $0.count <= 240 })
        #expect(QuotedText.quotations(of: text).allSatisfy { $0.upperBound <= text.count })
    }

    @Test func `phrases are counted in assistant turns alone, once a row`() throws {
        let phrases = try CuePhrases([Array("\"I hope this helps\"".utf8)])
        let rows = [
            ["I hope this helps", "No."], ["Hi", "I HOPE this helps! Really, I hope this helps."],
            ["Hi", "I hope", "more", "this helps"],
        ]
        let counts = try Self.counts(phrases, rows)
        #expect(counts.rows == 3 && counts.ofPhrase[0] == 1 && counts.occurrences[0] == 2)
        #expect(counts.words == 1 + 9 + 4)
    }

    @Test
    func `with a baseline only what is more frequent there is listed, whatever the length of the answers`()
        throws
    {
        let phrases = try CuePhrases([Array("Names a concrete next step of the plan".utf8)])
        let filler = "the man of the house spoke of the plan of the year "
        let rows = (0..<60).map { ["Q", filler + filler + ($0 < 30 ? "a concrete next step" : "")] }
        let others = (0..<60).map { _ in ["Q", filler] }
        let found = try Self.counts(phrases, rows).figures(phrases, baseline: Self.counts(phrases, others))
        #expect(found.cues.map(\.phrase) == ["a concrete next step"])
        #expect(found.cues[0].rows == 30 && found.cues[0].baselineRows == 0)
        #expect(found.rubric.baselineRows == 60)
        let alone = try Self.counts(phrases, rows).figures(phrases, baseline: nil)
        #expect(alone.cues.map(\.phrase) == ["a concrete next step"] && alone.cues[0].baselineRows == nil)
    }

    /// Dunning 1993: 2 * sum of observed * ln(observed / expected).
    @Test func `the log-likelihood ratio`() {
        #expect(abs(CueCounts.ratio(10, 100, 1, 100) - 8.9760) < 0.001, "\(CueCounts.ratio(10, 100, 1, 100))")
        #expect(CueCounts.ratio(1, 100, 10, 100) == 0 && CueCounts.ratio(0, 0, 1, 10) == 0)
    }
}
