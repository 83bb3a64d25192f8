import Findings

/// The screen of two runs compared: rows and what was removed, then eval items, spelling and habits.
///
/// A value made into text; every name and value from data is shown through `TerminalText`.
package struct DiffScreen {
    let differences: RunDifferences

    /// Lines of a table on the screen.
    static let listed = 10

    package init(_ differences: RunDifferences) { self.differences = differences }

    package func text() -> String {
        (head() + rows() + removed() + slices() + evalSets() + comparison() + misspellings() + habits()
            + removedHabits() + characters() + checks() + words() + end()).joined(separator: "\n")
    }

    private func head() -> [String] {
        let runs = [differences.before, differences.after]
        var lines = zip(["A", "B"], runs).map { "\($0): \(Format.shellWord($1.path))  (\($1.command))" }
        if differences.isSameInput { lines.append("both read the same shards, byte for byte") }
        if !differences.settings.isEmpty {
            lines.append("note: made with other settings, so not every difference below is of the corpus:")
            for setting in differences.settings {
                lines.append(
                    "  \(TerminalText.sanitized(setting.name)): \(Self.short(setting.before)) -> "
                        + Self.short(setting.after))
            }
        }
        return lines
    }

    /// A value of a setting, or its beginning.
    private static func short(_ value: String) -> String {
        value == "null" ? "none" : TextTable.truncated(TerminalText.sanitized(value), to: 40)
    }

    // MARK: Rows

    private func rows() -> [String] {
        var table = TextTable([.init(""), .init("A", .right), .init("B", .right), .init("change", .right)])
        for count in differences.rows where count.before + count.after > 0 {
            let isAll = count.name == "in"
            table.append([
                count.name, isAll ? Format.number(count.before) : Self.part(count.before, count.beforeShare),
                isAll ? Format.number(count.after) : Self.part(count.after, count.afterShare),
                Self.signed(count.after - count.before),
            ])
        }
        return ["", "ROWS"] + table.lines(indent: 2)
    }

    private func removed() -> [String] {
        guard differences.before.isDeduplicated, differences.after.isDeduplicated else {
            guard differences.before.isDeduplicated != differences.after.isDeduplicated else { return [] }
            return [
                "  removed rows are not compared: \(differences.before.isDeduplicated ? "B" : "A") looked for none"
            ]
        }
        return counts("REMOVED BY KIND  of rows in", differences.removedByKind)
            + counts(
                "REMOVED BY DIFFERENCE  what separates removed rows from their keepers",
                differences.removedByDifference)
            + counts("SPARED  rows that matched and stay, by rule", differences.spared)
    }

    private func counts(_ title: String, _ counts: [RunDifferences.Count]) -> [String] {
        guard !counts.isEmpty else { return [] }
        var table = TextTable([.init(""), .init("A", .right), .init("B", .right)])
        for count in counts {
            table.append([
                count.name, Self.part(count.before, count.beforeShare),
                Self.part(count.after, count.afterShare),
            ])
        }
        return ["", title] + table.lines(indent: 2)
    }

    private func slices() -> [String] {
        guard !differences.slices.isEmpty else { return [] }
        var table = TextTable([
            .init("slice", maximumWidth: 40), .init("rows A", .right), .init("rows B", .right),
            .init("lost A", .right),
            .init("lost B", .right), .init(""),
        ])
        for slice in differences.slices.prefix(Self.listed) {
            table.append([
                "\(slice.field)=\(slice.value)", Self.part(slice.rows.before, slice.rows.beforeShare),
                Self.part(slice.rows.after, slice.rows.afterShare),
                Self.lost(slice.removed.before, slice.rows.before),
                Self.lost(slice.removed.after, slice.rows.after),
                Self.remark(slice),
            ])
        }
        return ["", "SLICES  rows of the slice (share of rows in), and the share of them that is removed"]
            + table.lines(indent: 2) + more(differences.slices.count, "slice")
    }

    private static func remark(_ slice: RunDifferences.SliceChange) -> String {
        if slice.rows.before == 0 { return "no row in A" }
        if slice.rows.after == 0 { return "no row in B" }
        if slice.isLostAfter == slice.isLostBefore { return "" }
        return slice.isLostAfter ? "WIPED OUT in B" : "wiped out in A alone"
    }

    private static func lost(_ removed: Int, _ rows: Int) -> String {
        rows == 0 ? "-" : Format.percent(Double(removed) / Double(rows))
    }

    private func evalSets() -> [String] {
        var lines: [String] = []
        for set in differences.evalSets {
            var items = "\(Format.number(set.items.after)) items"
            if set.items.before != set.items.after {
                items = "\(Format.number(set.items.before)) -> \(items)"
            }
            lines += counts(
                "EVAL \(TerminalText.sanitized(set.set))  \(items); in \(Format.number(set.rows.before)) -> "
                    + "\(Format.number(set.rows.after)) rows", set.verdicts)
            if set.verdicts.isEmpty {
                lines.append(
                    "EVAL \(TerminalText.sanitized(set.set))  the same items, in "
                        + "\(Format.number(set.rows.before)) -> \(Format.number(set.rows.after)) rows")
            }
        }
        if !differences.evalSetsOfOne.isEmpty {
            let names = differences.evalSetsOfOne.map { TerminalText.sanitized($0) }.joined(separator: ", ")
            lines.append("  eval sets of one run alone: \(names)")
        }
        return lines
    }

    // MARK: Profile

    private var isProfiled: Bool { differences.before.isProfiled && differences.after.isProfiled }

    private func misspellings() -> [String] {
        guard isProfiled else {
            // Two comparisons look for none.
            if [differences.before, differences.after].allSatisfy({ $0.command == "compare" }) { return [] }
            let without = [("A", differences.before), ("B", differences.after)].filter { !$0.1.isProfiled }
            return [
                "",
                "no profile in \(without.map(\.0).joined(separator: " and ")): `assay profile` or `assay scan` makes one",
            ]
        }
        let lines = ["", "MISSPELLINGS  rate: rows with the wrong form among rows with either"]
        guard !differences.misspellings.isEmpty else { return lines + ["  none came, went or changed"] }
        var table = TextTable([
            .init("wrong", maximumWidth: 24), .init("right", maximumWidth: 24), .init(""), .init("A", .right),
            .init("B", .right), .init("change in points"), .init("rows A", .right), .init("rows B", .right),
            .init("learned", .right),
        ])
        for form in differences.misspellings.prefix(Self.listed) {
            table.append([
                form.wrong, form.right, Self.status(form.status),
                form.before.map { Self.percent($0.rate.rate) } ?? "-",
                form.after.map { Self.percent($0.rate.rate) } ?? "-", form.difference.map(Self.change) ?? "",
                Self.rows(form.before), Self.rows(form.after),
                "\(form.before?.learnedRows ?? 0) -> \(form.after?.learnedRows ?? 0)",
            ])
        }
        var notes = more(differences.misspellings.count, "form")
        notes.append("  learned: rows where an assistant, or plain text, has the wrong form")
        if differences.misspellings.contains(where: { $0.status == .entered || $0.status == .left }) {
            notes.append(
                "  not among the first \(LanguageProfileFigures.listed): the other run may have it too, further down; "
                    + "see its misspellings.jsonl.zst")
        }
        return lines + table.lines(indent: 2) + notes
    }

    private static func status(_ status: RunDifferences.FormStatus) -> String {
        switch status {
        case .came: "came"
        case .went: "went"
        case .changed: "changed"
        case .entered: "not among the first of A"
        case .left: "not among the first of B"
        }
    }

    private static func rows(_ form: RunDifferences.Form?) -> String {
        form.map { "\(Format.number($0.rate.hits)) of \(Format.number($0.rate.of))" } ?? "-"
    }

    private func habits() -> [String] {
        guard isProfiled else { return [] }
        var lines = ["", "HABITS  rate: turns that have it"]
        lines += features(differences.habits)
        lines += [
            "  \(Format.number(differences.comparedRates)) rates compared; listed: intervals of 95 % that do not overlap "
                + "(apart), or whose difference leaves out 0 (diff)",
            "  by chance alone about \(Format.number(differences.comparedRates / 20)) would be; q: the share of chance "
                + "findings to expect among the rates with a q as small",
        ]
        lines.append("  \(units)")
        if !differences.uncompared.isEmpty {
            let names = differences.uncompared.prefix(5).map { TerminalText.sanitized($0) }.joined(
                separator: ", ")
            let rest = differences.uncompared.count - 5
            lines.append(
                "  not compared, as one run has no such turns or pattern: \(names)"
                    + (rest > 0 ? " and \(Format.number(rest)) more" : ""))
        }
        return lines
    }

    /// What the intervals are drawn by.
    private var units: String {
        func unit(_ run: RunDifferences.Run) -> String {
            run.unit + (run.authors.map { " (\(Format.number($0)) in all)" } ?? "")
        }
        let (first, second) = (unit(differences.before), unit(differences.after))
        if differences.before.unit != differences.after.unit {
            return "intervals are drawn by \(first) in A and by \(second) in B: give both the same --author"
        }
        return "intervals are drawn by \(first)" + (first == second ? "" : " in A, \(second) in B")
    }

    private func features(_ changes: [RunDifferences.HabitChange]) -> [String] {
        guard !changes.isEmpty else { return ["  no rate differs"] }
        var table = TextTable([
            .init("what", maximumWidth: 32), .init("who"), .init("A", .right), .init("B", .right),
            .init("change in points"), .init("turns A", .right), .init("turns B", .right), .init("by"),
            .init("q", .right),
        ])
        for change in changes.prefix(Self.listed) {
            let difference = change.difference
            table.append([
                change.id, change.role, Self.percent(difference.before.rate),
                Self.percent(difference.after.rate),
                Self.change(difference), Format.number(difference.before.hits),
                Format.number(difference.after.hits),
                Self.basis(difference.basis), difference.q.map(Self.chance) ?? "",
            ])
        }
        return table.lines(indent: 2) + more(changes.count, "rate")
    }

    private static func basis(_ basis: RateDifference.Basis?) -> String {
        switch basis {
        case .intervals: "apart"
        case .difference: "diff"
        case nil: "-"
        }
    }

    private func removedHabits() -> [String] {
        guard !differences.removedHabits.isEmpty else { return [] }
        return [
            "", "REMOVED ROWS  their register; rate: turns of removed rows that have it, drawn by cluster",
        ]
            + features(differences.removedHabits)
    }

    private func characters() -> [String] {
        guard isProfiled, !differences.characters.isEmpty else { return [] }
        return ["", "CHARACTERS  turns with characters that should be looked at"]
            + features(differences.characters)
    }

    private func checks() -> [String] { counts("CHECKS  rows of the profile", differences.checks) }

    private func words() -> [String] {
        guard isProfiled, !differences.words.isEmpty else { return [] }
        var table = TextTable([
            .init("role"), .init("words A", .right), .init("words B", .right), .init("unknown A", .right),
            .init("B", .right), .init("not judged A", .right), .init("B", .right), .init("turns A", .right),
            .init("turns B", .right), .init("mean words A", .right), .init("B", .right),
        ])
        for role in differences.words {
            let (old, new) = (role.before, role.after)
            table.append([
                role.role, Format.number(old.words), Format.number(new.words), Self.unknown(old),
                Self.unknown(new),
                Self.otherLanguage(old), Self.otherLanguage(new), Format.number(old.turns),
                Format.number(new.turns),
                Self.mean(old), Self.mean(new),
            ])
        }
        return ["", "WORDS"] + table.lines(indent: 2)
    }

    private static func unknown(_ words: RunDifferences.RoleWords) -> String {
        words.words == 0 ? "-" : Format.percent(Double(words.unknown) / Double(words.words))
    }

    private static func otherLanguage(_ words: RunDifferences.RoleWords) -> String {
        let all = words.words + words.otherLanguage
        return all == 0 ? "-" : Format.percent(Double(words.otherLanguage) / Double(all))
    }

    private static func mean(_ words: RunDifferences.RoleWords) -> String {
        words.turns == 0 ? "-" : Format.tenths(words.meanWords)
    }

    private func end() -> [String] {
        differences.isEmpty ? ["", "no figure differs"] : []
    }

    // MARK: Figures

    private func more(_ count: Int, _ noun: String) -> [String] {
        count > Self.listed ? ["  and \(Format.count(count - Self.listed, noun)) more: --json has all"] : []
    }

    static func part(_ count: Int, _ share: Double) -> String {
        "\(Format.number(count)) (\(percent(share)))"
    }

    private static func signed(_ value: Int) -> String { (value > 0 ? "+" : "") + Format.number(value) }

    /// `+5.8 (4.1 to 7.4)`, in percentage points.
    private static func change(_ difference: RateDifference) -> String {
        "\(Format.points(difference.change, isSigned: true)) (\(Format.points(difference.low)) to "
            + "\(Format.points(difference.high)))"
    }

    /// A share with one decimal; what is there and would be shown as 0.0 % is `<0.1 %`.
    private static func percent(_ share: Double) -> String {
        share > 0 && share < 0.0005 ? "<0.1 %" : Format.percent(share)
    }

    private static func chance(_ q: Double) -> String {
        q < 0.001 ? "<0.001" : Format.plain((q * 1000).rounded() / 1000)
    }
}
