import Findings
import Glibc

/// Compares each feature of the rows by itself.
///
/// Effect first: Cliff's delta (the share of pairs where the left row has more, less the share where it has less), and
/// for rates Cohen's h, since a rate that goes from 0 to 8 % has a delta of .08 alone. Significance beside it: a
/// Kolmogorov-Smirnov test for numbers, a test of two proportions for rates, and q over all features (Benjamini and
/// Hochberg 1995). A component of duplicate rows counts as one draw.
struct FeatureTable {
    /// A small effect (Romano and others 2006).
    static let leastDelta = 0.147
    /// A small effect (Cohen 1988).
    static let leastH = 0.2
    static let mostQ = 0.05
    /// Rows named for each side.
    static let placesKept = 3

    private let features: [FeatureList.Feature]
    private let readings: [RowReading]
    private let isRight: [Bool]
    /// By row: its weight in the sample.
    private let sampleWeights: [Double]
    /// By row: its weight over the rows of its component on its side.
    private let weights: [Double]
    /// Their sums on both sides.
    private let totals: (left: Double, right: Double)
    /// Independent draws that they are worth.
    private let draws: (left: Double, right: Double)

    init(
        _ list: FeatureList, readings: [RowReading], isRight: [Bool], components: SampleComponents,
        sampleWeights: [Double]
    ) {
        features = list.features
        self.readings = readings
        self.isRight = isRight
        var sizes = [Int](repeating: 0, count: 2 * components.count)
        for (row, component) in components.ofRow.enumerated() {
            sizes[2 * component + (isRight[row] ? 1 : 0)] += 1
        }
        self.sampleWeights = sampleWeights
        let weights = components.ofRow.indices.map { row in
            sampleWeights[row] / Double(sizes[2 * components.ofRow[row] + (isRight[row] ? 1 : 0)])
        }
        self.weights = weights
        // By side and component.
        var sums = [Double](repeating: 0, count: 2 * components.count)
        for (row, component) in components.ofRow.enumerated() {
            sums[2 * component + (isRight[row] ? 1 : 0)] += weights[row]
        }
        func ofSide(_ side: Int) -> [Double] {
            (0..<components.count).map { sums[2 * $0 + side] }.filter { $0 > 0 }
        }
        totals = (ofSide(0).reduce(0, +), ofSide(1).reduce(0, +))
        draws = (RowSample.effective(ofSide(0)), RowSample.effective(ofSide(1)))
    }

    /// A feature with the rows that show it best, by their numbers in the sample.
    struct Entry {
        var feature: ComparisonFigures.Feature
        var leftRows: [Int]
        var rightRows: [Int]
    }

    /// All features that differ between any two rows, the largest effect first.
    ///
    /// - Complexity: O(features x rows x log rows).
    func entries() -> [Entry] {
        var entries: [Entry] = []
        var chances: [Double] = []
        for number in features.indices {
            guard let (entry, chance) = compare(number) else { continue }
            entries.append(entry)
            chances.append(chance)
        }
        for (place, q) in Self.falseDiscoveryRates(chances).enumerated() {
            entries[place].feature.q = q
            let feature = entries[place].feature
            let isEffect = abs(feature.delta) >= Self.leastDelta || abs(feature.h ?? 0) >= Self.leastH
            entries[place].feature.stands = isEffect && q <= Self.mostQ
        }
        return entries.enumerated().sorted {
            let (a, b) = ($0.element.feature, $1.element.feature)
            if a.stands != b.stands { return a.stands }
            return abs(a.delta) != abs(b.delta) ? abs(a.delta) > abs(b.delta) : $0.offset < $1.offset
        }.map(\.element)
    }

    private func compare(_ number: Int) -> (Entry, Double)? {
        let values = readings.map { $0.numbers[number] }
        guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var feature = ComparisonFigures.Feature()
        feature.id = features[number].id
        let isRate = features[number].kind == .rate
        feature.kind = isRate ? "rate" : "number"
        let curves = distances(order, values)
        feature.delta = curves.delta
        feature.ks = curves.ks
        feature.left = spread(order, values, isRate: isRate, right: false)
        feature.right = spread(order, values, isRate: isRate, right: true)
        var chance: Double
        if isRate {
            let left = share(values, right: false)
            let right = share(values, right: true)
            feature.h = 2 * asin(left.squareRoot()) - 2 * asin(right.squareRoot())
            chance = Self.chance(ofRates: left, right, draws)
        } else {
            chance = Self.chance(ofDistance: curves.ks, draws)
        }
        if !chance.isFinite { chance = 1 }
        return (
            Entry(
                feature: feature, leftRows: examples(order, values, right: false, most: feature.delta > 0),
                rightRows: examples(order, values, right: true, most: feature.delta <= 0)), chance
        )
    }

