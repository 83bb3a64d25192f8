import Foundation

/// The difference of two rates that stand with intervals of 95 %, of two runs.
///
/// The interval of the difference is made from the two intervals alone, by squaring and adding the distances of their
/// ends from the rates (Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10; for any intervals, Zou and
/// Donner, Statistics in Medicine 27, 2008). So it rests on the units that the intervals were drawn by (authors,
/// conversations, clusters), where a test on turns as draws would find differences in the habits of one author.
///
/// Where no turn has something, or all have, nothing shows how alike the turns of a unit are, and the interval is as if
/// units agreed throughout: none of twelve authors reaches to 29 %. Of authors the difference takes it from the other
/// rate, whose turns show it: a habit that all authors took up between two runs is a difference, one author's is none.
package struct RateDifference: Sendable, Equatable, Encodable {
    /// A share with its interval, two-sided, 95 %.
    package struct Rate: Sendable, Equatable, Encodable {
        package var hits = 0
        /// Turns, or rows.
        package var of = 0
        package var rate = 0.0
        package var low = 0.0
        package var high = 0.0

        package init() {}

        private var isDegenerate: Bool { of > 0 && (hits == 0 || hits == of) }

        /// Of a rate of none or all, with the draws that another rate's interval rests on, for each of its turns, where
        /// these are more; never more than by the other's turns.
        fileprivate func informed(by other: Rate) -> Rate {
            guard isDegenerate, !other.isDegenerate, other.of > 0 else { return self }
            let factor = other.scoreFactor * max(1, Double(other.of) / Double(of))
            let reach = factor / (1 + factor)
            var copy = self
            if hits == 0 { copy.high = min(high, reach) } else { copy.low = max(low, 1 - reach) }
            return copy
        }

        /// The square of the quantile by draws, of which Wilson's interval is made: by halving, since a wider interval
        /// has a larger one.
        private var scoreFactor: Double {
            let half = (high - low) / 2
            var (small, large) = (0.0, 1e6)
            for _ in 0..<80 {
                let middle = (small + large) / 2
                let reach = (middle * (rate * (1 - rate) + middle / 4)).squareRoot() / (1 + middle)
                if reach < half { small = middle } else { large = middle }
            }
            return large
        }
    }

    /// What tells two rates apart.
    package enum Basis: String, Sendable, Encodable {
        /// Their intervals do not overlap.
        case intervals
        /// The intervals overlap, and that of the difference leaves 0 out.
        case difference
    }

    package let before: Rate
    package let after: Rate
    /// after - before, with its interval.
    package let change: Double
    package let low: Double
    package let high: Double
    /// Cohen's h (Statistical Power Analysis, 2nd ed., chapter 6); 0.2 small, 0.5 medium, 0.8 large.
    package let effect: Double
    /// `nil` where nothing tells the rates apart.
    package let basis: Basis?
    /// Of the difference, two-sided, normal.
    package let p: Double
    /// `p` by Benjamini-Hochberg within all rates that were compared; `nil` for a rate that stands alone.
    package var q: Double?

    /// - Parameter sharesUnits: the units of both are authors, of which each has turns in both: a rate of none or all
    ///   takes how alike their turns are from the other rate.
    package init(before: Rate, after: Rate, sharesUnits: Bool = false) {
        self.before = before
        self.after = after
        change = after.rate - before.rate
        let (first, second) =
            sharesUnits ? (before.informed(by: after), after.informed(by: before)) : (before, after)
        let below = Self.distance(second.rate - second.low, first.high - first.rate)
        let above = Self.distance(second.high - second.rate, first.rate - first.low)
        low = change - below
        high = change + above
        effect = Self.effect(from: before.rate, to: after.rate)
        let side = change > 0 ? below : above
        if change == 0 {
            p = 1
        } else {
            p = side > 0 ? erfc(abs(change) / side * Self.quantile / 2.0.squareRoot()) : 0
        }
        if change != 0, before.high < after.low || after.high < before.low {
            basis = .intervals
        } else {
            basis = low > 0 || high < 0 ? .difference : nil
        }
    }

    /// Cohen's h of two shares.
    package static func effect(from before: Double, to after: Double) -> Double {
        func angle(_ share: Double) -> Double { 2 * asin(min(max(share, 0), 1).squareRoot()) }
        return angle(after) - angle(before)
    }

    /// Adjusts p-values for their number, after Benjamini and Hochberg (1995).
    ///
    /// - Returns: the q of each, in the order given.
    /// - Complexity: O(n log n).
    package static func adjusted(_ values: [Double]) -> [Double] {
        var result = values
        var least = 1.0
        let order = values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1] }
        for (rank, at) in order.enumerated().reversed() {
            least = min(least, values[at] * Double(values.count) / Double(rank + 1))
            result[at] = least
        }
        return result
    }

    /// Of the normal distribution, for 95 %, two-sided.
    private static let quantile = 1.959964

    private static func distance(_ first: Double, _ second: Double) -> Double {
        (first * first + second * second).squareRoot()
    }
}
