extension RowExplanation {
    /// The explanation as lines for a terminal.
    package func text() -> String {
        var lines = ["\(row.text)  \(headline)"]
        for near in nearest {
            lines.append("  nearest     \(near.row.text), similarity \(Format.thousandths(near.similarity))")
        }
        if let weight { lines.append("  weight      \(Format.thousandths(weight))") }
        if isOfComparison, nearest.isEmpty, weight == nil {
            lines.append(
                "  no figures  nearest rows are of sampled rows of the right side, weights of the left one's rows with text"
            )
        }
        if let match { lines += self.lines(match) }
        if let cluster, !cluster.members.isEmpty { lines += self.lines(cluster) }
        if let language { lines += self.lines(language) }
        for word in decisions {
            lines.append(
                "  decision    \(word.action) by \(TerminalText.sanitized(word.reviewer)), "
                    + TerminalText.sanitized(word.time))
        }
        if !overlaps.isEmpty { lines += overlapLines() }
        if let quarantine {
            lines.append("  code        \(TerminalText.sanitized(quarantine.code))")
            lines.append("  reason      \(TerminalText.sanitized(quarantine.message))")
            lines.append("  byte        \(Format.number(quarantine.byteOffset)) of the shard's text")
        }
        for (place, line) in advice.enumerated() where decided == nil {
            lines.append("  \(place == 0 ? adviceTitle : "           ") \(TerminalText.sanitized(line))")
        }
        if let diff {
            lines += ["", "  [-in this row alone-] {+in its keeper alone+}"]
            lines += diff.lines(indent: 4)
        }
        if let diffNote { lines += ["", "  \(TerminalText.sanitized(diffNote))"] }
        return lines.joined(separator: "\n")
    }

    private var adviceTitle: String {
        switch status {
        case .removed: "to keep it "
        case .spared: "to drop it "
        default: "what to do "
        }
    }

    private var headline: String {
        switch decided {
        case "kept":
            "STAYS by a reviewer's decision; the plan removes it (rule \(match?.rule ?? plannedVerdict ?? ""))"
        case "removed": "GOES by a reviewer's decision; the plan keeps it"
        default: planned
        }
    }

    private var planned: String {
        switch status {
        case .removed: "REMOVED by rule \(match?.rule ?? plannedVerdict ?? "")"
        case .spared: "STAYS although it matched: spared by rule \(TerminalText.sanitized(match?.rule ?? ""))"
        case .quarantined: "QUARANTINED: a bad row, in no output"
        case .kept:
            if let cluster {
                "STAYS as the keeper of \(Format.count(cluster.removed, "removed row"))"
            } else if let first = overlaps.first {
                "STAYS: holds \(Format.count(overlaps.count, "eval item")), first verdict \(first.verdict), none planned"
            } else if let set = isOfSets.first {
                "STAYS, but its shard IS the eval set \(TerminalText.sanitized(set)): the row is an item of it"
            } else if isOfComparison {
                "is only compared: a comparison removes nothing"
            } else if isOfProfile {
                "is only profiled: a profile looks for no duplicates and removes nothing"
            } else if isOfOverlap {
                "STAYS: no eval item was found in it"
            } else if row.corpus == "training" {
                "STAYS: no kept row matches it" + without
            } else {
                "is of an existing corpus, which is never touched"
            }
        }
    }

    /// A row without text is in no search.
    private var without: String {
        rowsWithoutText == 0
            ? ""
            : "; or it has no text by the mapping, as \(Format.count(rowsWithoutText, "row")) of the run, and was not "
                + "compared"
    }

    /// Eval items that are named.
    private static let listedItems = 10

