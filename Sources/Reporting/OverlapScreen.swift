import Findings

/// The screen of an overlap run: for each eval set first what is flagged, then where it stands.
///
/// A value made into text; every name and value from data is shown through `TerminalText`.
package struct OverlapScreen {
    private let summary: RunSummary
    private let groups: [(mapping: String, shards: Int)]
    private let notes: [String]
    private let runPath: String
    private let samples: [OverlapSample]?

    /// Lines that each list holds.
    static let listed = 10

    /// - Parameter samples: row text for `--show-text`; `nil` leaves all of it out.
    package init(
        summary: RunSummary, groups: [(mapping: String, shards: Int)], notes: [String], runPath: String,
        samples: [OverlapSample]? = nil
    ) {
        self.summary = summary
        self.groups = groups
        self.notes = notes
        self.runPath = runPath
        self.samples = samples
    }

    private var figures: EvalOverlapFigures { summary.evalOverlap ?? EvalOverlapFigures() }

    package func text() -> String {
        var lines = sets()
        lines += sections() + gates()
        lines += input()
        lines += end()
        return lines.joined(separator: "\n")
    }

    /// What stands between the sets and the end: also a part of a scan's screen.
    package func sections() -> [String] {
        mass() + shared() + slices() + shown() + doors() + cues() + power()
    }

    /// The first lines: each set's items, by what was found.
    package func sets() -> [String] {
        var lines = ["EVAL ITEMS IN THE TRAINING ROWS  flagged + unflagged + uncheckable"]
        if summary.rows.in - summary.rows.quarantined - summary.withoutText <= 0 {
            lines.append("  NOTHING WAS SEARCHED: no row with text could be read, so unflagged says nothing")
        } else {
            for set in figures.sets where set.searchedRows == 0 {
                lines.append(
                    "  NOTHING WAS SEARCHED FOR \(TerminalText.sanitized(set.name)): every input is that set, so "
                        + "unflagged says nothing")
            }
        }
        for set in figures.sets {
            lines.append(
                "  \(TerminalText.sanitized(set.name)): \(Format.count(set.items, "item")) = "
                    + "\(Format.number(set.flaggedItems)) flagged (\(share(set.flaggedItems, set.items))) + "
                    + "\(Format.number(set.unflaggedItems)) unflagged + "
                    + "\(Format.number(set.uncheckable.total)) uncheckable; in \(Format.count(set.rows, "row"))"
            )
            for shard in set.inputShards {
                lines.append(
                    "    THE INPUT \(TerminalText.sanitized(shard)) IS THIS SET: whoever trains on it trains on its "
                        + "items; left out of the search for it")
            }
            if !set.fields.isEmpty {
                lines.append("    fields: \(TerminalText.sanitized(set.fields.joined(separator: ", ")))")
            }
            if !set.flagged.isEmpty {
                let verdicts = OverlapVerdict.allCases.filter { set.flagged[$0.name] > 0 }
                lines.append(
                    "    flagged: "
                        + verdicts.map { "\(Format.number(set.flagged[$0.name])) \($0.name)" }
                        .joined(separator: ", "))
                let fans = ["1", "2-9", "10-99", "100+"].filter { set.fanOut[$0] > 0 }
                lines.append(
                    "    by rows an item: "
                        + fans.map { "\(Format.number(set.fanOut[$0])) in \($0)" }.joined(separator: ", "))
                lines.append("    compute this score again without the flagged items, or report both")
            }
            if !set.uncheckable.isEmpty {
                let reasons = set.uncheckable.sorted.map { "\(Format.number($0.count)) \($0.name)" }
                lines.append("    uncheckable, never counted as clean: \(reasons.joined(separator: ", "))")
                let names = set.uncheckableItems.prefix(5).map { TerminalText.sanitized($0.item) }
                let more = set.uncheckable.total > names.count ? ", … (select * from uncheckable_items)" : ""
                lines.append("      items \(names.joined(separator: ", "))\(more)")
            }
            if set.quarantined > 0 { lines += quarantine(set) }
            if !set.labels.isEmpty {
                let labels = set.labels.sorted.map { "\(Format.number($0.count)) \($0.name)" }
                lines.append("    labels, not flagged: \(labels.joined(separator: ", "))")
            }
            if set.discounted.ngrams > 0 {
                lines.append(
                    "    discounted as boilerplate of both sides: \(Format.count(set.discounted.ngrams, "n-gram")) of "
                        + "\(Format.count(set.discounted.items, "item")), in up to "
                        + Format.count(set.discounted.rows, "row"))
            }
        }
        for control in figures.control {
            lines.append(
                "  control \(TerminalText.sanitized(control.name)): \(Format.number(control.flagged)) of "
                    + "\(Format.count(control.items, "item")) flagged"
                    + (control.quarantined > 0
                        ? ", \(Format.count(control.quarantined, "record")) could not be read" : "")
                    + ": the background rate")
            for shard in control.inputShards {
                lines.append(
                    "    THE INPUT \(TerminalText.sanitized(shard)) IS THIS SET: its items are training rows; name a "
                        + "control set that cannot have leaked")
            }
        }
        return lines
    }

    /// Records that could not be read: which, why, and what to do.
    private func quarantine(_ set: EvalOverlapFigures.EvalSetFigures) -> [String] {
        var lines = [
            "    quarantined: \(Format.count(set.quarantined, "record")) could not be read; mend the file and run again"
        ]
        for bad in set.badRecords.prefix(3) {
            lines.append(
                "      \(TerminalText.sanitized(bad.file)):\(bad.record)  \(bad.code): "
                    + TerminalText.sanitized(bad.message))
        }
        if set.quarantined > 3 {
            lines.append("      and \(Format.number(set.quarantined - 3)) more: summary.json")
        }
        return lines
    }

    private func share(_ part: Int, _ whole: Int) -> String {
        Format.percent(whole == 0 ? 0 : Double(part) / Double(whole))
    }

    private func mass() -> [String] {
        guard !figures.mass.isEmpty else { return [] }
        var lines = ["", "MASS FINDINGS  single items in very many rows: the worst leaks"]
        var table = TextTable([
            .init("set"), .init("item", maximumWidth: 40), .init("rows", .right), .init("verdict"),
        ])
        for finding in figures.mass.prefix(Self.listed) {
            table.append([finding.set, finding.item, Format.number(finding.rows), finding.verdict])
        }
        lines += table.lines(indent: 2)
        if figures.mass.count > Self.listed { lines.append("  and more: summary.json") }
        return lines
    }

    private func shared() -> [String] {
        guard !figures.sharedTurns.isEmpty else { return [] }
        var lines = ["", "SAME TURN IN SEVERAL ROWS  matched as one"]
        var table = TextTable([
            .init("set"), .init("item", maximumWidth: 40), .init("verdict"), .init("role"),
            .init("rows", .right), .init("first", maximumWidth: 52),
        ])
        for turn in figures.sharedTurns.prefix(Self.listed) {
            table.append([
                turn.set, turn.item, turn.verdict, turn.role, Format.number(turn.rows),
                "\(turn.shard):\(turn.ordinal)",
            ])
        }
        lines += table.lines(indent: 2)
        if figures.sharedTurns.count > Self.listed { lines.append("  and more: summary.json") }
        return lines
    }

    private func slices() -> [String] {
        guard !figures.slices.isEmpty else { return [] }
        var lines = ["", "WHERE  rows with a flagged item, by slice and source"]
        var table = TextTable([
            .init("slice", maximumWidth: 52), .init("rows", .right), .init("of", .right),
            .init("share", .right),
        ])
        for slice in figures.slices.prefix(Self.listed) {
            table.append([
                "\(slice.field)=\(slice.value)", Format.number(slice.rows), Format.number(slice.of),
                share(slice.rows, slice.of),
            ])
        }
        lines += table.lines(indent: 2)
        if figures.slices.count > Self.listed { lines.append("  and more: summary.json") }
        return lines
    }

    private func shown() -> [String] {
        guard let samples, !samples.isEmpty else { return [] }
        var lines = ["", "SIDE BY SIDE  bytes of the turn and of the item"]
        for sample in samples {
            lines.append(
                "  \(TerminalText.sanitized(sample.shard)):\(sample.ordinal) \(sample.role) turn \(sample.turn)  "
                    + "\(TerminalText.sanitized(sample.set)) \(TerminalText.sanitized(sample.item))  "
                    + "\(sample.verdict.name), coverage \(Format.percent(sample.coverage))")
            lines.append(
                "    row  \(sample.rowRange.lowerBound)-\(sample.rowRange.upperBound): "
                    + TerminalText.sanitized(sample.rowText))
            lines.append(
                "    item \(sample.itemRange.lowerBound)-\(sample.itemRange.upperBound): "
                    + TerminalText.sanitized(sample.itemText))
        }
        return lines
    }

    private func doors() -> [String] {
        guard !figures.doors.isEmpty else { return [] }
        let lines = ["", "DOORS  how items came in"]
        var table = TextTable([
            .init("door"), .init("set"), .init("rows", .right), .init("items", .right),
            .init("what was found"),
        ])
        for door in figures.doors {
            table.append([
                door.door, door.set, Format.number(door.rows), Format.number(door.items), door.detail,
            ])
        }
        return lines + table.lines(indent: 2)
    }

    private func cues() -> [String] {
        guard let rubric = figures.rubric else { return [] }
        let what =
            rubric.baselineRows == nil
            ? "verbatim only: no --baseline to compare with" : "more frequent than in the baseline"
        var lines = [
            "", "RUBRIC CUES  phrases of the rubric in assistant turns; \(what)",
            "  \(Format.number(rubric.found)) of \(Format.count(rubric.phrases, "phrase")) "
                + "(\(Format.number(rubric.quoted)) quoted) in \(Format.count(rubric.rows, "row")) with an assistant "
                + "turn" + (rubric.baselineRows.map { "; baseline \(Format.count($0, "row"))" } ?? ""),
        ]
        if rubric.rows == 0 { lines.append("  no row has an assistant turn by this mapping") }
        if figures.cues.isEmpty { return lines + ["  none stands out"] }
        let hasBaseline = rubric.baselineRows != nil
        var columns: [TextTable.Column] = [
            .init("phrase", maximumWidth: 48), .init("rows", .right), .init("share", .right),
        ]
        if hasBaseline { columns += [.init("baseline", .right), .init("times by words", .right)] }
        var table = TextTable(columns + [.init("")])
        for cue in figures.cues.prefix(Self.listed) {
            var cells = [cue.phrase, Format.number(cue.rows), share(cue.rows, cue.of)]
            if hasBaseline { cells += [share(cue.baselineRows ?? 0, cue.baselineOf ?? 0), times(cue)] }
            table.append(cells + [cue.isQuoted ? "quoted" : ""])
        }
        lines += table.lines(indent: 2)
        if figures.cues.count > Self.listed { lines.append("  and more: summary.json") }
        return lines
    }

    /// How many times as frequent as in the baseline.
    private func times(_ cue: EvalOverlapFigures.Cue) -> String {
        guard let others = cue.baselineOccurrences, let words = cue.baselineWords else { return "-" }
        guard others > 0, cue.words > 0 else { return "only here" }
        let times = Double(cue.occurrences) * Double(words) / (Double(cue.words) * Double(others))
        return times < 10 ? "\(Int(times * 10) / 10).\(Int(times * 10) % 10)" : Format.number(Int(times))
    }

    /// Sets beside each other in the table of power.
    private static let setsAbreast = 7

    private func power() -> [String] {
        guard !figures.sets.isEmpty else { return [] }
        var lines = ["", "POWER  recall of planted edits of your own items"]
        let measured = figures.sets.map(\.name).filter { name in
            figures.power.contains { $0.set == name && $0.planted > 0 }
        }
        for first in stride(from: 0, to: measured.count, by: Self.setsAbreast) {
            let sets = measured[first..<min(first + Self.setsAbreast, measured.count)]
            var table = TextTable([.init("edit")] + sets.map { .init($0, .right, maximumWidth: 16) })
            let powers = sets.map { name in figures.power.filter { $0.set == name } }
            table.append(["items planted"] + powers.map { Format.number($0.first?.planted ?? 0) })
            // A class that a set's items do not allow is not in its list.
            let edits = powers.max { $0.count < $1.count }?.map(\.edit) ?? []
            for edit in edits {
                table.append(
                    [edit]
                        + powers.map { ofSet in
                            ofSet.first { $0.edit == edit }.map { wholePercent($0.rightItem, $0.planted) }
                                ?? "-"
                        })
            }
            lines += table.lines(indent: 2)
        }
        for set in figures.sets where !measured.contains(set.name) {
            let reason =
                set.checkable == 0 ? "no item can be checked" : "nothing planted (--plant 0, or no questions)"
            lines.append("  \(TerminalText.sanitized(set.name)): not measured: \(reason)")
        }
        for text in Set(figures.sets.map(\.outOfReach)).sorted() {
            lines.append("  \(TerminalText.sanitized(text))")
        }
        return lines
    }

    private func wholePercent(_ part: Int, _ whole: Int) -> String {
        "\(whole == 0 ? 0 : part * 100 / whole) %"
    }

    private func gates() -> [String] {
        let own = summary.gates.filter { $0.name == .maxOverlapItems }
        guard !own.isEmpty else { return [] }
        return ["", "GATES"] + own.map { "  " + GateText.line($0) }
    }

    private func input() -> [String] {
        RowsSection(
            summary: summary, groups: groups, notes: notes, removed: "in the plan", untaken: "searched"
        ).lines()
    }

    private func end() -> [String] {
        var lines = [""]
        for cause in summary.causes { lines.append("exit: \(TerminalText.sanitized(cause.message))") }
        lines.append("run: \(Format.shellWord(runPath))    next: \(next())")
        return lines
    }

    /// The same advice as a dedup's after a broken shard or bad rows.
    private func next() -> String {
        if let shard = summary.shards.first(where: { $0.state != .complete }) {
            return
                "copy \(TerminalText.sanitized(shard.name)) again from its source, then repeat this command"
        }
        let store = "sqlite3 \(Format.shellWord(runPath + "/findings.sqlite"))"
        if summary.causes.contains(where: { $0.code == .badRows }) {
            return "\(store) 'select * from quarantine'"
        }
        if summary.rows.removed > 0 {
            let failed = Set(summary.gates.filter { !$0.passed }.map(\.name.rawValue)).sorted()
            return "assay apply \(Format.shellWord(runPath)) --out cleaned/"
                + failed.map { " --accept gate:\($0)" }.joined()
        }
        if figures.sets.contains(where: { $0.flaggedItems > 0 }) {
            return "\(store) 'select * from flagged_items'"
        }
        let list = "unflagged items: \(Format.shellWord(runPath + "/unflagged-items.txt"))"
        return figures.sets.contains { !$0.uncheckable.isEmpty }
            ? "\(store) 'select * from uncheckable_items'; \(list)" : list
    }
}
