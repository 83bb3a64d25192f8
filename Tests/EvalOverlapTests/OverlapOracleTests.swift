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
            #expect(try Self.isFoundByRuns(row, fixture.index) == expected, "\(row)")
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

    /// Whether the search by n-grams has a text to compare a row with.
    private static func isFoundByRuns(_ row: String, _ index: EvalIndex) throws -> Bool {
        let text = try OverlapText()
        OverlapFixture.withRow([row]) { text.read($0) }
        let probes = ProbeBuffer()
        var keys = KeyHits()
        let seeds = GramSeeds(index)
        text.grams(index.grams.filter, into: probes)
        keys.look(up: probes.probes, in: index.grams)
        seeds.collect(keys.hits)
        return seeds.first { _ in true }
    }

    /// The words of a text in pairs that a row has near the diagonals of their common n-grams, and the longest run of
    /// such pairs, by brute force.
    private static func pairs(of item: String, in row: String) -> (covered: Int, longest: Int)? {
        guard hasCluster(of: item, in: row) else { return nil }
        let (own, other) = (item.split(separator: " "), row.split(separator: " "))
        let size = Int(CTEXT_GRAM_WORDS)
        let band = GramSeeds.band(words: own.count)
        var seeds = Set<Int>()
        for place in 0...own.count - size {
            for start in 0...other.count - size where own[place..<place + size] == other[start..<start + size]
            {
                seeds.insert(start - place)
            }
        }
        var covered = Set<Int>()
        var longest = 0
        for diagonal in -own.count...other.count {
            // Within a band of a seed, or between two seeds no further than two bands apart.
            let below = seeds.filter { $0 <= diagonal }.max()
            let above = seeds.filter { $0 >= diagonal }.min()
            let isNear =
                below.map { diagonal - $0 <= band } ?? false || above.map { $0 - diagonal <= band } ?? false
            let isBetween = below.flatMap { low in above.map { $0 - low <= 2 * band } } ?? false
            guard isNear || isBetween else { continue }
            var run = 1
            for word in 0..<own.count - 1 {
                let place = word + diagonal
                guard place >= 0, place + 1 < other.count, own[word] == other[place],
                    own[word + 1] == other[place + 1]
                else {
                    run = 1
                    continue
                }
                run += 1
                covered.formUnion([word, word + 1])
                longest = max(longest, run)
            }
        }
        return (covered.count, longest)
    }

    @Test(arguments: 0..<40)
    func `coverage and the longest run equal brute force`(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let item = Self.texts(1, words: 13...60, &random)[0]
        let search = try OverlapSearch(OverlapFixture([OverlapFixture.item(item)]).decision)
        let text = try OverlapText()
        for _ in 0..<30 {
            // The item with words dropped, in the middle of others, once or twice.
            var row = Self.texts(1, words: 0...20, &random)[0]
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let kept = item.split(separator: " ").filter { _ in Int.random(in: 0..<8, using: &random) > 0
                }
                row += " " + kept.joined(separator: " ") + " " + Self.texts(1, words: 0...20, &random)[0]
            }
            OverlapFixture.withRow([row]) { text.read($0) }
            let found = search.matches(in: text).first
            let expected = Self.pairs(of: item, in: row)
            #expect(found?.coveredWords == expected?.covered, "\(item) | \(row)")
            #expect(found?.longestRun == expected?.longest, "\(item) | \(row)")
        }
    }

    /// Every tenth is of more letters and a band of more than 64 places.
    @Test(arguments: 0..<400)
    func `the fitting distance in a band equals a table with that band`(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        let scale = seed % 10 == 9 ? 12 : 1
        let letters: ClosedRange<UInt8> = seed % 3 == 0 ? 97...98 : 97...100
        let text = (0..<Int.random(in: 1...30 * scale, using: &random)).map { _ in
            UInt8.random(in: letters, using: &random)
        }
        var row = (0..<Int.random(in: 1...60 * scale, using: &random)).map { _ in
            UInt8.random(in: letters, using: &random)
        }
        if seed % 4 == 1 { row += text.filter { _ in Int.random(in: 0..<9, using: &random) > 0 } }
        let diagonal = Int.random(in: -5 * scale...40 * scale, using: &random)
        let band = Int.random(in: 0...8 * scale, using: &random)
        let limit = Int.random(in: 0...text.count, using: &random)
        let far = Int.max / 2
        var before = Array(repeating: 0, count: row.count + 1)
        var least = far
        for i in 1...text.count {
            var now = Array(repeating: far, count: row.count + 1)
            for end in 0...row.count where abs(end - i - diagonal) <= band {
                if end == 0 {
                    now[0] = i
                    continue
                }
                now[end] = before[end - 1] + (text[i - 1] == row[end - 1] ? 0 : 1)
                // What lies outside the band cannot be come from.
                if abs(end - i + 1 - diagonal) <= band { now[end] = min(now[end], before[end] + 1) }
                if abs(end - 1 - i - diagonal) <= band { now[end] = min(now[end], now[end - 1] + 1) }
            }
            before = now
        }
        if text.count + diagonal - band < 0 { least = text.count }
        least = min(least, before.min() ?? far)
        var room = [UInt64](repeating: 0, count: ctext_fitting_room(text.count, band))
        let distance = ctext_fitting_distance(
            text, text.count, row, row.count, diagonal, band, limit, &room)
        #expect(distance == min(least, limit + 1))
    }

    @Test(arguments: 0..<20)
    func `the share of words in common equals a count of them`(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        func spans() -> [TextMatch.Span] {
            (0..<Int.random(in: 1...12, using: &random)).map { _ in
                let start = Int.random(in: 0..<300, using: &random)
                return TextMatch.Span(
                    row: start..<start + Int.random(in: 1...90, using: &random), text: 0..<1)
            }.sorted { $0.row.lowerBound < $1.row.lowerBound }
        }
        let (own, others) = (spans(), spans())
        var common = 0
        for span in own { for other in others { common += span.row.clamped(to: other.row).count } }
        let share = Double(common) / Double(own.reduce(0) { $0 + $1.row.count })
        #expect(RowNeighbours.shared(own, others) == share)
        var near = RowNeighbours()
        near.insert(7, others)
        if common > 0 { #expect(near.contains(near: own) { $0 == 7 }) }
        #expect(!near.contains(near: [TextMatch.Span(row: 1000..<1010, text: 0..<1)]) { _ in true })
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
        var room = [UInt64](repeating: 0, count: ctext_fitting_room(text.count, band))
        let distance = ctext_fitting_distance(text, text.count, row, row.count, 0, band, text.count, &room)
        #expect(distance == table[text.count].min())
    }

    @Test func `symbols that fold to letters have their own offsets`() throws {
        let bytes = Array("\u{2116}5 is 20\u{2103} Acme\u{2122} a=\u{338}b".utf8)
        let text = try OverlapText()
        text.begin()
        bytes.withUnsafeBytes { text.append($0) }
        let ranges = try bytes.withUnsafeBytes { try OriginalWords().ranges(of: $0, count: text.count) }
        #expect(
            ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == [
                "\u{2116}5", "is", "20\u{2103}", "20\u{2103}", "Acme\u{2122}", "a", "=\u{338}b",
            ])
        #expect((1..<text.count).filter { text.isName($0) } == [4])
    }

    /// A text of every code point that is a symbol, a mark or a compatibility form beside letters.
    @Test func `the runs of words are those of the folded text`() throws {
        let text = try OverlapText()
        let original = try OriginalWords()
        for first in stride(from: UInt32(0xA0), to: 0x1_F200, by: 64) {
            var turn = "start"
            for point in first..<first + 64 {
                if let scalar = Unicode.Scalar(point) { turn += " a\(scalar)b" }
            }
            text.begin()
            let bytes = Array((turn + " end").utf8)
            bytes.withUnsafeBytes { text.append($0) }
            let ranges = bytes.withUnsafeBytes { original.ranges(of: $0, count: text.count) }
            #expect(ranges.first == 0..<5, "\(String(first, radix: 16))")
        }
    }

    @Test(arguments: [
        ("a &amp; b &lt;c&gt;", "a & b <c>"), ("\\u00e9t\\u00e9", "\u{E9}t\u{E9}"), ("x\ny", "x\u{1}y"),
        ("x\\ny", "x\u{1}y"), ("zero\u{200B}width", "zerowidth"), ("", ""), ("&", "&"), ("\\", "\\"),
        ("&#39;s", "'s"),
    ])
    func `entities and escapes are unfolded`(_ text: String, _ expected: String) {
        let bytes = Array(text.utf8)
        var out = [UInt8](repeating: 0, count: bytes.count + Int(CTEXT_OVERLAP_SLACK))
        let count = ctext_unfold(bytes, bytes.count, &out, nil)
        #expect(String(decoding: out[..<count], as: UTF8.self) == expected)
    }

    @Test(arguments: 0..<40)
    func `unfolding never lengthens, and its map rises`(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        let parts = [
            "&amp;", "&#x27;", "&", "#", ";", "\\u00e9", "\\", "u", "<b>", "<", "/", ">", "\u{200B}", "\n",
            "a", "7",
            "\u{65E5}", "\\ud83d\\ude00",
        ]
        let text = (0..<60).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        let bytes = Array(text.utf8)
        var out = [UInt8](repeating: 0, count: bytes.count + Int(CTEXT_OVERLAP_SLACK))
        var map = [UInt32](repeating: 0, count: bytes.count + Int(CTEXT_OVERLAP_SLACK) + 1)
        let count = ctext_unfold(bytes, bytes.count, &out, &map)
        #expect(count <= bytes.count)
        #expect(map[count] == UInt32(bytes.count))
        for at in 0..<count { #expect(map[at] <= map[at + 1]) }
        var again = [UInt8](repeating: 0, count: bytes.count + Int(CTEXT_OVERLAP_SLACK))
        #expect(ctext_unfold(bytes, bytes.count, &again, nil) == count)
        #expect(again[..<count] == out[..<count])
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
