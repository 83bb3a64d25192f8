import Findings
import Glibc
import TestSupport
import Testing

@testable import Comparison

/// The nearest rows against brute force, and what groups are left uncovered.
@Suite struct CoverageTests {
    private static func texts(_ count: Int, seed: UInt64) -> [String] {
        var maker = RowMaker(seed: seed)
        return (0..<count).map { _ in maker.text() }
    }

    private static func nearest(
        _ sample: RowSample, _ streamed: [String], probes count: Int
    ) throws -> (index: CoverageIndex, found: CoverageProbe.Found) {
        let index = try CoverageIndex(sample, side: .right)
        let probes = (0..<count).map { _ in CoverageProbe(index) }
        let reader = try CoverageReader()
        for (ordinal, text) in streamed.enumerated() {
            Array(text.utf8).withUnsafeBytes {
                probes[ordinal % count].takeOther(
                    reader.features(of: $0), shard: 1, ordinal: ordinal, isMatched: ordinal % 3 == 0)
            }
        }
        return (index, CoverageProbe.merged(probes))
    }

    /// All cosines, one by one.
    private struct AllCosines {
        let own: [Set<UInt64>]
        let reader: CoverageReader

        init(_ right: [String]) throws {
            let reader = try CoverageReader()
            self.reader = reader
            own = right.map { text in Array(text.utf8).withUnsafeBytes { Set(reader.features(of: $0)) } }
        }

        private func rarity(_ feature: UInt64) -> Double {
            let rows = own.count { $0.contains(feature) }
            return log(Double(own.count + 1) / Double(rows + 1)) + 1
        }

        private func length(_ row: Set<UInt64>) -> Double {
            row.reduce(0) { $0 + rarity($1) * rarity($1) }.squareRoot()
        }

        /// By the right rows, then by the streamed ones.
        func similarities(_ streamed: [String]) -> [[Double]] {
            let others = streamed.map { text in
                Array(text.utf8).withUnsafeBytes { Set(reader.features(of: $0)) }
            }
            let lengths = others.map(length)
            return own.map { row in
                let own = length(row)
                return zip(others, lengths).map { other, length in
                    let shared = row.intersection(other).reduce(0) { $0 + rarity($1) * rarity($1) }
                    return shared == 0 ? 0 : shared / own / length
                }
            }
        }
    }

    /// Texts of all degrees of likeness: rows with some of their words replaced, and rows of common words alone.
    private static func alike(_ texts: [String], seed: UInt64) -> [String] {
        var random = SplitMix(seed: seed)
        return texts.map { text in
            text.split(separator: " ").map { word in
                switch random.below(6) {
                case 0: "other\(random.below(40))"
                case 1: "the"
                default: String(word)
                }
            }.joined(separator: " ")
        }
    }

    @Test(arguments: [21, 31, 41] as [UInt64])
    func `the nearest row is that of all cosines, for any number of threads`(_ seed: UInt64) throws {
        let right = Self.texts(120, seed: seed) + ["the the the", "my card", "", "nothing that is anywhere"]
        let left =
            Self.alike(right, seed: seed + 1) + Self.texts(150, seed: seed + 2)
            + Self.alike(Self.alike(right, seed: seed + 3), seed: seed + 4)
            + [right[5], right[5], "nothing alike", "", "the"]
        let (index, found) = try Self.nearest(RowMaker.sample([], right), left, probes: 1)
        let three = try Self.nearest(RowMaker.sample([], right), left, probes: 3).found
        #expect(three.other == found.other && three.matched == found.matched)
        let all = try AllCosines(right).similarities(left)
        for place in index.rows.indices {
            let best = all[place].max() ?? 0
            let other = found.other[place]
            #expect(abs(Double(other.similarity) - best) < 1e-4, "row \(place)")
            // The first of the nearest ones.
            if best > 0 {
                #expect(abs(all[place][other.ordinal] - best) < 1e-4, "row \(place)")
                let first = all[place].firstIndex { abs($0 - best) < 1e-12 }
                #expect(other.ordinal <= first ?? 0, "row \(place)")
            }
            let limit = Double(CoverageProbe.copySimilarity)
            let matched =
                all[place].enumerated().filter { $0.offset % 3 == 0 && $0.element < limit }
                .map(\.element).max() ?? 0
            #expect(abs(Double(found.matched[place].similarity) - matched) < 1e-4, "row \(place)")
        }
    }

