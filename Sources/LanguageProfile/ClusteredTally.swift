import Glibc

/// Rows with and without something, by the unit that they are drawn by (author, conversation, cluster), and the
/// interval of their share.
///
/// Thirty authors who each spell by habit are thirty draws, not thirty thousand. The share is a ratio of sums over
/// units; its variance is the linearised one of a ratio estimator with a factor G / (G - 1) for G units (Cochran,
/// Sampling Techniques, 3rd ed., section 6.3; Wolter, Introduction to Variance Estimation, 2nd ed., section 6.11). The
/// rows are deflated to as many independent draws as give that variance, and these give Wilson's interval with the
/// quantile of Student's t for G - 1 degrees of freedom, after Korn and Graubard (Survey Methodology 24, 1998). Where
/// all units agree the variance is nothing, and then the draws are the units. It is no smaller than by the design
/// effect of `UnitLikeness`.
package struct ClusteredTally: Sendable, Equatable {
    package struct Unit: Sendable, Equatable {
        package var hits: UInt32 = 0
        package var rows: UInt32 = 0
    }

    /// Rows that have it.
    package private(set) var hits = 0
    /// Rows that have it or could have.
    package private(set) var rows = 0
    /// Rows of a unit.
    package private(set) var units: [UInt64: Unit] = [:]
    /// Rows that are units of their own, and those of them that have it.
    private var single = Unit()

    package init() {}

    /// Adds one row.
    ///
    /// - Parameter unit: what the row is drawn by; `nil` where it is a draw of its own.
    package mutating func add(hit: Bool, unit: UInt64?) {
        rows += 1
        if hit { hits += 1 }
        if let unit {
            units[unit, default: Unit()].rows &+= 1
            if hit { units[unit, default: Unit()].hits &+= 1 }
        } else {
            single.rows &+= 1
            if hit { single.hits &+= 1 }
        }
    }

    /// Adds rows without it that are draws of their own.
    mutating func addMisses(_ count: Int) {
        rows += count
        single.rows &+= UInt32(count)
    }

    package mutating func merge(_ other: ClusteredTally) {
        hits += other.hits
        rows += other.rows
        single.rows &+= other.single.rows
        single.hits &+= other.single.hits
        for (unit, more) in other.units {
            units[unit, default: Unit()].rows &+= more.rows
            units[unit, default: Unit()].hits &+= more.hits
        }
    }

    /// The same rows, with those that have it and are draws of their own gathered into clusters.
    ///
    /// - Parameter sizes: rows of each cluster; their sum is at most the number of such rows.
    package func gathered(_ sizes: [Int]) -> ClusteredTally {
        var copy = self
        var number: UInt64 = 0
        for size in sizes where size > 1 {
            let moved = min(UInt32(size), copy.single.hits)
            guard moved > 1 else { continue }
            copy.single.hits -= moved
            copy.single.rows -= moved
            while copy.units[number] != nil { number += 1 }
            copy.units[number] = Unit(hits: moved, rows: moved)
            number += 1
        }
        return copy
    }

    /// Units that have it.
    package var unitsWithHits: Int { units.values.reduce(0) { $0 + ($1.hits > 0 ? 1 : 0) } }

    package var share: Double { rows == 0 ? 0 : Double(hits) / Double(rows) }

    /// Units that the interval rests on.
    package var unitCount: Int { units.count + Int(single.rows) }

    /// The interval of the share, two-sided, 95 %.
    package var interval: (low: Double, high: Double) {
        var rate = ClusteredRate(hits: hits, rows: rows)
        rate.draws = unitCount
        let share = self.share
        var likeness = UnitLikeness()
        // In the order of the units, so that sums round the same way each time.
        for (_, unit) in units.sorted(by: { $0.key < $1.key }) {
            let rest = Double(unit.hits) - share * Double(unit.rows)
            rate.squares += rest * rest
            likeness.add(hits: Double(unit.hits), rows: Double(unit.rows))
        }
        likeness.addSingle(hits: Int(single.hits), rows: Int(single.rows))
        rate.designEffect = likeness.designEffect
        rate.squares += Double(single.hits) * (1 - share) * (1 - share)
        rate.squares += Double(single.rows - single.hits) * share * share
        return rate.interval
    }

    /// Wilson's score interval (Wilson 1927).
    static func wilson(share: Double, draws: Double, quantile: Double) -> (low: Double, high: Double) {
        let square = quantile * quantile
        let centre = (share + square / (2 * draws)) / (1 + square / draws)
        let half =
            quantile / (1 + square / draws)
            * (share * (1 - share) / draws + square / (4 * draws * draws)).squareRoot()
        return (max(0, centre - half), min(1, centre + half))
    }

    /// The 97.5 % quantile of Student's t: exact for one and two degrees of freedom, else the expansion of
    /// Abramowitz and Stegun, 26.7.5 (to 0.01 from three on).
    static func quantile(degrees: Int) -> Double {
        if degrees <= 1 { return 12.706205 }
        if degrees == 2 { return 4.302653 }
        let z = 1.959964
        let n = Double(degrees)
        let third = z * z * z
        let fifth = third * z * z
        let seventh = fifth * z * z
        return z + (third + z) / (4 * n) + (5 * fifth + 16 * third + 3 * z) / (96 * n * n)
            + (3 * seventh + 19 * fifth + 17 * third - 15 * z) / (384 * n * n * n)
    }
}
