import Findings

extension ReportPage {
    /// Slices and terms that are listed.
    private static let mostLosses = 1000
    /// Terms that are listed.
    private static let mostTerms = 300
    /// From how many times the corpus's share a loss is drawn as bad.
    private static let badFactor = 2.0

    private var figures: NearDuplicateFigures { summary.nearDuplicates }

    /// Removed rows as a share of the rows that could be read.
    private var corpusShare: Double {
        let read = summary.rows.in - summary.rows.quarantined
        return read == 0 ? 0 : Double(summary.rows.removed) / Double(read)
    }

    /// Of runs that looked for duplicates.
    var nearDuplicateSections: [PageSection] {
        guard content.hasNearDuplicates else { return [] }
        var sections = [losses, removed]
        if !content.casualties.isEmpty { sections.insert(casualties, at: 1) }
        return sections
    }

    // MARK: Losses

    private var losses: PageSection {
        var section = PageSection(
            anchor: "losses", heading: "Who is lost",
            meaning:
                "rows of each slice before and after, worst first; the line in a bar is the corpus's own loss "
                + "(\(Format.percent(corpusShare))). Text lost is the share of a removed row that its keeper lacks.",
            limit: "whether the loss hurts: few rows left and much text lost is where to look first.")
        if figures.slices.isEmpty {
            section.blocks.append(
                .notes(["No slices: name fields by --slice; assay look INPUT tells which slice well."]))
        } else {
            var table = PageTable("Losses by slice", anchor: "slice-losses", Self.lossColumns("slice"))
            table.fill(figures.slices, most: Self.mostLosses) { loss in
                lossCells(
                    "\(loss.field)=\(loss.value)", loss.before, loss.after, loss.share, loss.textLost,
                    [.count(loss.clusters)])
            }
            section.blocks.append(.table(table, query: "select * from slice_losses"))
        }
        if !figures.terms.isEmpty {
            var table = PageTable(
                "Losses by words that no field names (\(Format.number(figures.termsTested)) tested)",
                anchor: "term-losses", Self.lossColumns("word or phrase").dropLast())
            table.fill(figures.terms, most: Self.mostTerms) { loss in
                lossCells(loss.term, loss.before, loss.after, loss.share, loss.textLost, [])
            }
            section.blocks.append(.table(table, query: "select * from terms"))
        }
        return section
    }

    private static func lossColumns(_ name: String) -> [PageTable.Column] {
        [
            .init(name), .init("before", isFigure: true), .init("after", isFigure: true),
            .init("lost", isFigure: true),
            .init("text lost", isFigure: true), .init("clusters", isFigure: true),
        ]
    }

    private func lossCells(
        _ name: String, _ before: Int, _ after: Int, _ share: Double, _ textLost: Double?,
        _ rest: [PageTable.Cell]
    ) -> [PageTable.Cell] {
        let bar = PageBar.share(
            share, mark: corpusShare, markName: "corpus",
            isBad: after == 0 || share > Self.badFactor * corpusShare)
        return [
            .head(name), .count(before), .count(after), .share(share, bar: bar), .share(textLost),
        ] + rest
    }

    // MARK: Removed rows

    private var removed: PageSection {
        var section = PageSection(
            anchor: "removed", heading: "What is removed",
            meaning:
                "removed rows by kind, by what separates them from the row that stays, by similarity and by cluster; "
                + "every pair was verified at \(figures.shingle), Jaccard \(Format.plain(figures.threshold)) or more.",
            limit: "meaning: differences are told by rule.")
        let kinds = CasualtyKind.allCases.map { ($0.name, figures.casualties[$0]) }.filter { $0.1 > 0 }
        section.blocks.append(
            .table(Self.counts("Removed rows by kind", "kinds", kinds, of: summary.rows.removed)))
        let differences = figures.differences.sorted.filter { $0.count > 0 }.map { ($0.name, $0.count) }
        if !differences.isEmpty {
            section.blocks.append(
                .table(
                    Self.counts(
                        "Removed rows by what differs", "differences", differences, of: summary.rows.removed),
                    query: "select difference, count(*) from casualties group by 1"))
        }
        let spared = figures.spared.sorted.filter { $0.count > 0 }.map { ($0.name, $0.count) }
        if !spared.isEmpty {
            section.blocks.append(
                .table(
                    Self.counts("Rows that matched and stay, by rule", "spared", spared, of: summary.rows.in),
                    query: "select * from spared"))
        }
        section.blocks += plots
        section.blocks.append(clusters)
        return section
    }

