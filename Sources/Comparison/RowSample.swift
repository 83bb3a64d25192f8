import Findings

/// The drawn rows of both sides, the left ones first, with their components.
package struct RowSample: Sendable {
    package private(set) var rows: [SampledRow]
    package private(set) var components: SampleComponents
    package private(set) var isRight: [Bool]
    /// Rows of the largest component, before copies were left out.
    package private(set) var largestComponent = 0
    /// How many rows of its weight each row stands for: more than one where copies were left out.
    private(set) var multiplicity: [Double] = []
    /// Rows left out as copies of a row of their side in a component that is too large for a fold.
    package private(set) var copiesLeftOut = 0

    /// By side, a row of its most frequent text, with the text's share of either side's rows before copies were left out;
    /// a side of which no text is frequent has none.
    package private(set) var repeated:
        [ComparisonSide: (row: SampledRow, share: Double, otherShare: Double)] = [:]

    /// Share of a side's rows from which a text is frequent; chosen.
    private static let leastRepeated = 0.05
    /// Rows of both sides from which a share says something; chosen.
    private static let leastRows = 40

    /// - Parameters:
    ///   - rows: the left rows, then the right ones.
    ///   - roots: for each row any number that the rows of its component share.
    package init(_ rows: [SampledRow], roots: [Int]) {
        self.rows = rows
        components = SampleComponents(roots: roots)
        isRight = rows.map { $0.side == .right }
        largestComponent = components.sizes.max() ?? 0
        multiplicity = Array(repeating: 1, count: rows.count)
        findRepeated()
        leaveOutCopies()
    }

    private mutating func findRepeated() {
        var counts: [[UInt8]: (rows: [Double], first: [Int])] = [:]
        var all = [0.0, 0.0]
        guard rows.count >= Self.leastRows else { return }
        for (number, row) in rows.enumerated() {
            let side = isRight[number] ? 1 : 0
            all[side] += row.weight
            counts[row.text, default: ([0, 0], [-1, -1])].rows[side] += row.weight
            if counts[row.text]?.first[side] == -1 { counts[row.text]?.first[side] = number }
        }
        for (side, other, key) in [(0, 1, ComparisonSide.left), (1, 0, .right)] {
            guard
                let most = counts.values.max(by: {
                    ($0.rows[side], -$0.first[side]) < ($1.rows[side], -$1.first[side])
                }), most.rows[side] >= Self.leastRepeated * all[side], most.first[side] >= 0
            else { continue }
            repeated[key] = (
                rows[most.first[side]], most.rows[side] / all[side], most.rows[other] / max(1, all[other])
            )
        }
    }

    /// By row.
    var weights: [Double] { rows.map(\.weight) }

    /// What weighted draws are worth: the square of their sum over the sum of their squares (Kish 1965).
    static func effective(_ weights: some Sequence<Double>) -> Double {
        var sum = 0.0
        var squares = 0.0
        for weight in weights {
            sum += weight
            squares += weight * weight
        }
        return squares > 0 ? sum * sum / squares : 0
    }

    package func count(_ side: ComparisonSide) -> Int { rows.count { $0.side == side } }

    /// A component of over a fold's share would leave the other folds nothing to be tested on: of its rows with equal
    /// text one a side stays.
    private mutating func leaveOutCopies() {
        let sizes = components.sizes
        let most = Int(Double(rows.count) * TwoSampleTest.largestShare)
        guard largestComponent > most else { return }
        var seen: [ComparisonSide: [[UInt8]: Int]] = [:]
        var kept: [Int] = []
        for (number, row) in rows.enumerated() {
            let isLarge = sizes[components.ofRow[number]] > most
            if isLarge, let first = seen[row.side]?[row.text] {
                multiplicity[first] += row.weight / rows[first].weight
                continue
            }
            if isLarge { seen[row.side, default: [:]][row.text] = number }
            kept.append(number)
        }
        multiplicity = kept.map { multiplicity[$0] }
        copiesLeftOut = rows.count - kept.count
        components = components.restricted(to: kept)
        rows = kept.map { rows[$0] }
        isRight = rows.map { $0.side == .right }
    }
}
