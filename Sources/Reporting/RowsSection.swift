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
        for shard in summary.shards {
            let facts = [Self.quarantined(shard)].compactMap(\.self) + shard.notes.map(TerminalText.sanitized)
            if facts.isEmpty { continue }
            lines.append("  \(TerminalText.sanitized(shard.name)): \(facts.joined(separator: "; "))")
        }
        return lines
    }

    /// How many rows of a shard are bad, and where the first is; `nil` for none.
    static func quarantined(_ shard: RunSummary.Shard) -> String? {
        guard shard.quarantined > 0 else { return nil }
        let first = shard.firstQuarantined.map { ", the first is :\($0)" } ?? ""
        return "\(Format.number(shard.quarantined)) quarantined\(first)"
    }
}
