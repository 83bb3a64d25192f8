import Findings

extension ReportPage {
    /// Items that are listed.
    static let mostItems = 1000

    func overlapSection(_ overlap: EvalOverlapFigures) -> PageSection {
        var section = PageSection(
            anchor: "overlap", heading: "Eval items in the training rows",
            meaning:
                "items = flagged + unflagged + uncheckable for each eval set, by the first verdict that holds.",
            limit:
                "that an unflagged item is clean: paraphrases and translations are out of reach of a lexical method."
        )
        section.blocks.append(.table(sets(overlap)))
        section.blocks.append(.table(verdicts(overlap), query: "select * from flagged_items"))
        if !overlap.doors.isEmpty {
            section.blocks.append(.table(doors(overlap), query: "select * from door_rows"))
        }
        if !overlap.power.isEmpty { section.blocks.append(.table(power(overlap))) }
        if !content.flagged.isEmpty {
            section.blocks.append(.table(items, query: "select * from overlaps"))
            let samples = overlapSamples
            if !samples.isEmpty { section.blocks.append(.samples(samples)) }
        }
        return section
    }

    private func sets(_ overlap: EvalOverlapFigures) -> PageTable {
        var table = PageTable(
            "Items by eval set", anchor: "sets",
            [
                .init("set"), .init("items", isFigure: true), .init("flagged", isFigure: true),
                .init("share", isFigure: true), .init("unflagged", isFigure: true),
                .init("uncheckable", isFigure: true), .init("rows", isFigure: true), .init("remarks"),
            ])
        let controls = overlap.control.map { control in
            [
                PageTable.Cell.head("\(control.name) (control)"), .count(control.items),
                .count(control.flagged),
                share(control.flagged, control.items), .text("-"), .text("-"), .text("-"),
                .text("items that cannot have leaked: the background rate"),
            ]
        }
        let rows = overlap.sets.map { set in
            [
                PageTable.Cell.head(set.name), .count(set.items), .count(set.flaggedItems),
                share(set.flaggedItems, set.items), .count(set.unflaggedItems), .count(set.uncheckable.total),
                .count(set.rows),
                .text(
                    set.inputShards.isEmpty
                        ? "" : "an input is this set: \(set.inputShards.joined(separator: ", "))"),
            ]
        }
        table.fill(rows + controls, most: Self.mostItems) { $0 }
        return table
    }

    private func share(_ part: Int, _ whole: Int) -> PageTable.Cell {
        let share = whole == 0 ? 0 : Double(part) / Double(whole)
        return .share(share, bar: .share(share, isBad: true))
    }

    private func verdicts(_ overlap: EvalOverlapFigures) -> PageTable {
        var table = PageTable(
            "Flagged items by set and verdict", anchor: "verdicts",
            [.init("set"), .init("verdict"), .init("items", isFigure: true), .init("share", isFigure: true)])
        let rows = overlap.sets.flatMap { set in
            set.flagged.sorted.filter { $0.count > 0 }.map { (set, $0.name, $0.count) }
                + set.labels.sorted.filter { $0.count > 0 }.map {
                    (set, "\($0.name) (a label, not flagged)", $0.count)
                }
        }
        table.fill(rows, most: Self.mostItems) { set, verdict, count in
            [.head(set.name), .text(verdict), .count(count), share(count, set.items)]
        }
        return table
    }

    private func doors(_ overlap: EvalOverlapFigures) -> PageTable {
        var table = PageTable(
            "Doors: how items came in", anchor: "doors",
            [
                .init("door"), .init("set"), .init("rows", isFigure: true), .init("items", isFigure: true),
                .init("what was found"),
            ])
        table.fill(overlap.doors, most: Self.mostItems) {
            [.head($0.door), .text($0.set), .count($0.rows), .count($0.items), .text($0.detail)]
        }
        return table
    }

    private func power(_ overlap: EvalOverlapFigures) -> PageTable {
        var table = PageTable(
            "Power: planted edits of your own items that were found", anchor: "power",
            [
                .init("set"), .init("edit"), .init("planted", isFigure: true), .init("found", isFigure: true),
            ])
        table.fill(overlap.power, most: Self.mostItems) { power in
            let share = power.planted == 0 ? 0 : Double(power.found) / Double(power.planted)
            return [
                .head(power.set), .text(power.edit), .count(power.planted), .share(share, bar: .share(share)),
            ]
        }
        return table
    }

    private var items: PageTable {
        var table = PageTable(
            "Flagged items", anchor: "items",
            [
                .init("item"), .init("verdict"), .init("rows", isFigure: true),
                .init("coverage", isFigure: true),
                .init("one of the rows"),
            ])
        table.fill(content.flagged, most: Self.mostItems, of: content.flaggedCount) { item in
            [
                .head("\(item.set) \(item.item)"), .text(item.verdict), .count(item.rows),
                .share(item.coverage),
                .text("\(item.shard):\(item.ordinal)"),
            ]
        }
        return table
    }

    private var overlapSamples: [PageSample] {
        var samples: [PageSample] = []
        var bytes = 0
        for item in content.flagged {
            guard let row = item.rowText, let own = item.itemText else { continue }
            var sample = PageSample(
                anchor: "overlap-\(samples.count + 1)", title: "\(item.set) \(item.item): \(item.verdict)",
                facts: "in \(item.shard):\(item.ordinal), \(Format.percent(item.coverage)) of its words",
                command: "assay explain RUN \(Format.shellWord("\(item.shard):\(item.ordinal)")) --show-text")
            sample.sides = [
                .init(sideName: "training row", sideText: row), .init(sideName: "eval item", sideText: own),
            ]
            bytes += sample.byteCount
            if bytes > Self.mostSampleBytes { break }
            samples.append(sample)
        }
        return samples
    }
}
