import CText
import Corpus
import EvalOverlap
import Findings
import Pipeline
import Shards

/// The second pass of an overlap run: looks again at the candidates, in order, and judges them.
final class OverlapEvidenceStage {
    /// What one row came to.
    struct Row {
        /// The row's place among the readable rows of all shards.
        var row: Int
        var ordinal: Int
        var lines: [OverlapTally.Line]
        /// Items that the row as a whole is a near-duplicate of.
        var alike: [Int] = []
        var slices: [UInt8]
        var isLater: Bool
    }

    /// A row, by its place among the readable rows of all shards, and an item.
    struct Pair: Hashable {
        var row: UInt32
        var item: UInt32

        init(row: Int, item: Int) {
            self.row = UInt32(truncatingIfNeeded: row)
            self.item = UInt32(truncatingIfNeeded: item)
        }
    }

    /// What the pass makes of one batch.
    struct Batch {
        var rows: [Row] = []
        var overlaps = LineList<OverlapRecord>()
        var quarantine = LineList<QuarantineRecord>()
        var plan = LineList<Void>()
        var kept = RowSetDigest()
        var removed = RowSetDigest()
        var planned: [OverlapVerdict: Int] = [:]
        var samples: [OverlapSample] = []
        var rowCount = 0
        var byteCount = 0
    }

    let inputs: InputSet
    let survey: OverlapSurvey
    let decision: OverlapDecision
    /// Sets that a shard is, by shard: matches of their items in it are dropped.
    let ownSets: [Int: Set<Int32>]
    let planned: Set<OverlapVerdict>
    let holdsRaw: Bool
    let slices: [String]
    let doors: RowDoors
    /// Whether rows are held against items as near-duplicates: in a scan the other detector's clusters tell more.
    let findsLikeness: Bool
    let shardNames: [String]
    let quotedShardNames: [[UInt8]]
    /// The number of each shard's first readable row.
    let firstRows: [Int]
    private let threads: Int
    private let progress: Progress

    private(set) var tally: OverlapTally
    private(set) var kept = RowSetDigest()
    private(set) var removed = RowSetDigest()
    private(set) var removedRows: [Int]
    private(set) var plannedRows = CountTable()
    /// Rows with a flagged item, by the values of the slice fields.
    private(set) var flaggedOfSlice: [[String: Int]]
    private(set) var flaggedOfShard: [Int]
    /// Rows with a flagged item that are later than the eval set.
    private(set) var laterFlagged = 0
    /// Flagged rows with their items, and rows that are near-duplicates of an item, in order of the rows.
    private(set) var flagged: [Pair] = []
    private(set) var alike: [Pair] = []
    private(set) var samples: [OverlapSample] = []

    /// Samples that the screen can show.
    static let samplesKept = 5

    init(
        inputs: InputSet, survey: OverlapSurvey, decision: OverlapDecision, own: SelfShards,
        planned: Set<OverlapVerdict>,
        holdsRaw: Bool, slices: [String], doors: RowDoors, findsLikeness: Bool, threads: Int,
        progress: Progress
    ) {
        self.findsLikeness = findsLikeness
        self.doors = doors
        self.inputs = inputs
        self.survey = survey
        self.decision = decision
        ownSets = own.numbers(in: decision.index.sets)
        self.planned = planned
        self.holdsRaw = holdsRaw
        self.slices = slices
        self.threads = threads
        self.progress = progress
        shardNames = inputs.shards.map(\.name)
        quotedShardNames = shardNames.map { name in
            var json = JSONBytes()
            json.string(name)
            return json.bytes
        }
        var rows: [Int] = []
        var sum = 0
        for account in survey.accounts {
            rows.append(sum)
            sum += account.goodRows
        }
        firstRows = rows
        tally = OverlapTally(decision)
        removedRows = Array(repeating: 0, count: inputs.shards.count)
        flaggedOfSlice = Array(repeating: [:], count: slices.count)
        flaggedOfShard = Array(repeating: 0, count: inputs.shards.count)
    }

    /// - Parameters:
    ///   - frames: what `write` leaves to any thread.
    ///   - write: takes each batch, in row order.
    /// - Throws: `UsageError` where an input has changed since the first pass; what `write` throws.
    func run(frames: FrameQueue?, write: @escaping (Batch) throws -> Void) throws {
        let readers = ReaderSlots(count: inputs.shards.count)
        let workers = try (0..<threads).map { _ in try OverlapEvidenceWorker(self) }
        var seen = [Int](repeating: 0, count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, Batch>(
            sourceCount: inputs.shards.count, threads: threads, order: .global,
            open: { [inputs] source in try readers.open(inputs, source, hashes: false) },
            work: { worker, batch in workers[worker].work(batch) },
            sink: { [self] source, batch in
                seen[source] += batch.rowCount
                progress.advance(batch.byteCount)
                take(batch, source)
                try write(batch)
            },
            ended: { [self] source, error in
                let error = try SurveyStage.shardError(error, inputs.shards[source])
                let first = survey.accounts[source]
                guard readers.outcome(of: source).contentHash == first.outcome.contentHash,
                    seen[source] == first.rows, (error == nil) == (first.error == nil)
                else {
                    throw UsageError(
                        "\(inputs.shards[source].name): changed while it was being scanned; scan again when "
                            + "nothing writes to it")
                }
                readers.close(source)
            },
            aside: frames.map { frames in { frames.compressNext() } })
        try pipeline.run()
    }

    /// Where a row lies, by its place among the readable rows of all shards.
    func place(ofRow row: Int) -> (shard: Int, ordinal: Int) {
        let shard = firstRows.indices.last {
            firstRows[$0] <= row && row < firstRows[$0] + survey.accounts[$0].goodRows
        }
        guard let shard else { return (0, row) }
        return (shard, survey.accounts[shard].ordinal(ofReadable: row - firstRows[shard]))
    }

    private func take(_ batch: Batch, _ source: Int) {
        kept.merge(batch.kept)
        removed.merge(batch.removed)
        removedRows[source] += batch.removed.rowCount
        for (verdict, rows) in batch.planned { plannedRows[verdict.name] += rows }
        if samples.count < Self.samplesKept {
            samples += batch.samples.prefix(Self.samplesKept - samples.count)
        }
        for row in batch.rows {
            tally.add(row.lines, shard: source, ordinal: row.ordinal)
            guard row.lines.contains(where: { !$0.verdict.isLabel }) else { continue }
            flaggedOfShard[source] += 1
            for line in row.lines where !line.verdict.isLabel {
                flagged.append(Pair(row: row.row, item: line.item))
            }
            for item in row.alike {
                alike.append(Pair(row: row.row, item: item))
            }
            if row.isLater { laterFlagged += 1 }
            for item in SliceSet.values(of: row.slices) where item.dimension < flaggedOfSlice.count {
                flaggedOfSlice[item.dimension][item.value, default: 0] += 1
            }
        }
    }
}
