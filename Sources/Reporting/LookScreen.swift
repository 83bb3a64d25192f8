import Findings

/// What `look` prints: a page about the corpus as a scan would read it, ending in the command to type next.
package struct LookScreen {
    private let figures: LookFigures

    /// Lines that each list holds.
    static let listed = 12
    /// Values of a field that are shown.
    static let values = 6

    package init(_ figures: LookFigures) { self.figures = figures }

    package func text() -> String {
        let lines =
            head() + notes() + rows() + prompts() + outside() + slices() + special() + estimate() + end()
        return lines.joined(separator: "\n")
    }

    private func head() -> [String] {
        let sample = figures.sample
        let places =
            sample.shards < figures.shards
            ? "\(Format.number(sample.shards)) of \(Format.count(figures.shards, "shard")), evenly spread"
            : Format.count(figures.shards, "shard")
        let extent =
            sample.isWhole
            ? "all \(Format.count(sample.rows, "row"))" : "the first \(Format.count(sample.rows, "row"))"
        var lines = ["Looked at \(extent) of \(places)", "", "SHARDS  as a scan maps them; ~ is an estimate"]
        var table = TextTable([
            .init("mapping", maximumWidth: 60), .init("format"), .init("shards", .right),
            .init("bytes", .right),
            .init("rows", .right),
        ])
        let about = sample.isWhole ? "" : "~"
        for group in figures.groups.prefix(Self.listed) {
            let packed = group.compression == "none" ? "" : ".\(group.compression == "gzip" ? "gz" : "zst")"
            table.append([
                group.mapping, group.format + packed, Format.number(group.shards), Self.bytes(group.bytes),
                about + Format.number(group.rows),
            ])
        }
        lines += table.lines(indent: 2)
        lines += more(figures.groups.count)
        return lines
    }

    private func notes() -> [String] {
        var lines: [String] = []
        for shard in figures.unreadable {
            lines.append("  UNREADABLE \(shown(shard.example)): \(shown(shard.text))")
        }
        for note in figures.notes {
            let place = note.example.isEmpty ? "" : note.shards == 1 ? "\(shown(note.example)): " : ""
            let count =
                note.shards > 1 ? " (\(Format.number(note.shards)) shards, as \(shown(note.example)))" : ""
            lines.append("  note: \(place)\(shown(note.text))\(count)")
        }
        for names in figures.identicalHeads.prefix(Self.listed) {
            let list = names.prefix(4).map(shown).joined(separator: ", ")
            lines.append(
                "  the same first rows: \(list)\(names.count > 4 ? ", and \(names.count - 4) more" : "")")
        }
        if lines.isEmpty { return [] }
        return ["", "NOTES"] + lines
    }

    private func rows() -> [String] {
        let sample = figures.sample
        let read = sample.rows - sample.badRows
        var lines = ["", "ROWS"]
        let roles = figures.roles.sorted.sorted { $0.count > $1.count }
            .map { "\($0.name) \(Format.number($0.count))" }.joined(separator: ", ")
        lines.append("  turns: \(roles.isEmpty ? "none" : roles)")
        if !figures.unknownSpeakers.isEmpty {
            let names = figures.unknownSpeakers.sorted.prefix(Self.values).map { shown($0.name) }.joined(
                separator: ", ")
            lines.append("  speakers of no known format, taken for the user: \(names)")
        }
        if sample.withoutText > 0 {
            lines.append(
                "  \(Format.number(sample.withoutText)) of \(Format.count(read, "row")) "
                    + "(\(Format.percent(share(sample.withoutText, of: read)))) map to no text and would never match"
            )
            if let unmapped = figures.unmapped {
                var line =
                    "    \(options(unmapped.options)) would map \(Format.number(unmapped.rows)) of them"
                if !unmapped.shards.isEmpty, unmapped.shards.count < sample.shards {
                    let names = unmapped.shards.prefix(3).map(shown).joined(separator: ", ")
                    let rest = unmapped.shards.count > 3 ? ", …" : ""
                    line += "; it holds for all shards: scan apart from the others \(names)\(rest)"
                }
                lines.append(line)
            } else {
                lines.append("    no field of theirs reads as text; --text FIELD names one")
            }
        }
        for bad in figures.badRows.prefix(Self.listed) {
            lines.append(
                "  \(Format.count(bad.rows, "row")) set aside as \(bad.code), the first "
                    + "\(shown(bad.shard)):\(bad.ordinal)")
        }
        return lines
    }

    private func prompts() -> [String] {
        let system = figures.systemPrompts
        guard system.rows > 0 else { return [] }
        return [
            "  system prompts: \(Format.number(system.distinct)) distinct in \(Format.count(system.rows, "row")); the "
                + "commonest (\(Self.bytes(system.commonestBytes))) in "
                + "\(Format.percent(share(system.commonestRows, of: system.rows))) of these; not compared by default"
        ]
    }

    private func outside() -> [String] {
        guard !figures.leftOut.isEmpty else { return [] }
        var lines = [
            "",
            "TEXT LEFT OUT  fields that read as text and are not compared; --text, --prompt, --response set it",
        ]
        for field in figures.leftOut.prefix(6) {
            lines.append(
                "  \(shown(field.path))  \(coverage(field)), \(Self.bytes(Int(field.meanBytes))) in the mean")
        }
        if let incomplete = figures.incomplete {
            lines.append("  to compare them too: \(options(incomplete.options))")
        }
        return lines
    }

    private func slices() -> [String] {
        var lines = [
            "", "SLICES  fields whose values tell groups of rows apart: losses are reported by --slice FIELD",
        ]
        if figures.slices.isEmpty {
            lines.append("  none; a scan still reports by shard, script, length, turns and by words")
        }
        var table = TextTable([
            .init("field", maximumWidth: 40), .init("values", .right), .init("rows with it", .right),
            .init("commonest", maximumWidth: 70),
        ])
        for field in figures.slices.prefix(Self.listed) {
            table.append([
                shown(field.path), field.values.map(Format.number) ?? "many",
                Format.percent(share(field.rows, of: rowsRead)), common(field),
            ])
        }
        if !table.isEmpty { lines += table.lines(indent: 2) }
        lines += more(figures.slices.count)
        return lines
    }

    private func special() -> [String] {
        var lines: [String] = []
        if !figures.labels.isEmpty {
            lines.append(
                "  label: \(list(figures.labels)); rows of one text with other labels are never removed")
        }
        if !figures.conversations.isEmpty { lines.append("  conversation: \(list(figures.conversations))") }
        return lines
    }

    private func list(_ fields: [LookFigures.Field]) -> String {
        fields.prefix(Self.values).map { field in
            let values = field.values.map { Format.count($0, "value") + ", " } ?? ""
            return "\(shown(field.path)) (\(values)\(coverage(field)))"
        }.joined(separator: ", ")
    }

    private func estimate() -> [String] {
        let estimate = figures.estimate
        var lines = ["", "A SCAN  by rates measured elsewhere: within a factor of two or three"]
        lines.append(
            "  ~\(Format.number(estimate.rows)) rows, \(Self.bytes(estimate.inflatedBytes)) inflated, "
                + "\(Self.bytes(estimate.comparedBytes)) compared: ~\(Self.duration(estimate.seconds)) on "
                + "\(Format.count(estimate.threads, "thread")), ~\(Self.bytes(estimate.memoryBytes)) of memory, "
                + (estimate.scratchBytes == 0
                    ? "no scratch" : "~\(Self.bytes(estimate.scratchBytes)) of scratch"))
        return lines
    }

    private func end() -> [String] {
        figures.command.isEmpty ? [] : ["", figures.command.map(Format.shellWord).joined(separator: " ")]
    }

    // MARK: Words

    private var rowsRead: Int { figures.sample.rows - figures.sample.badRows }

    private func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    private func coverage(_ field: LookFigures.Field) -> String {
        "\(Format.percent(share(field.rows, of: rowsRead))) of rows"
    }

    private func common(_ field: LookFigures.Field) -> String {
        let shownValues = field.commonest.sorted.sorted { $0.count > $1.count }.prefix(Self.values)
        let text = shownValues.map { "\(shown($0.name)) \(Format.number($0.count))" }.joined(separator: ", ")
        return (field.values ?? 0) > shownValues.count ? text + ", …" : text
    }

    private func options(_ words: [String]) -> String { words.map(Format.shellWord).joined(separator: " ") }

    private func more(_ count: Int) -> [String] {
        count > Self.listed ? ["  and \(Format.number(count - Self.listed)) more: --json"] : []
    }

    private func shown(_ text: String) -> String { TerminalText.sanitized(text) }

    /// `912 B`, `4.2 MB`; powers of ten.
    static func bytes(_ count: Int) -> String {
        if count < 1000 { return "\(count) B" }
        var value = Double(count)
        for unit in ["kB", "MB", "GB", "TB"] {
            value /= 1000
            if value < 999.95 || unit == "TB" {
                let tenths = Int((value * 10).rounded())
                return value < 10
                    ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int(value.rounded())) \(unit)"
            }
        }
        return "\(count) B"
    }

    /// `4 s`, `12 min`, `3.5 h`.
    static func duration(_ seconds: Double) -> String {
        if seconds < 1 { return "1 s" }
        if seconds < 120 { return "\(Int(seconds.rounded(.up))) s" }
        if seconds < 7200 { return "\(Int((seconds / 60).rounded())) min" }
        return "\(Int((seconds / 3600).rounded())) h"
    }
}