    private func overlapLines() -> [String] {
        var lines = ["  eval items"]
        var table = TextTable([
            .init(""), .init("", maximumWidth: 40), .init(""), .init(""), .init(""), .init("", .right),
        ])
        for line in overlaps.prefix(Self.listedItems) {
            table.append([
                line.set, line.item, line.verdict, line.component, "\(line.role) turn \(line.turn)",
                "coverage \(Format.percent(line.coverage))",
            ])
        }
        lines += table.lines(indent: 4)
        if overlaps.count > Self.listedItems {
            lines.append(
                "    and \(Format.number(overlaps.count - Self.listedItems)) more: overlaps.jsonl.zst")
        }
        for line in overlaps.prefix(Self.listedItems) {
            guard let row = line.rowText, let item = line.itemText else { continue }
            lines.append(TerminalText.sanitized("    \(line.set) \(line.item), \(line.verdict)"))
            let sides = row.utf8.elementsEqual(item.utf8) ? [("both", row)] : [("row ", row), ("item", item)]
            for (side, text) in sides {
                let inert = TerminalText.sanitized(Self.cut(text).replacing("\n", with: " ⏎ "))
                for (place, part) in DiffSample.wrapped(inert, width: 100).enumerated() {
                    lines.append("      \(place == 0 ? side : "    ")  \(part)")
                }
            }
        }
        return lines
    }

    /// Characters of a shared text that are shown.
    private static let shownText = 400

    private static func cut(_ text: String) -> String {
        text.count > shownText ? text.prefix(shownText) + " …" : text
    }

    private func lines(_ match: Match) -> [String] {
        var lines = ["  keeper      \(match.keeper.text)"]
        if let cluster, cluster.members.isEmpty {
            lines[0] +=
                ", cluster \(Format.number(cluster.rank)) of \(Format.number(cluster.clusters)) by size, "
                + "\(Format.count(cluster.removed, "row")) removed for it"
        }
        lines.append("  kind        \(match.kind), similarity \(Format.plain(match.similarity))")
        var difference = "  difference  \(match.difference)"
        if !match.differingFields.isEmpty {
            difference +=
                ": " + match.differingFields.map { TerminalText.sanitized($0) }.joined(separator: ", ")
        }
        lines.append(difference)
        lines.append("  text lost   \(Format.percent(match.textLost)) of its shingles are not in the keeper")
        if !match.slices.isEmpty {
            lines.append(
                "  slices      " + match.slices.map { TerminalText.sanitized($0) }.joined(separator: ", "))
        }
        return lines
    }

    /// What a profile finds, turn by turn.
    private func lines(_ language: Language) -> [String] {
        var lines = language.forms.map { form in
            "  misspelt    \(TerminalText.sanitized(form.wrong)) -> \(TerminalText.sanitized(form.right)), "
                + "\(form.kind), \(form.role) turn \(form.turn)"
        }
        var turns: [Int] = []
        for feature in language.features where turns.last != feature.turn { turns.append(feature.turn) }
        for turn in turns {
            let own = language.features.filter { $0.turn == turn }
            let names = own.map { feature in
                feature.id + (feature.text.map { " [\(TerminalText.sanitized($0))]" } ?? "")
            }
            lines.append("  features    \(own[0].role) turn \(turn): \(names.joined(separator: ", "))")
        }
        if language.forms.isEmpty, language.features.isEmpty, language.notes.isEmpty {
            lines.append("  language    no misspelling and no feature was found in it")
        }
        return lines + language.notes.map { "  language    \(TerminalText.sanitized($0))" }
    }

    private func lines(_ cluster: Cluster) -> [String] {
        var lines = [
            "  cluster     \(Format.number(cluster.rank)) of \(Format.number(cluster.clusters)) by size; removed for it:"
        ]
        var table = TextTable([.init(""), .init(""), .init("", .right), .init("")])
        for member in cluster.members {
            table.append([member.row.text, member.kind, Format.plain(member.similarity), member.difference])
        }
        lines += table.lines(indent: 4)
        if cluster.removed > cluster.members.count {
            lines.append("    and \(Format.number(cluster.removed - cluster.members.count)) more")
        }
        return lines
    }
}
