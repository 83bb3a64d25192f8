import Glibc

/// The odds ratio of a two by two table with its exact conditional interval.
///
/// The interval holds the odds ratios for which the table, given its margins, is in neither tail of 2.5 % of
/// Fisher's noncentral hypergeometric distribution (Cornfield 1956; R's `fisher.test`).
package struct ExactOddsRatio: Sendable, Equatable {
    /// a * d / (b * c); infinite where b * c is 0, not a number where a * d is too.
    package let ratio: Double
    package let low: Double
    package let high: Double

    /// - Parameters: the counts of first and second row: with and without.
    /// - Complexity: O(smallest margin) for each of some 200 steps of bisection.
    package init(_ a: Int, _ b: Int, _ c: Int, _ d: Int) {
        ratio = Double(a) * Double(d) / (Double(b) * Double(c))
        let rows = a + b
        let least = max(0, a + c - (c + d))
        let most = min(rows, a + c)
        let logs = (least...max(least, most)).map { count in
            Self.logChoose(rows, count) + Self.logChoose(c + d, a + c - count)
        }
        func tail(_ logRatio: Double, from: Int, to: Int) -> Double {
            let terms = logs.enumerated().map { $0.element + Double($0.offset + least) * logRatio }
            let top = terms.max() ?? 0
            let sum = terms.reduce(0) { $0 + exp($1 - top) }
            guard from <= to else { return 0 }
            return (from...to).reduce(0) { $0 + exp(terms[$1 - least] - top) } / sum
        }
        low = a == least ? 0 : exp(Self.root { tail($0, from: a, to: most) - 0.025 })
        high = a == most ? .infinity : exp(Self.root { 0.025 - tail($0, from: least, to: a) })
    }

    private static func logChoose(_ n: Int, _ k: Int) -> Double {
        lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
    }

    /// Where a rising function is 0.
    private static func root(_ function: (Double) -> Double) -> Double {
        var low = -50.0
        var high = 50.0
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if function(middle) < 0 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
