import TestSupport
import Testing

@testable import Comparison

/// Areas, intervals and the feature table against slow, obviously right counterparts.
@Suite struct AreaTests {
    @Test func `the area is the share of pairs, equal scores as half`() {
        var random = SplitMix(seed: 4)
        for _ in 0..<50 {
            let count = 2 + random.below(40)
            let scores = (0..<count).map { _ in Double(random.below(6)) }
            let isRight = (0..<count).map { _ in random.chance(40) }
            let weights = (0..<count).map { _ in Double(random.below(3)) }
            var ordered = 0.0
            var all = 0.0
            for left in 0..<count where !isRight[left] {
                for right in 0..<count where isRight[right] {
                    let weight = weights[left] * weights[right]
                    all += weight
                    ordered +=
                        weight * (scores[right] > scores[left] ? 1 : scores[right] == scores[left] ? 0.5 : 0)
                }
            }
            let fold = ScoredFold(rows: Array(0..<count), scores: scores)
            let pairs = fold.pairs(isRight: isRight) { weights[$0] }
            #expect(abs(pairs.ordered - ordered) < 1e-9 && abs(pairs.all - all) < 1e-9)
        }
    }

    @Test func `components lie in one fold each, and folds have as many rows`() {
        let components = SampleComponents(roots: (0..<1000).map { $0 < 150 ? 0 : $0 / 2 })
        let folds = components.folds(5)
        var rows = [Int](repeating: 0, count: 5)
        for component in components.ofRow { rows[folds[component]] += 1 }
        #expect((rows.max() ?? 0) - (rows.min() ?? 0) <= 2, "\(rows)")
    }

    @Test func `delta and distance are those of all pairs and of the two curves`() throws {
        var random = SplitMix(seed: 9)
        let left = (0..<60).map { _ in String(repeating: "word ", count: 1 + random.below(6)) }
        let right = (0..<45).map { _ in String(repeating: "word ", count: 2 + random.below(7)) }
        // Each row a component of its own.
        let rows = RowMaker.rows(left, .left) + RowMaker.rows(right, .right)
        let sample = RowSample(rows, roots: Array(rows.indices))
        let components = SampleComponents(roots: Array(sample.rows.indices))
        let (list, readings) = try SampleReadings.read(sample.rows, threads: 1, makeMarker: nil)
        let entries = FeatureTable(
            list, readings: readings, isRight: sample.isRight, components: components,
            sampleWeights: sample.weights
        ).entries()
        let found = try #require(entries.first { $0.feature.id == "words" }?.feature)
        func count(_ text: String) -> Int { text.split(separator: " ").count }
        var delta = 0
        for a in left { for b in right { delta += (count(a) - count(b)).signum() } }
        #expect(abs(found.delta - Double(delta) / Double(left.count * right.count)) < 1e-9)
        var ks = 0.0
        for limit in 0..<10 {
            let a = Double(left.count { count($0) <= limit }) / Double(left.count)
            let b = Double(right.count { count($0) <= limit }) / Double(right.count)
            ks = max(ks, abs(a - b))
        }
        #expect(abs(found.ks - ks) < 1e-9)
    }

    @Test func `false discovery rates are those of the step-up procedure`() {
        let rates = FeatureTable.falseDiscoveryRates([0.01, 0.04, 0.03, 0.5])
        let expected = [0.04, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.5]
        for (rate, right) in zip(rates, expected) { #expect(abs(rate - right) < 1e-12) }
        // Of the Kolmogorov distribution: 1.358 is its 95 % point.
        #expect(abs(FeatureTable.chance(ofDistance: 1.358 / 100, (2e4, 2e4)) - 0.05) < 0.002)
    }
}
