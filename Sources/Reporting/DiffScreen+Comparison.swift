import Findings

/// How the comparisons of two runs differ.
extension DiffScreen {
    func comparison() -> [String] {
        guard let change = differences.comparison else { return [] }
        var lines = ["", "COMPARISON  \(TerminalText.sanitized(change.sidesAfter))"]
        if change.sidesBefore != change.sidesAfter {
            lines[1] += ", in A \(TerminalText.sanitized(change.sidesBefore))"
        }
        if change.areas.isEmpty {
            lines.append(
                "  no verdict in \(change.apartAfter == nil ? "B" : "A"): too few rows, so areas are not compared"
            )
        } else {
            var table = TextTable([
                .init("told apart by"), .init("A", .right), .init("interval"), .init("B", .right),
                .init("interval"),
                .init(""),
            ])
            for area in change.areas {
                table.append([
                    area.name, Format.thousandths(area.before.auc), Self.interval(area.before),
                    Format.thousandths(area.after.auc), Self.interval(area.after),
                    area.isApart ? (area.after.auc > area.before.auc ? "MORE in B" : "less in B") : "",
                ])
            }
            lines += table.lines(indent: 2)
        }
        if let uncovered = change.uncovered {
            lines.append(
                "  right rows in groups that the left side does not cover: "
                    + "\(Self.part(uncovered.before, uncovered.beforeShare)) -> "
                    + Self.part(uncovered.after, uncovered.afterShare))
        }
        return lines + features(change) + lists(change)
    }

    private static func interval(_ area: ComparisonFigures.Area) -> String {
        "\(Format.thousandths(area.low)) to \(Format.thousandths(area.high))"
    }

    private func features(_ change: ComparisonDifference) -> [String] {
        guard !change.features.isEmpty else { return [] }
        var table = TextTable([
            .init("feature that stands in one run"), .init("delta A", .right), .init("delta B", .right),
        ])
        func delta(_ value: Double?) -> String {
            value.map { ($0 < 0 ? "-" : "+") + Format.thousandths(abs($0)) } ?? "-"
        }
        for feature in change.features.prefix(Self.listed) {
            table.append([feature.id, delta(feature.before), delta(feature.after)])
        }
        let rest = change.features.count - Self.listed
        return table.lines(indent: 2)
            + (rest > 0 ? ["  and \(Format.count(rest, "feature")) more: --json has all"] : [])
    }

    private func lists(_ change: ComparisonDifference) -> [String] {
        [
            ("no longer covered", change.groupsCame), ("covered now", change.groupsWent),
            ("kinds of input that are missing now", change.shapesCame),
            ("kinds of input that are missing no more", change.shapesWent),
        ].filter { !$0.1.isEmpty }.map { title, names in
            let rest = names.count - Self.listed
            return "  \(title): "
                + names.prefix(Self.listed).map { TerminalText.sanitized($0) }.joined(separator: ", ")
                + (rest > 0 ? " and \(Format.number(rest)) more" : "")
        }
    }
}
