import Findings
import TestSupport
import Testing

@testable import LanguageProfile

/// Counts by column and table against one tally for each pair.
@Suite struct PairCountsTests {
    private struct Row {
        var pair: Int
        var forms: PairTally.Forms
        var unit: UInt64?
        var slices: [Int]
        var isWitness: Bool
    }

    private static let pairs = 40
    private static let values = (0..<30).map { SliceValue(field: "f\($0 % 3)", value: "v\($0)") }

    private static func rows(_ count: Int, seed: UInt64) -> [Row] {
        var random = SplitMix(seed: seed)
        return (0..<count).map { _ in
            var forms = PairTally.Forms()
            for _ in 0...Int(random.next() % 3) {
                let role = ProfileRole.allCases[Int(random.next() % UInt64(ProfileRole.count))]
                forms.add(role, turn: Int(random.next() % 9), isWrong: random.next() % 5 == 0)
            }
            return Row(
                pair: Int(random.next() % UInt64(pairs)), forms: forms,
                unit: random.next() % 3 == 0 ? random.next() % 9 : nil,
                slices: (0..<Int(random.next() % 3)).map { _ in Int(random.next() % UInt64(values.count)) },
                isWitness: random.next() % 2 == 0)
        }
    }

    @Test(arguments: [1, 3])
    func `counts of several threads are those of one tally a pair`(threads: Int) {
        let rows = Self.rows(20_000, seed: 31)
        let counts = (0..<threads).map { _ in PairCounts(pairs: Self.pairs) }
        var expected = [PairTally](repeating: PairTally(), count: Self.pairs)
        for (ordinal, row) in rows.enumerated() {
            let place = FeatureTallies.Place(shard: 0, ordinal: ordinal)
            let own = counts[ordinal % threads]
            own.add(
                row.pair, row.forms, place, unit: row.unit,
                slices: row.slices.map { own.number(of: Self.values[$0]) }, isWitness: row.isWitness)
            expected[row.pair].add(row.forms, place, unit: row.unit, isWitness: row.isWitness)
            for slice in row.slices {
                var one = PairTally.Rows()
                if row.forms.wrong != 0 { one.wrong = 1 } else { one.right = 1 }
                expected[row.pair].add(one, of: Self.values[slice])
            }
        }
        var found = [PairTally](repeating: PairTally(), count: Self.pairs)
        for own in counts {
            for (pair, tally) in own.finish().enumerated() { found[pair].merge(tally) }
        }
        for pair in found.indices {
            found[pair].seal()
            expected[pair].seal()
            #expect(found[pair].all == expected[pair].all)
            #expect(found[pair].ofRole == expected[pair].ofRole)
            #expect(found[pair].slices == expected[pair].slices)
            #expect(found[pair].witnesses == expected[pair].witnesses)
            #expect(found[pair].places == expected[pair].places)
        }
    }
}
