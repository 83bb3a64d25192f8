import Findings
import NearDuplicates
import Reporting

/// Reads what a report shows from a run's folder.
struct ReportReader {
    private let run: StoredRun
    private let store: RunStore
    private let shards: [ShardRecord]
    private let showText: Bool

    /// Slices whose casualties are shown, and casualties of each.
    private static let slices = 12
    private static let casualtiesOfSlice = 5
    /// Eval items that are listed, and those with their text.
    private static let items = 1000
    private static let itemsWithText = 200
    private static let sliceRates = 1500

    /// - Throws: `FindingsError`.
    init(run: StoredRun, showText: Bool) throws {
        self.run = run
        self.showText = showText
        store = try RunStore(run: run.path)
        shards = try store.shards()
    }

    /// - Throws: `FindingsError`, `UsageError` for a run that cannot be read.
    /// - Complexity: O(removed rows + lines of overlaps).
    func read() throws -> ReportContent {
        var content = ReportContent(summary: run.summary)
        content.command = run.manifest.command
        content.toolVersion = run.manifest.tool.version
        content.configurationDigest = run.manifest.configurationDigest
        content.holdsText = CasualtyDiffs.holdsText(run.manifest)
        content.showsText = showText && content.holdsText
        content.quarantined = try store.quarantineCounts().map {
            ReportContent.Quarantined(shard: $0.shard, code: $0.code, rows: $0.rows, message: $0.message)
        }
        if let reviewed = try ReviewedRun(run) {
            let account = DecisionAccount(reviewed, try reviewed.session.reviewedPlan())
            content.decisions = ReportContent.Decisions(
                trail: reviewed.trail.decisions, summary: try reviewed.session.reviewedSummary(),
                account: account.lines)
        }
        content.hasNearDuplicates = run.manifest.command == "dedup" || run.manifest.command == "scan"
        if content.hasNearDuplicates { try readNearDuplicates(to: &content) }
        if run.summary.evalOverlap != nil { try readOverlaps(to: &content) }
        if run.summary.languageProfile != nil {
            content.sliceRates = try store.featureSlices(most: Self.sliceRates).map {
                ReportContent.SliceRate(
                    feature: $0.feature, slice: "\($0.slice.field)=\($0.slice.value)", role: $0.role,
                    turns: $0.turns, hits: $0.hits)
            }
        }
        return content
    }

    // MARK: Near duplicates

    private func readNearDuplicates(to content: inout ReportContent) throws {
        let figures = run.summary.nearDuplicates
        let banding = Banding(threshold: figures.threshold)
        content.bands = banding.bands
        content.rowsPerBand = banding.rowsPerBand
        content.recall = (0...100).map { banding.recall(at: Double($0) / 100) }
        content.clusterSizes = Self.sizeClasses(try store.clusterSizes())
        var similarities = Array(repeating: 0, count: 101)
        var worst = try WorstCasualties(
            slices: Array(figures.slices.filter { $0.removed > 0 }.prefix(Self.slices)), store: store,
            most: Self.casualtiesOfSlice)
        try store.forEachLoss { removal in
            if removal.kind == .near || removal.kind == .contained {
                similarities[min(100, Int(removal.similarity * 100 + 1e-9))] += 1
            }
            worst.add(removal)
        }
        content.similarities = similarities
        let doubtful = try zip(
            figures.doubtful, RowSamples.removals(of: figures.doubtful, in: store)
        ).compactMap { line, removal in removal.map { (group: "Doubtful: \(line.reason)", removal: $0) } }
        try addCasualties(worst.found() + doubtful, to: &content)
    }

    /// Adds each row once, at its first place.
    private func addCasualties(
        _ found: [(group: String, removal: RemovalRecord)], to content: inout ReportContent
    ) throws {
        var seen = Set<Int>()
        let casualties = found.filter { seen.insert($0.removal.row).inserted }
        let diffs =
            content.showsText
            ? try CasualtyDiffs(
                run: run.path, store: store, manifest: run.manifest, on: run.summary.nearDuplicates.on,
                keepers: Set(casualties.map(\.removal.keeper))) : nil
        content.casualties = try casualties.map { group, removal in
            ReportContent.Casualty(
                group: group, shard: name(removal.shard), ordinal: removal.ordinal,
                keeperShard: name(removal.keeperShard), keeperOrdinal: removal.keeperOrdinal,
                kind: removal.kind.name, similarity: removal.similarity, textLost: Double(removal.textLost),
                difference: removal.difference.name, diff: try diffs?.diff(removal))
        }
    }

    private func name(_ shard: Int32) -> String {
        shards.indices.contains(Int(shard)) ? shards[Int(shard)].name : "?"
    }

    private static func sizeClasses(_ sizes: [(rows: Int, clusters: Int)]) -> [(name: String, count: Int)] {
        let classes: [(String, ClosedRange<Int>)] = [
            ("2", 0...2), ("3", 3...3), ("4", 4...4), ("5-9", 5...9), ("10-19", 10...19), ("20-49", 20...49),
            ("50-99", 50...99), ("100-999", 100...999), ("1000+", 1000...Int.max),
        ]
        guard let most = sizes.map(\.rows).max() else { return [] }
        return classes.filter { $0.1.lowerBound <= most }.map { name, range in
            (name, sizes.filter { range.contains($0.rows) }.reduce(0) { $0 + $1.clusters })
        }
    }

    // MARK: Overlaps

    private func readOverlaps(to content: inout ReportContent) throws {
        content.flaggedCount = try store.flaggedItemCount()
        let rows = StoredRows(run: run, store: store)
        content.flagged = try store.flaggedItems(most: Self.items).enumerated().map { place, record in
            var item = ReportContent.FlaggedItem(
                set: record.set, item: record.item, verdict: record.verdict, rows: record.rows,
                shard: record.shard, ordinal: record.ordinal, coverage: record.coverage)
            if content.showsText, place < Self.itemsWithText {
                let text = try rows.sharedText(at: record.position)
                item.rowText = text?.row
                item.itemText = text?.item
            }
            return item
        }
    }
}
