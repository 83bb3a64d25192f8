import CText
import Corpus
import Findings
import NearDuplicates
import Pipeline
import Shards

/// The second pass: reads the shards again, in order, and writes what the decision rests on.
final class EvidenceStage {
    private let inputs: InputSet
    private let accounts: [ShardAccount]
    private let decision: DedupDecision
    private let roster: RowRoster
    private let outputs: EvidenceOutputs
    private let holdsRaw: Bool
    /// Hashes of the names of fields that read as text and are not compared.
    private let textFields: Set<UInt32>
    private let progress: Progress

    private(set) var kept = RowSetDigest()
    private(set) var removed = RowSetDigest()
    /// Rows of class `fields` by differing field.
    private(set) var differingFields: [UInt32: Int] = [:]
    /// Those that differ in one of `textFields`.
    private(set) var unlikeText = UnlikeRows()

    init(
        inputs: InputSet, accounts: [ShardAccount], decision: DedupDecision, roster: RowRoster,
        outputs: EvidenceOutputs, holdsRaw: Bool, textFields: Set<UInt32>, progress: Progress
    ) {
        self.inputs = inputs
        self.accounts = accounts
        self.decision = decision
        self.roster = roster
        self.outputs = outputs
        self.holdsRaw = holdsRaw
        self.textFields = textFields
        self.progress = progress
    }

    /// - Throws: `UsageError` where an input has changed since the first pass; `ScratchError`, `FindingsError`.
    func run() throws {
        let readers = ReaderSlots(count: inputs.shards.count)
        let workers = EvidenceWorkers(
            count: decision.configuration.threads, limits: inputs.limits, decision: decision, roster: roster,
            holdsRaw: holdsRaw, textFields: textFields)
        var seen = [Int](repeating: 0, count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, EvidenceBatch>(
            sourceCount: inputs.shards.count, threads: decision.configuration.threads, order: .global,
            open: { [inputs] source in try readers.open(inputs, source, hashes: false) },
            work: { [self] worker, batch in
                let against = batch.shardIndex >= inputs.trainingCount
                return try workers.all[worker].work(
                    batch, account: accounts[batch.shardIndex], isAgainst: against)
            },
            sink: { [self] source, batch in
                seen[source] += batch.rowCount
                progress.advance(batch.byteCount)
                kept.merge(batch.kept)
                removed.merge(batch.removed)
                differingFields.merge(batch.differingFields, uniquingKeysWith: +)
                unlikeText.merge(batch.unlikeText)
                try outputs.write(batch)
                try outputs.write(
                    decision.pairs, before: decision.table.firstRow[source] + seen[source])
            },
            ended: { [self] source, error in
                let error = try SurveyStage.shardError(error, inputs.shards[source])
                try check(source, outcome: readers.outcome(of: source), rows: seen[source], error: error)
                readers.close(source)
            },
            aside: outputs.frames.map { frames in { frames.compressNext() } })
        try pipeline.run()
    }

    private func check(_ source: Int, outcome: ShardOutcome, rows: Int, error: ShardError?) throws {
        let first = accounts[source]
        guard outcome.contentHash == first.outcome.contentHash, rows == first.rows,
            (error == nil) == (first.error == nil)
        else {
            throw UsageError(
                "\(inputs.shards[source].name): changed while it was being scanned; scan again when nothing "
                    + "writes to it")
        }
    }
}