    @Test func `rows go past all rows of their own side but themselves`() throws {
        let right = Self.texts(60, seed: 23)
        let sample = RowMaker.sample([], right)
        let index = try CoverageIndex(sample, side: .right)
        let probe = CoverageProbe(index)
        let reader = try CoverageReader()
        for row in sample.rows {
            row.text.withUnsafeBytes {
                probe.takeOwn(reader.features(of: $0), shard: 0, ordinal: row.ordinal)
            }
        }
        let own = CoverageProbe.merged([probe]).own
        for (place, row) in index.rows.enumerated() {
            #expect(own[place].similarity < 1 && own[place].ordinal != sample.rows[row].ordinal)
        }
    }

    // MARK: Topics without a field

    /// The coverage of a sample, all rows of which go past the indexes.
    private static func coverage(_ left: [String], _ right: [String]) throws -> ComparisonFigures {
        try coverage(RowMaker.sample(left, right))
    }

    private static func coverage(_ sample: RowSample) throws -> ComparisonFigures {
        var request = ComparisonRequest()
        request.threads = 2
        var comparison = try SampleComparison(
            request, sample: sample, shardNames: ["rows.jsonl", "others.jsonl"], makeMarker: nil)
        let sides = try [ComparisonSide.right, .left].map { side in
            let index = try comparison.index(side)
            let probe = CoverageProbe(index)
            let reader = try CoverageReader()
            for row in comparison.sample.rows {
                row.text.withUnsafeBytes { text in
                    if row.side == side {
                        probe.takeOwn(reader.features(of: text), shard: 0, ordinal: row.ordinal)
                    } else {
                        probe.takeOther(
                            reader.features(of: text), shard: 1, ordinal: row.ordinal, isMatched: true)
                    }
                }
            }
            return (index: index, nearest: CoverageProbe.merged([probe]))
        }
        try comparison.addCoverage(
            right: sides[0], left: sides[1], shardNames: ["rows.jsonl", "others.jsonl"])
        return comparison.figures
    }

    private static let pets = ["ferret", "puppy", "kennel", "leash", "parrot", "kitten"]

    private static func petTexts(_ count: Int, seed: UInt64) -> [String] {
        var random = SplitMix(seed: seed)
        return (0..<count).map { _ in
            "can my \(pets[random.below(3)]) and the \(pets[3 + random.below(3)]) come with "
                + RowMaker.words[random.below(RowMaker.words.count)] + "?"
        }
    }

    @Test func `a small topic that the other side lacks is found without a field`() throws {
        let found = try Self.coverage(
            Self.texts(1500, seed: 25), Self.texts(1440, seed: 26) + Self.petTexts(60, seed: 27))
        let coverage = try #require(found.coverage)
        #expect(coverage.groupedBy == "terms" && coverage.doubt == nil)
        #expect(coverage.uncoveredShare > 0.035 && coverage.uncoveredShare < 0.041)
        let group = try #require(found.uncovered.first)
        #expect(Self.pets.contains { group.value.contains($0) }, "\(group.value)")
        #expect(group.otherRows == 0 && group.stands)
        #expect(found.uncovered.allSatisfy { $0.places.allSatisfy { $0.ordinal >= 1440 } })
        #expect(found.unseen.isEmpty && coverage.copiedShare == 0)
    }

    @Test(arguments: [31, 32, 33] as [UInt64])
    func `halves of one source lack no topic`(_ seed: UInt64) throws {
        let found = try Self.coverage(Self.texts(600, seed: seed), Self.texts(600, seed: seed + 40))
        #expect(found.coverage?.uncoveredShare == 0 && found.uncovered.isEmpty && found.unseen.isEmpty)
    }

    @Test func `a habit of one side is no topic`() throws {
        let found = try Self.coverage(
            Self.texts(600, seed: 28), Self.texts(600, seed: 29).map { "heya mate " + $0 })
        #expect(found.uncovered.isEmpty, "\(found.uncovered.map(\.value))")
    }

