import Findings

extension ReportPage {
    /// Decisions that are listed.
    private static let mostDecisions = 1000

    /// `nil` for a run that nobody has reviewed.
    var decisionSection: PageSection? {
        guard let decided = content.decisions else { return nil }
        var section = PageSection(
            anchor: "decisions", heading: "Decisions",
            meaning: "what reviewers decided on the plan, and what it comes to; apply carries it out.",
            limit: "what was not looked at: an audit's figure speaks for the sample it drew alone.")
        section.blocks.append(.notes(decided.account))
        section.blocks.append(.table(rows(decided)))
        let changed = zip(summary.nearDuplicates.slices, decided.summary.nearDuplicates.slices)
            .filter { $0.after != $1.after }
        if !changed.isEmpty { section.blocks.append(.table(slices(Array(changed)))) }
        section.blocks.append(.table(list(decided)))
        return section
    }

    private func rows(_ decided: ReportContent.Decisions) -> PageTable {
        var table = PageTable(
            "Rows as planned and as decided", anchor: "decided-rows",
            [.init("rows"), .init("planned", isFigure: true), .init("decided", isFigure: true)])
        table.fill(
            [
                ("in", summary.rows.in, decided.summary.rows.in),
                ("kept", summary.rows.kept, decided.summary.rows.kept),
                ("removed", summary.rows.removed, decided.summary.rows.removed),
                ("quarantined", summary.rows.quarantined, decided.summary.rows.quarantined),
            ], most: 4
        ) { [.head($0.0), .count($0.1), .count($0.2)] }
        return table
    }

    private func slices(_ changed: [(RunSummary.SliceLoss, RunSummary.SliceLoss)]) -> PageTable {
        var table = PageTable(
            "Slices that decisions change", anchor: "decided-slices",
            [
                .init("slice"), .init("before", isFigure: true), .init("left as planned", isFigure: true),
                .init("left as decided", isFigure: true),
            ])
        table.fill(changed, most: 200) {
            [
                .head("\($0.0.field)=\($0.0.value)"), .count($0.0.before), .count($0.0.after),
                .count($0.1.after),
            ]
        }
        return table
    }

    /// Reasons and notes may quote rows, so they are shown where rows are.
    private func list(_ decided: ReportContent.Decisions) -> PageTable {
        var table = PageTable(
            "Who decided what", anchor: "decided-by",
            [
                .init("time"), .init("reviewer"), .init("decision"), .init("on"),
                .init(content.showsText ? "reason and note" : "reason and note (with --show-text)"),
            ])
        table.fill(decided.trail, most: Self.mostDecisions) { decision in
            let words = [decision.reason, decision.note, decision.statement, decision.figure?.description]
            return [
                .text(decision.time), .head(decision.reviewer), .text(decision.action.rawValue),
                .text(Self.target(decision)),
                .text(content.showsText ? words.compactMap { $0 }.joined(separator: "; ") : ""),
            ]
        }
        return table
    }

    private static func target(_ decision: Decision) -> String {
        var parts: [String] = []
        if let item = decision.item { parts.append("item \(item.item) of \(item.set)") }
        if let filter = decision.filter {
            parts.append("\(Format.count(decision.clusters ?? 0, "cluster")): \(filter.description)")
        }
        if let rows = decision.rows, let first = rows.first {
            let more = rows.count > 1 ? " and \(Format.count(rows.count - 1, "row")) more" : ""
            parts.append("\(first.shard):\(first.ordinal)\(more)")
        } else if let keeper = decision.keeper {
            parts.append("the cluster of \(keeper.shard):\(keeper.ordinal)")
        }
        return parts.joined(separator: ", ")
    }
}
