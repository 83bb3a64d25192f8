import Findings
import TestSupport
import Testing

@testable import LanguageProfile

/// Intervals of features by author, conversation and near-duplicate cluster, against sums made one by one.
@Suite struct FeatureIntervalTests {
    private static let feature = FeatureCatalogue.lowerStart
    private static let bit = FeatureReader.Set(1) << FeatureReader.Set(feature)

    private static func turns(_ hits: Int, of count: Int) -> [FeatureTallies.TurnFeatures] {
        (0..<count).map {
            FeatureTallies.TurnFeatures(
                role: .assistant, found: $0 < hits ? bit : 0, words: 3 + $0, number: $0)
        }
    }

    private struct Row {
        var hits: Int
        var turns: Int
        var unit: UInt64?
    }

    private static func tallies(_ rows: [Row], parts: Int = 1) -> FeatureTallies {
        var all = [FeatureTallies](repeating: FeatureTallies(), count: parts)
        for (number, row) in rows.enumerated() {
            var origin = RowOrigin(shard: 0, ordinal: number)
            origin.unit = row.unit
            all[number % parts].add(turns(row.hits, of: row.turns), origin)
        }
        var sum = all.removeLast()
        for more in all { sum.merge(more) }
        sum.seal()
        return sum
    }

    @Test func `rows of one unit are one draw, rows without a unit draws of their own`() {
        var random = SplitMix(seed: 11)
        let rows = (0..<500).map { _ in
            let turns = 1 + Int(random.next() % 3)
            let unit = random.next() % 40
            return Row(
                hits: Int(random.next() % UInt64(turns + 1)), turns: turns, unit: unit < 30 ? unit : nil)
        }
        let rate = Self.tallies(rows).rate(Self.feature, .assistant, clusters: .none)
        let hits = rows.reduce(0) { $0 + $1.hits }
        let turns = rows.reduce(0) { $0 + $1.turns }
        let share = Double(hits) / Double(turns)
        var sums: [UInt64: Double] = [:]
        var squares = 0.0
        for row in rows {
            let rest = Double(row.hits) - share * Double(row.turns)
            if let unit = row.unit { sums[unit, default: 0] += rest } else { squares += rest * rest }
        }
        for sum in sums.values { squares += sum * sum }
        #expect(rate.hits == hits && rate.rows == turns)
        #expect(rate.draws == sums.count + rows.filter { $0.unit == nil }.count)
        #expect(abs(rate.squares - squares) < 1e-6 * squares)
    }

    @Test func `units beyond the limit are a sample that no thread changes and that is scaled to all`() {
        var random = SplitMix(seed: 12)
        let rows = (0..<60_000).map { number in
            Row(hits: random.next() % 4 == 0 ? 1 : 0, turns: 1, unit: UInt64(number / 2))
        }
        let one = Self.tallies(rows).rate(Self.feature, .assistant, clusters: .none)
        let three = Self.tallies(rows, parts: 3).rate(Self.feature, .assistant, clusters: .none)
        #expect(one == three)
        // 30,000 units in truth; independent rows, so rows as draws give the same variance.
        #expect(abs(one.draws - 30_000) < 1_500)
        let plain = Double(one.rows) * one.share * (1 - one.share)
        #expect(one.squares >= plain * 0.999 && one.squares < plain * 1.1)
    }

    @Test func `units that all agree have no variance, whatever the rounding`() {
        let rows = (0..<300).map { Row(hits: 1, turns: 3, unit: UInt64($0 / 100)) }
        let rate = Self.tallies(rows).rate(Self.feature, .assistant, clusters: .none)
        #expect(rate.draws == 3 && rate.squares == 0)
        // Three draws, not three hundred.
        #expect(rate.interval.high - rate.interval.low > 0.5)
    }

    /// Of the assistant's turns of rows in order.
    private static func clusters(_ clusters: [Int]) -> EvidenceClusters {
        EvidenceClusters(
            parts: clusters.indices.map { .role(.assistant, of: .init(shard: 0, ordinal: $0)) },
            clusters: clusters)
    }

    @Test func `a template is one draw among the rows that have the feature`() {
        var tallies = FeatureTallies()
        for number in 0..<400 {
            var origin = RowOrigin(shard: 0, ordinal: number)
            origin.isDrawnByCluster = true
            // 40 rows of one template, 10 other rows, and 350 without the feature.
            tallies.add(Self.turns(number < 50 ? 1 : 0, of: 1), origin)
        }
        tallies.seal()
        #expect(Set(tallies.evidence.parts.map(\.place.ordinal)) == Set(0..<400))
        let clusters = Self.clusters((0..<400).map { $0 < 40 ? 0 : $0 })
        let rate = tallies.rate(
            Self.feature, .assistant, clusters: tallies.evidence.clustered(by: clusters))
        let share = 50.0 / 400
        let template = 40 * (1 - share)
        let expected = template * template + 10 * (1 - share) * (1 - share) + 350 * share * share
        // The rows of the template agree: the design effect of one cluster of forty is 1 + 40 * 39 / 400, which is
        // less.
        #expect(400 * share * (1 - share) * (1 + 40 * 39 / 400.0) < expected)
        #expect(abs(rate.squares - expected) < 1e-6)
        #expect(rate.draws == 400 - 39)
        #expect(rate.interval.high > tallies.rate(Self.feature, .assistant, clusters: .none).interval.high)
    }