    @Test func `a word that the other side writes apart is no topic`() throws {
        let left = Self.texts(600, seed: 37).enumerated().map { row, text in
            row % 10 == 0 ? text + " top-up" : text
        }
        let right = Self.texts(600, seed: 38).enumerated().map { row, text in
            row % 10 == 0 ? text + " topup" : text
        }
        let found = try Self.coverage(left, right)
        #expect(found.uncovered.isEmpty && found.unseen.isEmpty, "\(found.uncovered.map(\.value))")
    }

    @Test func `a template of many rows that the other side lacks is a topic`() throws {
        // Their numbers are far apart, so that only the roots say that they are one template.
        let template = (0..<120).map { "where is my parcel number \(1000 + $0 * 7919 % 8999)" }
        let texts = Self.texts(480, seed: 41)
        let rows =
            RowMaker.rows(Self.texts(600, seed: 42), .left) + RowMaker.rows(texts + template, .right)
        let roots = rows.indices.map { $0 < 1080 ? $0 : 1080 }
        let found = try Self.coverage(RowSample(rows, roots: roots))
        #expect(abs((found.coverage?.uncoveredShare ?? 0) - 0.2) < 0.01)
        #expect(found.uncovered.first?.value.contains("parcel") == true)
    }

    @Test func `copies that were left out count in shares`() throws {
        // Three right rows of seven are one text.
        let right =
            Self.texts(400, seed: 43) + Array(repeating: "where is the big blue parcel of mine", count: 300)
        let found = try Self.coverage(Self.texts(600, seed: 44), right)
        #expect(found.copiesLeftOut == 299 && found.coverage?.rows == 700)
        #expect(
            abs((found.coverage?.uncoveredShare ?? 0) - 3.0 / 7) < 0.01,
            "\(String(describing: found.coverage))")
        let repeated = try #require(found.right.repeated)
        #expect(abs(repeated.share - 3.0 / 7) < 1e-9 && repeated.otherShare == 0)
        #expect(repeated.place.ordinal == 400)
        // And on the other side: what it has most of is not missing there.
        let back = try Self.coverage(right, Self.texts(540, seed: 45) + Array(right.suffix(60)))
        #expect(back.uncovered.isEmpty, "\(back.uncovered.map(\.value))")
    }

    @Test func `words with a curly apostrophe are no topics`() throws {
        let found = try Self.coverage(
            Self.texts(600, seed: 46),
            Self.texts(600, seed: 47).enumerated().map { row, text in
                row % 3 == 0 ? "i don\u{2019}t know: " + text : text
            })
        let words = (found.coverage?.uncountedWords ?? []).map(\.word) + found.uncovered.map(\.value)
        #expect(words.contains { $0.contains("know") } && !words.contains { $0.contains("don") }, "\(words)")
    }

    @Test func `another language is a topic of its own`() throws {
        let german = (0..<60).map { "ich kann meine Karte nicht finden und die Bank hilft mir nicht \($0)" }
        let found = try Self.coverage(
            Self.texts(600, seed: 39), Self.texts(540, seed: 40) + german)
        #expect(found.uncovered.map(\.value) == ["in German"])
        let shape = try #require(found.shapes.first { $0.id == "in German" })
        #expect(shape.rightRows == 60 && shape.mark == "MISSING")
    }

    @Test func `a side in other words throughout cannot be judged`() throws {
        var random = SplitMix(seed: 30)
        let right = (0..<400).map { _ in
            (0..<8).map { _ in "w" + String(UnicodeScalar(UInt8(97 + random.below(26)))) + "ord" }
                .joined(separator: " ")
        }
        let found = try Self.coverage(Self.texts(400, seed: 34), right)
        #expect(found.coverage?.doubt == .otherWords, "\(String(describing: found.coverage))")
    }

    @Test func `copies of the other side's rows are counted`() throws {
        let left = Self.texts(500, seed: 35)
        let found = try Self.coverage(left, Array(left.prefix(100)) + Self.texts(300, seed: 36))
        #expect(abs((found.coverage?.copiedShare ?? 0) - 0.25) < 0.01)
    }
}
