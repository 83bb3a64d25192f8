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
    ) throws -> (index: CoverageIndex, other: [CoverageProbe.Nearest]) {
        let index = try CoverageIndex(sample, side: .right)
        let probes = (0..<count).map { _ in CoverageProbe(index) }
        let reader = try CoverageReader()
        for (ordinal, text) in streamed.enumerated() {
            Array(text.utf8).withUnsafeBytes {
                probes[ordinal % count].takeOther(
                    reader.features(of: $0), shard: 0, ordinal: ordinal, isMatched: ordinal % 2 == 0)
            }
        }
        return (index, CoverageProbe.merged(probes).other)
    }

    @Test func `the nearest row is that of all cosines, for any number of threads`() throws {
        let right = Self.texts(80, seed: 21)
        let left = Self.texts(120, seed: 22) + [right[5], "nothing alike", ""]
        let sample = RowMaker.sample([], right)
        let found = try Self.nearest(sample, left, probes: 1)
        #expect(try Self.nearest(sample, left, probes: 3).other == found.other)
        let reader = try CoverageReader()
        func features(_ text: String) -> Set<UInt64> {
            Array(text.utf8).withUnsafeBytes { Set(reader.features(of: $0)) }
        }
        let own = right.map(features)
        func rarity(_ feature: UInt64) -> Double {
            let rows = own.count { $0.contains(feature) }
            return log(Double(right.count + 1) / Double(rows + 1)) + 1
        }
        func length(_ row: Set<UInt64>) -> Double {
            row.reduce(0) { $0 + rarity($1) * rarity($1) }.squareRoot()
        }
        for (place, row) in own.enumerated() {
            let best =
                left.map { text -> Double in
                    let other = features(text)
                    let shared = row.intersection(other).reduce(0) { $0 + rarity($1) * rarity($1) }
                    return shared == 0 ? 0 : shared / length(row) / length(other)
                }.max() ?? 0
            let similarity = Double(found.other[place].similarity)
            if best >= Double(CoverageIndex.looseSimilarity) {
                #expect(abs(similarity - best) < 1e-4, "row \(place)")
            } else {
                #expect(similarity <= best + 1e-4, "row \(place)")
            }
        }
        #expect(abs(found.other[5].similarity - 1) < 1e-5)
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
