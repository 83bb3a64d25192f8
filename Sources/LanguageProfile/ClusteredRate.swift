/// A share of rows or turns with what its interval rests on: the number of draws, and the sum of the squares of what
/// each draw has beyond the share. See `ClusteredTally`.
package struct ClusteredRate: Sendable, Equatable {
    package var hits: Int
    package var rows: Int
    package var draws = 0
    package var squares = 0.0
    /// How many times the variance of single rows, by how alike the rows of a unit are (`UnitLikeness`).
    var designEffect = 1.0

    package init(hits: Int, rows: Int) {
        self.hits = hits
        self.rows = rows
    }

    package var share: Double { rows == 0 ? 0 : Double(hits) / Double(rows) }

    /// The interval of the share, two-sided, 95 %.
    package var interval: (low: Double, high: Double) {
        guard rows > 0, draws > 1 else { return (0, 1) }
        let count = Double(draws)
        let linearised = count / (count - 1) * max(0, squares) / (Double(rows) * Double(rows))
        let simple = share * (1 - share)
        // Where the units that have it are small by chance, large ones without it show no variance.
        let variance = max(linearised, designEffect * simple / Double(rows))
        // All alike: no variance to see, and the draws are what there is.
        let effective = simple > 0 && linearised > 0 ? min(simple / variance, Double(rows)) : count
        return ClusteredTally.wilson(
            share: share, draws: max(effective, 1), quantile: ClusteredTally.quantile(degrees: draws - 1))
    }
}
