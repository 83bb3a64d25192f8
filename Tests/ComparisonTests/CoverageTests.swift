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

    @Test func `rows are grouped by their words, the same way each time`() throws {
        var random = SplitMix(seed: 24)
        let topics = [["pizza", "oven", "dough", "cheese"], ["wheel", "brake", "engine", "clutch"]]
        let texts = (0..<400).map { number in
            (0..<6).map { _ in topics[number % 2][random.below(4)] }.joined(separator: " ")
        }
        let sample = RowMaker.sample([], texts)
        let index = try CoverageIndex(sample, side: .right)
        let groups = try EmergentGroups(index, sample: sample, seed: 1)
        #expect(try EmergentGroups(index, sample: sample, seed: 1).ofRow == groups.ofRow)
        // No group has rows of both topics.
        var topicsOfGroup: [Int: Set<Int>] = [:]
        for (place, group) in groups.ofRow.enumerated() {
            topicsOfGroup[group, default: []].insert(sample.rows[index.rows[place]].ordinal % 2)
        }
        #expect(topicsOfGroup.values.allSatisfy { $0.count == 1 })
        #expect(groups.labels.contains { $0.contains("pizza") || $0.contains("dough") })
    }
}
