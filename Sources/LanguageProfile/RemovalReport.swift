import Findings

/// Turns the counts of removed and kept rows into figures: does dedup remove the rows of one register?
///
/// The interval of each rate is drawn by cluster (`ClusteredTally`), that of a difference is made from the two
/// (`RateDifference`). A removed row resembles its kept one, and this is not taken into account: an interval is rather
/// too wide than too narrow.
package struct RemovalReport {
    typealias Figures = LanguageProfileFigures

    private let catalogue: FeatureCatalogue
    private let tallies: RemovalTallies

    /// Roles whose register is compared: a rejected answer goes with its row, and tools write nothing.
    private static let roles: [ProfileRole] = [.user, .assistant, .text]

    package init(_ catalogue: FeatureCatalogue, _ tallies: RemovalTallies) {
        self.catalogue = catalogue
        self.tallies = tallies
    }

    /// - Returns: `nil` where no row is removed.
    package func figures() -> LanguageProfileFigures.Removed? {
        guard tallies.removedRows > 0 else { return nil }
        var figures = Figures.Removed()
        figures.removedRows = tallies.removedRows
        figures.keptRows = tallies.keptRows
        figures.clustersAreSample = tallies.clusters.isSample
        for role in Self.roles {
            let at = Int(role.rawValue)
            guard tallies.removed[at].turns > 0, tallies.kept[at].turns > 0 else { continue }
            figures.lengths.append(length(role))
            for number in catalogue.features.indices
            where tallies.removed[at].hits[number] + tallies.kept[at].hits[number] > 0 {
                figures.features.append(feature(number, role))
            }
        }
        for (at, q) in RateDifference.adjusted(figures.features.map(\.q)).enumerated() {
            figures.features[at].q = q
        }
        figures.features.sort(by: Self.precedes)
        return figures
    }

    private func feature(_ number: Int, _ role: ProfileRole) -> Figures.RemovedFeature {
        let removed = rate(number, role, isRemoved: true)
        let kept = rate(number, role, isRemoved: false)
        let change = RateDifference(before: kept, after: removed)
        var figures = Figures.RemovedFeature()
        figures.id = catalogue.features[number].id
        figures.category = catalogue.features[number].category
        figures.role = role.name
        figures.removedTurns = removed.of
        figures.removedRate = removed.rate
        figures.removedLow = removed.low
        figures.removedHigh = removed.high
        figures.keptTurns = kept.of
        figures.keptRate = kept.rate
        figures.keptLow = kept.low
        figures.keptHigh = kept.high
        figures.difference = change.change
        figures.low = change.low
        figures.high = change.high
        figures.q = change.p
        return figures
    }

    /// The rate of a feature on one side, its interval drawn by cluster.
    private func rate(_ number: Int, _ role: ProfileRole, isRemoved: Bool) -> RateDifference.Rate {
        let at = Int(role.rawValue)
        let all = isRemoved ? tallies.removed[at] : tallies.kept[at]
        var rate = ClusteredRate(hits: all.hits[number], rows: all.turns)
        let spread = tallies.clusters.spread(
            number, column: RemovalTallies.column(role, isRemoved: isRemoved), share: rate.share)
        rate.draws = spread.units
        rate.squares = spread.squares
        rate.designEffect =
            isRemoved ? spread.likeness.designEffect : spread.designEffect(number, with: tallies.single[at])
        if !isRemoved {
            rate.draws += tallies.single[at].rows
            rate.squares += tallies.single[at].squares(number, share: rate.share)
        }
        if spread.isSample { rate.squares = max(rate.squares, all.squares(number, share: rate.share)) }
        var result = RateDifference.Rate()
        result.hits = rate.hits
        result.of = rate.rows
        result.rate = rate.share
        (result.low, result.high) = rate.interval
        return result
    }

    private func length(_ role: ProfileRole) -> Figures.RemovedLength {
        let at = Int(role.rawValue)
        let removed = tallies.removed[at]
        let kept = tallies.kept[at]
        var figures = Figures.RemovedLength()
        figures.role = role.name
        figures.removedMeanWords = removed.meanWords
        figures.keptMeanWords = kept.meanWords
        figures.removedMedianWords = removed.medianWords
        figures.keptMedianWords = kept.medianWords
        let first = halfWidth(role, removed, isRemoved: true)
        let second = halfWidth(role, kept, isRemoved: false)
        figures.difference = removed.meanWords - kept.meanWords
        if let first, let second {
            let half = (first * first + second * second).squareRoot()
            figures.low = figures.difference - half
            figures.high = figures.difference + half
        }
        return figures
    }

    /// Half of the interval of a mean length; `nil` for a single draw, which has none.
    private func halfWidth(_ role: ProfileRole, _ all: RoleTally, isRemoved: Bool) -> Double? {
        let spread = tallies.clusters.wordSpread(
            column: RemovalTallies.column(role, isRemoved: isRemoved), mean: all.meanWords)
        var draws = spread.units
        var squares = spread.squares
        if !isRemoved {
            draws += tallies.single[Int(role.rawValue)].rows
            squares += tallies.single[Int(role.rawValue)].wordSquares(mean: all.meanWords)
        }
        guard draws > 1 else { return nil }
        let variance =
            Double(draws) / Double(draws - 1) * max(0, squares) / (Double(all.turns) * Double(all.turns))
        return ClusteredTally.quantile(degrees: draws - 1) * variance.squareRoot()
    }

    /// What is told apart first, the largest difference on top.
    private static func precedes(_ first: Figures.RemovedFeature, _ second: Figures.RemovedFeature) -> Bool {
        if first.isApart != second.isApart { return first.isApart }
        let a = abs(first.difference)
        let b = abs(second.difference)
        return a != b ? a > b : (first.id, first.role) < (second.id, second.role)
    }
}
