import Findings

@testable import NearDuplicates

/// What tests compare of a decision.
extension DedupDecision {
    /// Rows that go.
    var removed: [Int] { (0..<table.rowCount).filter { verdicts.isRemoved($0) } }

    /// `row>keeper kind difference`, or `row` alone where it stays; in order.
    var lines: [String] {
        (0..<table.rowCount).map { row in
            guard let match = verdicts.casualty(row) else { return "\(row)" }
            return "\(row)>\(match.keeper) \(match.kind.name) \(match.difference.name)"
        }
    }

    /// `row>keeper rule`, in order.
    var sparedLines: [String] {
        spared.map { "\($0.match.row)>\($0.match.keeper) \($0.rule.name(difference: $0.match.difference))" }
    }

    /// Everything that a decision says, to the last bit.
    var everything: [String] {
        func full(_ match: Match) -> String {
            "\(match.row)>\(match.keeper) \(match.kind.name) \(match.difference.name) \(match.shared)/\(match.total) "
                + "\(match.textLost.bitPattern)"
        }
        let removed = (0..<table.rowCount).compactMap { verdicts.casualty($0).map { "removed " + full($0) } }
        let counts =
            "candidates \(figures.candidates) verified \(figures.verified) prefixes \(figures.prefixRows) "
            + "unchecked \(figures.negationUnchecked) split \(figures.rowsInSplitBuckets) "
            + "missed \(figures.missedInSplitBuckets.bitPattern) same \(figures.sameSides)"
        return removed + pairs.map { "pair " + full($0) }
            + spared.map { "spared \($0.rule) " + full($0.match) }
            + ["texts \(firstOfText)", counts]
    }
}
