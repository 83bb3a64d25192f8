import CText
import Corpus
import Findings
import TestSupport
import Testing

@testable import EvalOverlap

/// The index against brute force over all texts and all places.
@Suite struct OverlapOracleTests {
    /// Texts of few words, so that n-grams meet often.
    private static func texts(_ count: Int, words: ClosedRange<Int>, _ random: inout SplitMix) -> [String] {
        (0..<count).map { _ in
            let length = Int.random(in: words, using: &random)
            return (0..<length).map { _ in "w\(Int.random(in: 0..<6, using: &random))" }.joined(
                separator: " ")
        }
    }

    private static func grams(_ text: String) -> Set<String> {
        let words = text.split(separator: " ")
        let size = Int(CTEXT_GRAM_WORDS)
        guard words.count >= size else { return [] }
        return Set((0...words.count - size).map { words[$0..<$0 + size].joined(separator: " ") })
    }

    /// Whether enough n-grams of a text lie near one diagonal of a row.
    private static func hasCluster(of item: String, in row: String) -> Bool {
        let (own, other) = (item.split(separator: " "), row.split(separator: " "))
        let size = Int(CTEXT_GRAM_WORDS)
        guard own.count >= size, other.count >= size else { return false }
        var diagonals: [Int] = []
        for place in 0...own.count - size {
            for start in 0...other.count - size where own[place..<place + size] == other[start..<start + size]
            {
                diagonals.append(start - place)
            }
        }
        let least = Int(GramSeeds.least(words: own.count))
        return diagonals.contains { low in
            diagonals.count { (low...low + GramSeeds.band(words: own.count)).contains($0) } >= least
        }
    }

    @Test(arguments: 0..<20)
    func `counts, boilerplate and candidates equal brute force`(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let items = Self.texts(12, words: 13...24, &random)
        let rows = Self.texts(120, words: 4...30, &random)
        let fixture = try OverlapFixture(items.map { OverlapFixture.item($0) })
        let surveyor = try OverlapSurveyor(fixture.index)
        let distinct = Array(Set(items))
        var counts: [String: Int] = [:]
        for row in rows {
            let isCandidate = OverlapFixture.withRow([row]) { surveyor.add($0) }
            let own = Self.grams(row)
            for gram in own { counts[gram, default: 0] += 1 }
            let expected = distinct.contains { Self.hasCluster(of: $0, in: row) }
            if expected { #expect(isCandidate) }
        }
        let decision = OverlapDecision(fixture.index, surveyor.counts)
        let prefixes = OverlapDecision.sharedPrefixes(fixture.index)
        for text in fixture.index.texts {
            let words = items[Int(text.items[0])].split(separator: " ")
            let size = Int(CTEXT_GRAM_WORDS)
            for place in 0...words.count - size {
                let gram = words[place..<place + size].joined(separator: " ")
                let holders = distinct.filter { Self.grams($0).contains(gram) }
                let inPrefix =
                    holders.count > 1
                    && holders.contains { holder in
                        let own = holder.split(separator: " ")
                        return (0...own.count - size).contains {
                            $0 < Int(prefixes[0]) && own[$0..<$0 + size].joined(separator: " ") == gram
                        }
                    }
                let isCommon = counts[gram] ?? 0 > OverlapDecision.commonRows
                let expected = isCommon && (holders.count >= 2 || inPrefix)
                #expect(
                    decision.boilerplate[text.firstWord + place] == expected, "\(gram) of \(holders.count)")
            }
        }
    }

    @Test(arguments: 0..<20)
    func `the fitting distance equals the full table`(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        func letters(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in UInt8.random(in: 97...99, using: &random) }
        }
        let text = letters(Int.random(in: 1...20, using: &random))
        let row = letters(Int.random(in: 1...40, using: &random))
        var table = Array(repeating: Array(repeating: 0, count: row.count + 1), count: text.count + 1)
        for i in 1...text.count {
            table[i][0] = i
            for j in 1...row.count {
                table[i][j] = min(
                    table[i - 1][j - 1] + (text[i - 1] == row[j - 1] ? 0 : 1), table[i - 1][j] + 1,
                    table[i][j - 1] + 1)
            }
        }
        let band = text.count + row.count
        var cells = [UInt32](repeating: 0, count: 2 * band + 3)
        let distance = ctext_fitting_distance(text, text.count, row, row.count, 0, band, text.count, &cells)
        #expect(distance == table[text.count].min())
    }

    @Test func `offsets lead to the words on both sides`() throws {
        let turn =
            "He said: \u{201C}Caf\u{E9}&nbsp;au <b>lait</b>\u{201D} \\u00e9t\u{200B}\u{E9}\n\u{65E5}\u{672C}"
        let text = try OverlapText()
        text.begin()
        Array(turn.utf8).withUnsafeBytes { text.append($0) }
        let bytes = Array(turn.utf8)
        let ranges = try bytes.withUnsafeBytes { try OriginalWords().ranges(of: $0, count: text.count) }
        let words = ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(
            words == [
                "He", "said", "Caf\u{E9}", "au", "lait", "\\u00e9t\u{200B}\u{E9}", "\u{65E5}\u{672C}",
                "\u{65E5}\u{672C}",
            ])
    }
}