    /// Cliff's delta and the Kolmogorov-Smirnov distance, in one walk over the sorted values.
    private func distances(_ order: [Int], _ values: [Float]) -> (delta: Double, ks: Double) {
        var seen = (left: 0.0, right: 0.0)
        var more = 0.0
        var less = 0.0
        var ks = 0.0
        var at = 0
        while at < order.count {
            var run = (left: 0.0, right: 0.0)
            var end = at
            while end < order.count, values[order[end]] == values[order[at]] {
                if isRight[order[end]] {
                    run.right += weights[order[end]]
                } else {
                    run.left += weights[order[end]]
                }
                end += 1
            }
            more += run.left * seen.right
            less += run.right * seen.left
            seen.left += run.left
            seen.right += run.right
            ks = max(ks, abs(seen.left / totals.left - seen.right / totals.right))
            at = end
        }
        return ((more - less) / (totals.left * totals.right), ks)
    }

    private func share(_ values: [Float], right: Bool) -> Double {
        var sum = 0.0
        for row in values.indices where isRight[row] == right && values[row] > 0 { sum += weights[row] }
        return sum / (right ? totals.right : totals.left)
    }

    /// Of the rows as they are: what a reader can count again.
    private func spread(
        _ order: [Int], _ values: [Float], isRate: Bool, right: Bool
    ) -> ComparisonFigures.Spread {
        let own = order.filter { isRight[$0] == right }
        var spread = ComparisonFigures.Spread()
        guard let last = own.last else { return spread }
        let sum = own.reduce(0) { $0 + sampleWeights[$1] }
        spread.mean = own.reduce(0) { $0 + sampleWeights[$1] * Double(values[$1]) } / sum
        guard !isRate else { return spread }
        func quantile(_ share: Double) -> Double {
            var seen = 0.0
            let row = own.first { row in
                seen += sampleWeights[row]
                return seen > share * sum
            }
            return Double(values[row ?? last])
        }
        spread.low = quantile(0.1)
        spread.median = quantile(0.5)
        spread.high = quantile(0.9)
        return spread
    }

    /// Rows that show how a side is: those with the feature where it has more of it, those without elsewhere.
    private func examples(_ order: [Int], _ values: [Float], right: Bool, most: Bool) -> [Int] {
        let own = order.filter { isRight[$0] == right }
        guard !own.isEmpty else { return [] }
        // Not the extremes, which are freaks: around the middle of the upper or lower half.
        let middle = own[most ? own.count * 9 / 10 : own.count / 10]
        return Array(own.filter { values[$0] == values[middle] }.sorted().prefix(Self.placesKept))
    }

    /// Of two shares of independent draws, two-sided, by the normal approximation.
    static func chance(ofRates left: Double, _ right: Double, _ draws: (left: Double, right: Double))
        -> Double
    {
        let pooled = (left * draws.left + right * draws.right) / (draws.left + draws.right)
        let variance = pooled * (1 - pooled) * (1 / draws.left + 1 / draws.right)
        guard variance > 0 else { return 1 }
        return erfc(abs(left - right) / variance.squareRoot() / 2.0.squareRoot())
    }

    /// Of a Kolmogorov-Smirnov distance: the limiting distribution with Stephens' correction (Press and others,
    /// Numerical Recipes, 14.3). Ties make it cautious.
    static func chance(ofDistance distance: Double, _ draws: (left: Double, right: Double)) -> Double {
        let size = (draws.left * draws.right / (draws.left + draws.right)).squareRoot()
        let value = (size + 0.12 + 0.11 / size) * distance
        guard value > 0.2 else { return 1 }
        var sum = 0.0
        var sign = 1.0
        for term in 1...100 {
            let part = sign * exp(-2 * Double(term * term) * value * value)
            sum += part
            if abs(part) < 1e-12 { break }
            sign = -sign
        }
        return min(1, max(0, 2 * sum))
    }

    /// q values (Benjamini and Hochberg 1995).
    static func falseDiscoveryRates(_ chances: [Double]) -> [Double] {
        let order = chances.indices.sorted { chances[$0] < chances[$1] }
        var rates = [Double](repeating: 1, count: chances.count)
        var least = 1.0
        for (rank, place) in order.enumerated().reversed() {
            least = min(least, chances[place] * Double(chances.count) / Double(rank + 1))
            rates[place] = least
        }
        return rates
    }
}
