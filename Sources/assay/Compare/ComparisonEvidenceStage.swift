import CText
import Comparison
import Corpus
import Findings
import NearDuplicates
import Pipeline
import Shards

/// The second pass of a comparison: every row goes past the samples of both sides, and left rows are weighed.
final class ComparisonEvidenceStage {
    /// What the pass makes of one batch.
    struct Batch {
        var weights = LineList<Void>()
        var quarantine = LineList<QuarantineRecord>()
        var plan = LineList<Void>()
        var rowCount = 0
        var byteCount = 0
        var weighed = Weighed()
        var kept = RowSetDigest()
    }

    /// Sums over weighed rows.
    struct Weighed {
        var rows = 0
        var clipped = 0
        var sum = 0.0
        var squares = 0.0
    }

    private let inputs: InputSet
    private let accounts: [ShardAccount]
    private let comparison: SampleComparison
    private let progress: Progress
    private let holdsRaw: Bool
    private let indexes: (left: CoverageIndex, right: CoverageIndex)?
    /// By side: its rows whose mixed key lies below go past its own index.
    private let ownLimits: [UInt64]
    /// By side: its rows whose mixed key lies below count for the other side's matched measure.
    private let matchedLimits: [UInt64]
    private let quotedShardNames: [[UInt8]]
    private(set) var weighed = Weighed()
    private(set) var kept = RowSetDigest()
    private(set) var leftNearest = CoverageProbe.Found()
    private(set) var rightNearest = CoverageProbe.Found()

    /// - Throws: `TextFormsError`.
    init(
        inputs: InputSet, accounts: [ShardAccount], comparison: SampleComparison, holdsRaw: Bool,
        progress: Progress
    ) throws {
        self.inputs = inputs
        self.accounts = accounts
        self.comparison = comparison
        self.holdsRaw = holdsRaw
        self.progress = progress
        indexes =
            comparison.hasEnoughRows
            ? (try comparison.index(.left), try comparison.index(.right)) : nil
        func rows(_ shards: Range<Int>) -> Int {
            shards.reduce(0) { $0 + accounts[$1].goodRows - accounts[$1].withoutText }
        }
        let left = rows(0..<inputs.trainingCount)
        let right = rows(inputs.trainingCount..<inputs.shards.count)
        func limit(_ share: Double) -> UInt64 {
            share >= 1 ? .max : UInt64(Double(UInt64.max) * share)
        }
        let ofLeft = SampleComparison.matchedShares(own: left, other: right)
        let ofRight = SampleComparison.matchedShares(own: right, other: left)
        ownLimits = [limit(ofLeft.own), limit(ofRight.own)]
        matchedLimits = [limit(ofRight.other), limit(ofLeft.other)]
        quotedShardNames = inputs.shards.map { shard in
            var json = JSONBytes()
            json.string(shard.name)
            return json.bytes
        }
    }

    /// The indexes that rows went past.
    var coverage: (left: CoverageIndex, right: CoverageIndex)? { indexes }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
        let reader: CoverageReader
        let probes: (left: CoverageProbe, right: CoverageProbe)?
        let scorer: ImportanceScorer?
        var text: [UInt8] = []