    @Test func `a sample of the evidence gives the variance of all of it`() {
        var tallies = FeatureTallies()
        let count = 20_000
        for number in 0..<count {
            var origin = RowOrigin(shard: 0, ordinal: number)
            origin.isDrawnByCluster = true
            tallies.add(Self.turns(number / 20 % 2, of: 1), origin)
        }
        tallies.seal()
        let parts = Array(Set(tallies.evidence.parts)).sorted()
        #expect(parts.count < 2 * FeatureEvidence.most)
        // Clusters of twenty rows, of which all or none have the feature.
        let clusters = EvidenceClusters(parts: parts, clusters: parts.map { $0.place.ordinal / 20 })
        let rate = tallies.rate(
            Self.feature, .assistant, clusters: tallies.evidence.clustered(by: clusters))
        let plain = Double(count) * 0.25
        let pairs = Double(count / 20) * 20 * 19 * 0.25
        #expect(abs(rate.squares - plain - pairs) < 0.15 * pairs, "\(rate.squares) \(plain + pairs)")
    }

    /// Rows drawn by cluster: of one row mostly, else of a template's many; with the feature or not as a whole.
    private static func drawn(_ random: inout SplitMix, share: Double) -> [(hit: Bool, cluster: Int)] {
        var rows: [(hit: Bool, cluster: Int)] = []
        for cluster in 0..<150 {
            let size = random.next() % 10 == 0 ? 5 + Int(random.next() % 16) : 1
            let hit = Double(random.next() % 100_000) < share * 100_000
            rows += Array(repeating: (hit, cluster), count: size)
        }
        return rows
    }

    @Test(arguments: [0.03, 0.3, 0.9, 0.97])
    func `intervals by cluster hold the true rate, whichever side the templates are on`(_ share: Double) {
        var random = SplitMix(seed: 17)
        let runs = 300
        var held = 0
        var heldByRows = 0
        for _ in 0..<runs {
            var tallies = FeatureTallies()
            let rows = Self.drawn(&random, share: share)
            for (number, row) in rows.enumerated() {
                var origin = RowOrigin(shard: 0, ordinal: number)
                origin.isDrawnByCluster = true
                tallies.add(Self.turns(row.hit ? 1 : 0, of: 1), origin)
            }
            tallies.seal()
            let clusters = Self.clusters(rows.map(\.cluster))
            let interval = tallies.rate(
                Self.feature, .assistant, clusters: tallies.evidence.clustered(by: clusters)
            ).interval
            if interval.low <= share, share <= interval.high { held += 1 }
            let plain = tallies.rate(Self.feature, .assistant, clusters: .none).interval
            if plain.low <= share, share <= plain.high { heldByRows += 1 }
        }
        #expect(Double(held) >= 0.91 * Double(runs), "\(held)")
        #expect(heldByRows < held)
    }

    @Test func `of many rows, the few without the feature that no sample has are one draw`() {
        var tallies = FeatureTallies()
        for number in 0..<40_000 {
            var origin = RowOrigin(shard: 0, ordinal: number)
            origin.isDrawnByCluster = true
            tallies.add(Self.turns(number < 10 ? 0 : 1, of: 1), origin)
        }
        tallies.seal()
        let parts = Array(Set(tallies.evidence.parts)).sorted()
        let clusters = EvidenceClusters(parts: parts, clusters: parts.map(\.place.ordinal))
        let rate = tallies.rate(
            Self.feature, .assistant, clusters: tallies.evidence.clustered(by: clusters))
        // Ten rows of one template, and 39,990 others.
        #expect(rate.draws == 40_000 - 9 && abs(rate.squares - 100) < 0.1, "\(rate)")
    }

    // MARK: Removed rows

