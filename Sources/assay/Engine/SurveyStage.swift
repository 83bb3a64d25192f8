import Corpus
import EvalOverlap
import LanguageProfile
import NearDuplicates
import Pipeline
import Shards
import Synchronization

/// The first pass: reads every shard once and fills the row table.
final class SurveyStage {
    private let inputs: InputSet
    private let configuration: DedupConfiguration
    private let ignoredFields: [String]
    private let sliceFields: [String]
    private let progress: Progress
    /// Eval items that are looked for in the same pass.
    private let overlap: OverlapTap?
    /// Words that are counted in the same pass.
    private let profile: ProfileTap?
    let table: RowTable
    private(set) var accounts: [ShardAccount]
    /// Names of outside fields, by hash.
    private(set) var fieldNames: [UInt32: String] = [:]

    init(
        inputs: InputSet, configuration: DedupConfiguration, ignoredFields: [String], sliceFields: [String],
        scratch: String, progress: Progress, overlap: OverlapTap? = nil, profile: ProfileTap? = nil
    ) throws {
        self.overlap = overlap
        self.profile = profile
        self.inputs = inputs
        self.configuration = configuration
        self.ignoredFields = ignoredFields
        self.sliceFields = sliceFields
        self.progress = progress
        table = try RowTable(
            shardCount: inputs.shards.count, memoryBytes: configuration.memoryBytes, scratch: scratch)
        accounts = Array(repeating: ShardAccount(), count: inputs.shards.count)
    }

    private struct Output {
        var chunk: SurveyChunk
        var badOrdinals: [Int]
        var byteCount: Int
        var overlap: OverlapTap.Output
        var trace: [UInt64]?
    }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper: RowMapper
        let survey: SurveyWorker
        let overlap: OverlapTap.Look?
        let profile: ProfileLook?

        init(_ stage: SurveyStage) throws {
            decoder = RowDecoder(limits: stage.inputs.limits)
            mapper = RowMapper(
                ignoredFields: stage.ignoredFields, parted: stage.inputs.partedFields,
                slices: stage.sliceFields.map { FieldPath($0) },
                toolsAreCompared: stage.configuration.on == .all)
            survey = try SurveyWorker(configuration: stage.configuration)
            overlap = try stage.overlap?.makeLook()
            profile = try stage.profile?.makeLook(mapsAnew: stage.configuration.on == .all)
        }
    }

    /// - Throws: `ScratchError`, `TextFormsError`; what is wrong with a shard is noted in its account.
    func run() throws {
        let workers = try (0..<configuration.threads).map { _ in try Worker(self) }
        let readers = ReaderSlots(count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, Output>(
            sourceCount: inputs.shards.count, threads: configuration.threads, order: .withinSource,
            open: { [inputs] source in try readers.open(inputs, source) },
            work: { [self] worker, batch in try survey(batch, workers[worker]) },
            sink: { [self] source, output in
                accounts[source].badOrdinals += output.badOrdinals
                accounts[source].goodRows += output.chunk.rowCount
                accounts[source].withoutText += output.chunk.rowsWithoutText
                progress.advance(output.byteCount)
                overlap?.take(output.overlap, shard: source)
                if let trace = output.trace { try profile?.traces.append(trace, shard: source) }
                try table.append(output.chunk, shard: source)
            },
            ended: { [self] source, error in
                accounts[source].outcome = readers.outcome(of: source)
                accounts[source].error = try Self.shardError(error, inputs.shards[source])
                readers.close(source)
            })
        try pipeline.run()
        for worker in workers { fieldNames.merge(worker.mapper.fieldNames) { first, _ in first } }
        try table.seal()
    }

    private func survey(_ batch: RawBatch, _ worker: Worker) throws -> Output {
        let chunk = worker.survey.makeChunk()
        var bad = batch.quarantined.map(\.ordinal)
        let against = batch.shardIndex >= inputs.trainingCount
        worker.mapper.use(inputs.mappings[batch.shardIndex])
        var byteCount = 0
        var found = OverlapTap.Output()
        let look = against ? nil : worker.profile
        look?.use(inputs.mappings[batch.shardIndex])
        for row in batch.rows {
            let raw = batch.bytes(of: row)
            byteCount += raw.count + 1
            worker.decoder.withDecoded(raw) { decoded in
                guard case .value(let node) = decoded else {
                    bad.append(row.ordinal)
                    return
                }
                worker.mapper.map(node)
                worker.survey.add(worker.mapper, raw: raw, against: against, to: chunk)
                if let overlap, let look = worker.overlap, !against {
                    overlap.add(node, worker.mapper, shard: batch.shardIndex, with: look, to: &found)
                }
                look?.add(node, worker.mapper, shard: batch.shardIndex, ordinal: row.ordinal)
            }
        }
        bad.sort()
        return Output(
            chunk: chunk, badOrdinals: bad, byteCount: byteCount, overlap: found, trace: try look?.endBatch())
    }

    /// A shard's own error, or any other error thrown on.
    static func shardError(_ error: (any Error)?, _ shard: Shard) throws -> ShardError? {
        guard let error else { return nil }
        guard let shardError = error as? ShardError else { throw error }
        return shardError
    }
}
