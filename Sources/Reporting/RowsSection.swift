import Findings

/// The section ROWS of a screen: where every row is, how it was read, what is to be said of the input.
struct RowsSection {
    let summary: RunSummary
    let groups: [(mapping: String, shards: Int)]
    let notes: [String]
    /// What the rows that do not stay are called.
    let removed: String
    /// Follows the sum.
    var closing = ""
    /// What was not done with rows without text.
    let untaken: String

    func lines() -> [String] {
        let rows = summary.rows
        var lines = ["", "ROWS"]
        lines.append(
            "  \(Format.number(rows.in)) in = \(Format.number(rows.kept)) kept + \(Format.number(rows.removed)) "
                + "\(removed) + \(Format.number(rows.quarantined)) quarantined\(closing)")
        for group in groups {
            lines.append("  \(TerminalText.sanitized(group.mapping)): \(Format.count(group.shards, "shard"))")
        }
        if summary.withoutText > 0 {
            lines.append(
                "  \(Format.count(summary.withoutText, "row")) without text by this mapping, not \(untaken); name the "
                    + "fields by --text or --prompt and --response")
        }
        if !summary.complete { lines.append("  INCOMPLETE: some input could not be read to its end") }
        for note in notes { lines.append("  note: \(TerminalText.sanitized(note))") }
        for shard in summary.shards where !shard.notes.isEmpty {
            lines.append(
                "  \(TerminalText.sanitized(shard.name)): "
                    + shard.notes.map { TerminalText.sanitized($0) }.joined(separator: "; "))
        }
        return lines
    }
}