        init(_ stage: ComparisonEvidenceStage) throws {
            decoder = RowDecoder(limits: stage.inputs.limits)
            reader = try CoverageReader()
            probes = stage.indexes.map { (CoverageProbe($0.left), CoverageProbe($0.right)) }
            scorer = try stage.comparison.importance.map { try ImportanceScorer($0) }
        }
    }

    /// - Parameters:
    ///   - frames: what `write` leaves to any thread.
    ///   - write: takes each batch, in row order.
    /// - Throws: `UsageError` where an input has changed since the first pass; what `write` throws.
    func run(frames: FrameQueue?, write: @escaping (Batch) throws -> Void) throws {
        let threads = comparison.request.threads
        let readers = ReaderSlots(count: inputs.shards.count)
        let workers = try (0..<threads).map { _ in try Worker(self) }
        let shardHashes = inputs.shards.map { RowSampler.hash(ofShard: $0.name) }
        var seen = [Int](repeating: 0, count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, Batch>(
            sourceCount: inputs.shards.count, threads: threads, order: .global,
            open: { [inputs] source in try readers.open(inputs, source, hashes: false) },
            work: { [self] worker, batch in work(batch, workers[worker], shardHashes[batch.shardIndex]) },
            sink: { [self] source, batch in
                seen[source] += batch.rowCount
                progress.advance(batch.byteCount)
                weighed.rows += batch.weighed.rows
                weighed.clipped += batch.weighed.clipped
                weighed.sum += batch.weighed.sum
                weighed.squares += batch.weighed.squares
                kept.merge(batch.kept)
                try write(batch)
            },
            ended: { [self] source, error in
                let error = try SurveyStage.shardError(error, inputs.shards[source])
                let first = accounts[source]
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
        leftNearest = CoverageProbe.merged(workers.compactMap { $0.probes?.left })
        rightNearest = CoverageProbe.merged(workers.compactMap { $0.probes?.right })
    }

    private func work(_ batch: RawBatch, _ worker: Worker, _ shardHash: UInt64) -> Batch {
        var result = Batch()
        result.rowCount = batch.rows.count + batch.quarantined.count
        let shard = batch.shardIndex
        worker.mapper.use(inputs.mappings[shard])
        var unread = batch.quarantined[...]
        for row in batch.rows {
            while let first = unread.first, first.ordinal < row.ordinal {
                add(unread.removeFirst(), shard, to: &result)
            }
            let raw = batch.bytes(of: row)
            result.byteCount += raw.count + 1
            worker.decoder.withDecoded(raw) { decoded in
                switch decoded {
                case .value(let node):
                    worker.mapper.map(node)
                    look(raw, row.ordinal, shard, shardHash, worker, to: &result)
                case .rejected(let code, let message):
                    add(batch.quarantine(row, code, message), shard, to: &result)
                }
            }
        }
        for rest in unread { add(rest, shard, to: &result) }
        return result
    }

    private func look(
        _ raw: UnsafeRawBufferPointer, _ ordinal: Int, _ shard: Int, _ shardHash: UInt64, _ worker: Worker,
        to result: inout Batch
    ) {
        let isRight = inputs.isRight(shard)
        let id = Hash128(of: raw)
        if !isRight { result.kept.add(shard: inputs.shards[shard].name, id: id.value) }
        worker.text.removeAll(keepingCapacity: true)
        let turns = worker.mapper.withRowText { comparison.request.turns.append($0, to: &worker.text) }
        guard turns > 0 else { return }
        if let probes = worker.probes {
            let key = RowSampler.key(
                seed: comparison.request.seed, side: isRight ? .right : .left, shard: shardHash,
                ordinal: ordinal)
            worker.text.prefix(SampledRow.longestText).withUnsafeBytes { text in
                let features = worker.reader.features(of: text)
                let (own, other) = isRight ? (probes.right, probes.left) : (probes.left, probes.right)
                let drawn = ctext_mix64(key)
                let side = isRight ? 1 : 0
                other.takeOther(
                    features, shard: shard, ordinal: ordinal, isMatched: drawn <= matchedLimits[side])
                if drawn <= ownLimits[side] {
                    own.takeOwn(features, shard: shard, ordinal: ordinal)
                }
            }
        }
        guard !isRight, let scorer = worker.scorer else { return }
        let (weight, isClipped) = scorer.weight(of: worker.text)
        result.weighed.rows += 1
        result.weighed.clipped += isClipped ? 1 : 0
        result.weighed.sum += weight
        result.weighed.squares += weight * weight
        result.weights.add(()) { json in
            json.beginObject()
            json.field("shard", written: quotedShardNames[shard])
            json.field("ordinal", ordinal)
            json.field("id", hexadecimal: id.value)
            json.field("weight", weight)
            json.endObject()
        }
    }

    private func add(_ row: QuarantinedRow, _ shard: Int, to result: inout Batch) {
        guard !inputs.isRight(shard) else {
            // The plan is of training rows.
            result.quarantine.add(row, shard: shard, quotedName: quotedShardNames[shard], holdsRaw: holdsRaw)
            return
        }
        QuarantineLine(
            shard: shard, shardName: inputs.shards[shard].name, quotedShardName: quotedShardNames[shard],
            holdsRaw: holdsRaw
        ).add(row, to: &result.quarantine, plan: &result.plan)
    }
}