    @Test func `removed rows are told from kept ones by cluster`() throws {
        let catalogue = try FeatureCatalogue(patterns: [])
        var parts = [RemovalTallies(), RemovalTallies()]
        var clustered = 0
        for number in 0..<1_000 {
            // Fifty clusters of a keeper and nine removed rows, lower-case in four of five; other rows in one of ten.
            let isOfCluster = number < 500
            let isRemoved = isOfCluster && number % 10 != 0
            let cluster = isOfCluster ? UInt64(number / 10 * 10) : nil
            let hits = isOfCluster ? (number / 10 % 5 < 4 ? 1 : 0) : (number % 10 == 0 ? 1 : 0)
            if isOfCluster { clustered += hits }
            parts[number % 2].add(
                Self.turns(hits, of: 1).map { turn in
                    var turn = turn
                    turn.role = .user
                    return turn
                }, RowOrigin.Fate(isRemoved: isRemoved, cluster: cluster))
        }
        parts[0].merge(parts[1])
        parts[0].seal()
        let figures = try #require(RemovalReport(catalogue, parts[0]).figures())
        #expect(figures.removedRows == 450 && figures.keptRows == 550 && !figures.clustersAreSample)
        let feature = try #require(figures.features.first { $0.id == "lower-case-start" })
        #expect(feature.role == "user" && feature.isApart)
        #expect(abs(feature.removedRate - 0.8) < 1e-9 && abs(feature.keptRate - 90.0 / 550) < 1e-9)
        // Fifty draws on the removed side: 0.8 of 50 by Wilson is 0.67 to 0.89, 0.8 of 450 0.76 to 0.83.
        #expect(feature.removedLow < 0.69 && feature.removedHigh > 0.87)
        let length = try #require(figures.lengths.first)
        #expect(length.removedMeanWords == 3 && length.difference == 0 && !length.isApart)
        var none = RemovalTallies()
        none.add(Self.turns(1, of: 1), RowOrigin.Fate(isRemoved: false, cluster: nil))
        #expect(RemovalReport(catalogue, none).figures() == nil)
    }

    // MARK: Labels and scores

    private static func label(_ field: String, _ values: [String]) -> [LabelTallies.Comparison] {
        var parts = [LabelTallies(), LabelTallies()]
        for (number, value) in values.enumerated() {
            parts[number % 2].add(
                turns(number % 2, of: 1), number % 2 == 1 ? bit : 0, SliceValue(field: field, value: value),
                .assistant)
        }
        parts[0].merge(parts[1])
        return parts[0].comparisons(.assistant)
    }

    @Test(arguments: [
        ("two labels", ["false", "true", "true"], ["s=true against s=false: 2 to 1"]),
        ("two scores", ["0", "1", "1.0"], ["s=1 against s=0: 2 to 1"]),
        ("a scale of five", ["1", "2", "3", "4", "5", "5"], ["s>=4 against s<4: 3 to 3"]),
        ("most at the top", ["5", "5", "5", "5", "3", "1"], ["s>=5 against s<5: 4 to 2"]),
        ("fractions", ["0.5", "0.75", "-1.25", "0.25"], ["s>=0.5 against s<0.5: 2 to 2"]),
        (
            "words", ["a", "b", "c", "a"],
            ["s=a against other s: 2 to 2", "s=b against other s: 1 to 3", "s=c against other s: 1 to 3"]
        ),
        ("one value", ["7", "7"], []),
        ("free text", (0..<65).map { "text \($0)" }, []),
    ])
    func `what is compared by a label or score`(_ id: String, _ values: [String], _ expected: [String]) {
        let found = Self.label("s", values).map {
            "\($0.first) against \($0.second): \($0.of.turns) to \($0.against.turns)"
        }
        #expect(found == expected, "\(id)")
    }

    @Test func `scores are counted in steps of one part in 64 at most`() {
        for score in [0.0, 1, -3, 64, 127, 0.1, 1e-9, 12345.678, -0.007] {
            let step = LabelTallies.step(score)
            #expect(abs(step) <= abs(score) && abs(score - step) <= abs(score) / 64, "\(score)")
        }
        #expect(LabelTallies.step(127) == 127 && LabelTallies.name(4) == "4")
    }

    @Test func `a slice of too many values is left out whole, in any order`() {
        func tallies(_ order: [Int]) -> PartTallies {
            var parts = [PartTallies(mostValues: 100), PartTallies(mostValues: 100)]
            for number in order {
                parts[number % 2].add(
                    Self.turns(1, of: 1), Self.bit, SliceValue(field: "many", value: "\(number)"), .user)
                parts[number % 2].add(
                    Self.turns(1, of: 1), Self.bit, SliceValue(field: "few", value: "\(number % 3)"), .user)
            }
            parts[0].merge(parts[1])
            return parts[0]
        }
        for order in [Array(0..<150), (0..<150).reversed()] {
            let found = tallies(order)
            #expect(found.leftOut == ["many"])
            #expect(
                found.parts(.user).map { "\($0.part.value) \($0.tally.turns)" } == ["0 50", "1 50", "2 50"])
        }
    }
}
