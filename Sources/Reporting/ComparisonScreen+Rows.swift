import Findings

/// What was read and drawn of both sides, and what makes them hard to compare.
extension ComparisonScreen {
    func input() -> [String] {
        var lines = ["", "ROWS"]
        var table = TextTable([
            .init("side", maximumWidth: 24), .init("rows", .right), .init("quarantined", .right),
            .init("without text", .right), .init("sampled", .right), .init("distinct", .right),
            .init("turns a row", .right),
        ])
        for side in [figures.left, figures.right] {
            table.append([
                side.name, Format.number(side.rows), Format.number(side.quarantined),
                Format.number(side.withoutText), Format.number(side.sampled), Format.number(side.components),
                Format.plain((side.turns * 10).rounded() / 10),
            ])
        }
        lines += table.lines(indent: 2)
        lines.append(
            "  compared: \(figures.firstTurnOnly ? "the first turn" : "turns") of \(figures.roles.joined(separator: ", ")), and "
                + "plain text; seed \(figures.seed); distinct: duplicates (similarity from .6 on) are counted once"
        )
        lines += remarks()
        for shard in figures.left.incompleteShards + figures.right.incompleteShards {
            lines.append("  INCOMPLETE: \(TerminalText.sanitized(shard))")
        }
        for note in notes { lines.append("  note: \(TerminalText.sanitized(note))") }
        return lines
    }

    /// Bounds that were met and what makes the sides hard to compare.
    private func remarks() -> [String] {
        var lines: [String] = []
        if figures.hasOtherTurns {
            lines.append(
                "  one side's rows have far more turns: compare first turns by --first-turn, or split rows into turns"
            )
        }
        if let least = figures.perValue, let left = figures.left.effectiveRows,
            let right = figures.right.effectiveRows
        {
            lines.append(
                "  drawn with at least \(Format.count(least, "row")) of each value and weighted back: worth "
                    + "\(Format.number(Int(left.rounded()))) and \(Format.number(Int(right.rounded()))) rows drawn alike"
            )
        }
        if figures.copiesLeftOut > 0 {
            lines.append(
                "  one group of duplicates has \(Format.count(figures.largestComponent, "row")), over a fifth of the sample: "
                    + "one row of each text was kept, \(Format.number(figures.copiesLeftOut)) left out")
        }
        for side in [figures.left, figures.right] {
            guard let most = side.repeated else { continue }
            let other = side.name == figures.left.name ? right : left
            lines.append(
                "  \(Format.percent(most.share)) of \(TerminalText.sanitized(side.name)) rows are one text "
                    + "(\(TerminalText.sanitized(figures.name(of: most.place, side: side.name)))), \(Format.percent(most.otherShare)) of "
                    + other)
        }
        if let doubt = figures.coverage?.sliceDoubt, let field = figures.slice {
            lines.append(
                "  --slice \(TerminalText.sanitized(field)): "
                    + (doubt == .smallValues
                        ? "most rows of \(right) lie in values of under ten sampled rows, which tells nothing"
                        : "no value is on both sides (are they written alike?)")
                    + "; coverage is told by words")
        }
        for (side, other) in [(figures.left, right), (figures.right, left)] {
            guard let field = figures.slice, side.withSlice == 0 else { continue }
            lines.append(
                "  --slice \(TerminalText.sanitized(field)): no row of \(TerminalText.sanitized(side.name)) has it, rows of "
                    + "\(other) do: areas are not matched, and nothing tells what of a value "
                    + "\(TerminalText.sanitized(side.name)) has")
        }
        let cut = figures.left.cut + figures.right.cut
        if cut > 0 {
            lines.append(
                "  \(Format.count(cut, "sampled row")) longer than 4,096 bytes: compared by the beginning")
        }
        if figures.pairsLeftOut > 0 {
            lines.append(
                "  \(Format.count(figures.pairsLeftOut, "pair")) in crowded buckets not looked at for duplicates"
            )
        }
        return lines
    }
}
