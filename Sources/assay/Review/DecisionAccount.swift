import Findings
import Reporting
import Review

/// What the decisions on a run come to, in a few lines.
struct DecisionAccount {
    /// SHA-256 of the trail's last line.
    let digest: String
    let lines: [String]

    /// Items that are named.
    private static let named = 20

    init(_ reviewed: ReviewedRun, _ plan: ReviewedPlan?) {
        let trail = reviewed.trail
        digest = trail.head
        let reviewers = Set(trail.decisions.map(\.reviewer)).sorted().map { TerminalText.sanitized($0) }
        var lines = [
            "decisions: \(Format.count(trail.standing.count, "decision")) of \(reviewers.joined(separator: ", "))"
        ]
        if let plan {
            var parts: [String] = []
            let restored = plan.restored.count { $0.reason == .decided }
            let freed = plan.restored.count { $0.reason == .freed }
            let changed = plan.restored.count { $0.reason == .keeper }
            if restored > 0 { parts.append("\(Format.count(restored, "row")) restored") }
            if changed > 0 { parts.append("\(Format.count(changed, "row")) made keeper") }
            if freed > 0 { parts.append("\(Format.count(freed, "row")) kept that no new keeper stands for") }
            let keepers = plan.added.count { $0.rule == "keeper" }
            if keepers > 0 { parts.append("\(Format.count(keepers, "former keeper")) removed for another") }
            let overlaps = plan.added.count - keepers
            if overlaps > 0 {
                parts.append("\(Format.count(overlaps, "row")) removed that hold an eval item")
            }
            if !plan.clearedItems.isEmpty {
                parts.append("\(Format.count(plan.clearedItems.count, "eval item")) no longer flagged")
            }
            lines.append("  " + (parts.isEmpty ? "as planned" : parts.joined(separator: ", ")))
            let retired = reviewed.session.state.retired.compactMap { reviewed.table.items[$0] }
                .sorted { ($0.set, $0.ordinal) < ($1.set, $1.ordinal) }
            if !retired.isEmpty {
                let names = retired.prefix(Self.named).map { "\($0.set) \($0.item)" }.joined(separator: ", ")
                let more = retired.count > Self.named ? " and \(retired.count - Self.named) more" : ""
                lines.append("  to retire from their eval sets: \(TerminalText.sanitized(names))\(more)")
            }
            if !plan.unmatched.isEmpty {
                lines.append(
                    "  \(Format.count(plan.unmatched.count, "decision")) on rows that the plan does not name: no effect"
                )
            }
        }
        if let signOff = trail.signOff {
            let figure =
                (signOff.progress.map { "; \($0.description)" } ?? "")
                + (signOff.figure.map { "; \($0.description)" } ?? "")
            lines.append(
                "  signed off by \(TerminalText.sanitized(signOff.reviewer)), \(signOff.time): "
                    + "\(TerminalText.sanitized(signOff.statement ?? ""))\(figure)")
        } else {
            lines.append("  not signed off")
        }
        for leftover in reviewed.leftovers { lines.append("  \(leftover)") }
        self.lines = lines
    }
}
