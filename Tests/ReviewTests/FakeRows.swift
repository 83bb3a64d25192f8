import Corpus
import Findings
import Foundation
import TestSupport

@testable import Review

/// Rows of a run that was never made: each has a value, and two are duplicates where their values are near.
final class FakeRows: RowReading {
    static let threshold = 0.8
    /// By number of the row.
    let values: [Double]
    let shards: [String]

    init(values: [Double], shards: [String] = ["a.jsonl"]) {
        self.values = values
        self.shards = shards
    }

    func reference(of row: ReviewedRow) throws -> Decision.Row {
        Decision.Row(
            shard: "a.jsonl", ordinal: row.row, id: Self.digits(row.row), textId: Self.digits(row.row + 1000))
    }

    static func digits(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    func slices(of row: ReviewedRow) throws -> [SliceValue]? {
        [SliceValue(field: "queue", value: "q\(row.row % 3)")]
    }

    func similarity(of row: ReviewedRow, to keeper: ReviewedRow) throws -> Double? {
        let found = 1 - abs(values[row.row] - values[keeper.row])
        return found >= Self.threshold ? found : nil
    }

    func diff(_ row: ReviewedRow, _ keeper: ReviewedRow) throws -> [SideDiff]? {
        [SideDiff(side: "text", pieces: [SideDiff.Piece(.same, "row \(row.row)")])]
    }

    func sharedText(of pair: OverlapPair) throws -> (row: String, item: String)? {
        ("of the row", "of the item")
    }

    func removals(ofTexts texts: Set<String>, in table: ReviewTable) throws -> [String: [Int]] {
        Dictionary(grouping: table.removals.indices) { Self.digits(table.removals[$0].row + 1000) }
            .filter { texts.contains($0.key) }
    }

    func overlaps(ofTexts texts: Set<String>, in table: ReviewTable) throws -> [String: [Int]] {
        Dictionary(grouping: table.overlaps.indices) { Self.digits(table.overlaps[$0].row + 1000) }
            .filter { texts.contains($0.key) }
    }
}

/// A store of one shard with clusters of rows.
struct FakeRun {
    let folder: URL
    let table: ReviewTable
    let rows: FakeRows
    let summary: RunSummary

    static let plan = String(repeating: "ab", count: 32)

    /// - Parameters:
    ///   - clusters: the values of each cluster's rows, the keeper's first; rows are numbered through.
    ///   - overlaps: rows with an eval item each.
    ///   - kind: of every removed row.
    init(_ clusters: [[Double]], overlaps: [Int] = [], kind: CasualtyKind = .near) throws {
        folder = try Fixture.scratchFolder()
        let values = clusters.flatMap { $0 }
        rows = FakeRows(values: values)
        let writer = try RunStoreWriter(path: "\(folder.path)/findings.sqlite", rules: ["near"])
        try writer.addShards([
            ShardRecord(corpus: "training", name: "a.jsonl", firstRow: 0, rows: values.count)
        ])
        try writer.addSlices(
            values: (0..<3).map { SliceValue(field: "queue", value: "q\($0)") }, sets: [[0], [1], [2]])
        var removals: [RemovalRecord] = []
        var records: [ClusterRecord] = []
        var row = 0
        for (rank, cluster) in clusters.enumerated() {
            let keeper = row
            let position = FramePosition(frame: 0, offset: 0)
            records.append(
                ClusterRecord(
                    rank: rank, keeper: keeper, keeperShard: 0, keeperOrdinal: keeper,
                    memberCount: Int32(cluster.count - 1), position: position))
            for (place, value) in cluster.enumerated() where place > 0 {
                removals.append(
                    RemovalRecord(
                        row: keeper + place, shard: 0, ordinal: keeper + place, keeper: keeper,
                        keeperShard: 0,
                        keeperOrdinal: keeper, kind: kind, similarity: 1 - abs(value - cluster[0]),
                        textLost: Float(abs(value - cluster[0])), difference: .wording, rule: 0,
                        sliceSet: Int32((keeper + place) % 3), position: position))
            }
            row += cluster.count
        }
        try writer.appendRemovals(removals)
        try writer.appendClusters(records)
        try writer.addEvalItems(
            overlaps.enumerated().map { place, _ in
                EvalItemRecord(
                    set: "exam", item: "item-\(place)", ordinal: place, state: .flagged, verdict: .verbatim,
                    reason: nil, rows: 1)
            })
        try writer.appendOverlaps(
            overlaps.enumerated().map { place, row in
                OverlapRecord(
                    row: row, shard: 0, ordinal: row, item: place, verdict: .verbatim, component: "question",
                    role: "user", turn: 0, coverage: 1, position: FramePosition(frame: 0, offset: 0))
            })
        try writer.finish()
        table = try ReviewTable(RunStore(run: folder.path))
        var summary = RunSummary()
        summary.rows.in = values.count
        summary.rows.removed = removals.count
        summary.rows.kept = values.count - removals.count
        summary.nearDuplicates.casualties[kind] = removals.count
        summary.nearDuplicates.slices = (0..<3).map { slice in
            var loss = RunSummary.SliceLoss()
            (loss.field, loss.value) = ("queue", "q\(slice)")
            loss.before = values.indices.count { $0 % 3 == slice }
            loss.removed = removals.count { $0.row % 3 == slice }
            loss.after = loss.before - loss.removed
            loss.share = loss.before == 0 ? 0 : Double(loss.removed) / Double(loss.before)
            return loss
        }
        if kind == .identical {
            var shard = RunSummary.SliceLoss()
            (shard.field, shard.value, shard.before) = ("shard", "a.jsonl", values.count)
            (shard.removed, shard.after) = (removals.count, values.count - removals.count)
            shard.identical = removals.count
            summary.nearDuplicates.slices.append(shard)
        }
        if !overlaps.isEmpty {
            var figures = EvalOverlapFigures()
            var set = EvalOverlapFigures.EvalSetFigures()
            (set.name, set.items, set.checkable) = ("exam", overlaps.count, overlaps.count)
            set.flagged["verbatim"] = overlaps.count
            set.searchedRows = values.count
            figures.sets = [set]
            summary.evalOverlap = figures
        }
        self.summary = summary
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func scope(planned: Set<OverlapVerdict> = [], protects: [SliceSelector] = [], gates: [Gate] = [])
        -> ReviewScope
    {
        ReviewScope(
            summary: summary, command: "scan", plan: Self.plan, normalForm: "form", plannedVerdicts: planned,
            protected: protects, gates: gates)
    }

    func session(_ scope: ReviewScope? = nil, audit: Int? = nil, reviewer: String = "anna") throws
        -> ReviewSession
    {
        var count = 0
        return try ReviewSession(
            scope ?? self.scope(), table: table, rows: rows,
            writer: DecisionWriter(run: folder.path, plan: Self.plan), reviewer: reviewer, auditSize: audit,
            clock: { "2026-01-02T03:04:05Z" },
            makeID: {
                count += 1
                return "\(reviewer)-\(count)-\(UInt64.random(in: 0 ... .max))"
            })
    }
}