    private static func counts(
        _ caption: String, _ anchor: String, _ counts: [(String, Int)], of total: Int
    ) -> PageTable {
        var table = PageTable(
            caption, anchor: anchor,
            [.init("name"), .init("rows", isFigure: true), .init("share", isFigure: true)])
        let sorted = counts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        table.fill(sorted, most: sorted.count) { name, count in
            let share = total == 0 ? 0 : Double(count) / Double(total)
            return [.head(name), .count(count), .share(share, bar: .share(share))]
        }
        return table
    }

    private var plots: [PageSection.Block] {
        var blocks: [PageSection.Block] = []
        if content.similarities.contains(where: { $0 > 0 }) {
            let first = content.similarities.firstIndex { $0 > 0 } ?? 0
            let bins = content.similarities.enumerated().dropFirst(first).map { place, count in
                (name: Format.plain(Double(place) / 100), count: count)
            }
            let step = max(1, bins.count / 6)
            blocks.append(
                .plot(
                    .histogram(
                        title: "Removed near duplicates by similarity to the row that stays",
                        xName: "similarity (of the less similar side)", bins: bins,
                        named: { $0 % step == 0 || $0 == bins.count - 1 })))
        }
        if !content.clusterSizes.isEmpty {
            blocks.append(
                .plot(
                    .histogram(
                        title: "Clusters by their rows", xName: "rows of a cluster",
                        bins: content.clusterSizes)))
        }
        if content.recall.count > 1 {
            let at = content.recall[min(content.recall.count - 1, Int((figures.threshold * 100).rounded()))]
            blocks.append(
                .plot(
                    .curve(
                        title: "The chance that a pair is compared, by its similarity",
                        alt: "An S-curve of \(content.bands) bands of \(content.rowsPerBand) rows: "
                            + "\(Format.percent(at)) at the threshold \(Format.plain(figures.threshold)), the dashed line; "
                            + "\(Format.percent(content.recall[50])) at 0.5",
                        xName: "similarity", values: content.recall, mark: figures.threshold)))
        }
        return blocks
    }

    private var clusters: PageSection.Block {
        var table = PageTable(
            "Largest clusters", anchor: "clusters",
            [
                .init("keeper"), .init("rows", isFigure: true), .init("least similar", isFigure: true),
                .init("text lost", isFigure: true), .init("differ by"),
            ])
        table.fill(figures.largestClusters, most: Self.mostTerms, of: figures.clusters) { cluster in
            let classes = cluster.differences.sorted.filter { $0.count > 0 }.sorted { $0.count > $1.count }
            return [
                .head("\(cluster.shard):\(cluster.ordinal)"), .count(cluster.rows),
                .figure(cluster.similarity, Format.plain(cluster.similarity)), .share(cluster.textLost),
                .text(classes.map { "\($0.name) \(Format.number($0.count))" }.joined(separator: ", ")),
            ]
        }
        return .table(table, query: "select * from clusters")
    }

    // MARK: Casualties

    private var casualties: PageSection {
        var section = PageSection(
            anchor: "casualties", heading: "Removed rows to look at",
            meaning:
                "rows of the slices that lose most, and the most doubtful ones, each with the row that stays: "
                + "struck out is in the removed row alone, underlined in its keeper alone.",
            limit: "an estimate of how many are wrong: they are chosen by risk.")
        var samples: [PageSample] = []
        var bytes = 0
        for (place, row) in content.casualties.enumerated() {
            var sample = PageSample(
                anchor: "casualty-\(place + 1)", title: "\(row.shard):\(row.ordinal)",
                facts:
                    "\(row.group). Keeper \(row.keeperShard):\(row.keeperOrdinal); \(row.kind), similarity "
                    + "\(Format.plain(row.similarity)), text lost \(Format.percent(row.textLost)), differs by "
                    + row.difference,
                command: "assay explain RUN \(Format.shellWord("\(row.shard):\(row.ordinal)")) --show-text")
            sample.pieces = PageSample.Piece.all(row.diff)
            bytes += sample.byteCount
            if bytes > Self.mostSampleBytes { break }
            samples.append(sample)
        }
        section.blocks.append(.samples(samples))
        if samples.count < content.casualties.count {
            section.blocks.append(.notes(["Further rows are left out to keep the page small."]))
        }
        var all = PageSection.Block()
        all.query = "sqlite3 RUN/findings.sqlite \"select * from casualties order by text_lost desc\""
        section.blocks.append(all)
        return section
    }
}
