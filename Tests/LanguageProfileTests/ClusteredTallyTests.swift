import Testing

@testable import LanguageProfile

/// Intervals of shares by units.
@Suite struct ClusteredTallyTests {
    /// A small generator with a fixed seed (SplitMix64), so that a failure repeats.
    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
            return z ^ z >> 31
        }
        mutating func uniform() -> Double { Double(next() >> 11) / 9007199254740992.0 }
    }

    @Test func `rows that are draws of their own give Wilson's interval`() {
        var tally = ClusteredTally()
        for row in 0..<200 { tally.add(hit: row < 25, unit: nil) }
        let interval = tally.interval
        // Wilson with z = 1.96: 0.0861 to 0.1780; Student's t of 199 degrees is a little wider.
        #expect(abs(interval.low - 0.0861) < 0.002 && abs(interval.high - 0.1780) < 0.002)
    }

    @Test func `where all agree the units are the draws`() {
        var tally = ClusteredTally()
        for unit in 0..<8 { for _ in 0..<1000 { tally.add(hit: true, unit: UInt64(unit)) } }
        #expect(tally.interval.high == 1)
        #expect(tally.interval.low < 0.7 && tally.interval.low > 0.5)
    }

    @Test func `one unit says nothing`() {
        var tally = ClusteredTally()
        for row in 0..<1000 { tally.add(hit: row % 3 == 0, unit: 7) }
        #expect(tally.interval.low == 0 && tally.interval.high == 1)
    }

    @Test func `one pasted template counts as one draw`() {
        var tally = ClusteredTally()
        for row in 0..<100 { tally.add(hit: row < 50, unit: nil) }
        let plain = tally.interval
        let pasted = tally.gathered([49, 1]).interval
        #expect(pasted.high - pasted.low > 2 * (plain.high - plain.low))
        #expect(tally.gathered([49, 1]).hits == 50 && tally.gathered([49, 1]).rows == 100)
    }

    /// Forty units of very unlike sizes, each wholly wrong or wholly right: what the linearised variance alone covered
    /// in 80 % of the runs, nearly always from below.
    @Test(arguments: [[1, 1, 2, 5, 20], [1, 3, 40], [4, 4, 4]])
    func `intervals cover the true rate where units are unlike in size and pure`(_ sizes: [Int]) {
        var random = Random(state: 20261128)
        var covered = 0
        let runs = 1000
        for _ in 0..<runs {
            var tally = ClusteredTally()
            for unit in 0..<40 {
                let isWrong = random.uniform() < 0.125
                for _ in 0..<sizes[unit % sizes.count] { tally.add(hit: isWrong, unit: UInt64(unit)) }
            }
            let interval = tally.interval
            if interval.low <= 0.125, 0.125 <= interval.high { covered += 1 }
        }
        #expect(covered >= runs * 92 / 100, "\(covered) of \(runs), seed 20261128")
    }

    @Test func `rows that are alike in no unit have a design effect of one`() {
        var likeness = UnitLikeness()
        for _ in 0..<50 { likeness.add(hits: 2, rows: 10) }
        #expect(likeness.designEffect == 1)
        var pure = UnitLikeness()
        for unit in 0..<50 { pure.add(hits: unit % 2 == 0 ? 10 : 0, rows: 10) }
        #expect(abs(pure.designEffect - 10) < 1e-9)
        var single = UnitLikeness()
        single.addSingle(hits: 3, rows: 100)
        #expect(single.designEffect == 1)
    }

    /// Thirty authors, some of whom write a form by habit: the plain interval of rows covers a fourth of the time.
    @Test(arguments: [(authors: 30, habit: 0.3), (authors: 12, habit: 0.5), (authors: 60, habit: 0.15)])
    func `intervals by author cover the true rate`(_ design: (authors: Int, habit: Double)) {
        var random = Random(state: 20261127)
        var covered = 0
        let runs = 1000
        for _ in 0..<runs {
            var tally = ClusteredTally()
            for author in 0..<design.authors {
                let rate = random.uniform() < design.habit ? 0.9 : 0.02
                for _ in 0..<(20 + Int(random.uniform() * 80)) {
                    tally.add(hit: random.uniform() < rate, unit: UInt64(author))
                }
            }
            let truth = design.habit * 0.9 + (1 - design.habit) * 0.02
            let interval = tally.interval
            if interval.low <= truth, truth <= interval.high { covered += 1 }
        }
        #expect(covered >= runs * 92 / 100, "\(covered) of \(runs), seed 20261127")
    }
}
