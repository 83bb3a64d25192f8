import Corpus
import LanguageProfile
import Pipeline
import Shards

/// The first pass of a profile run: reads every shard once and counts its words.
final class ProfileSurveyStage {
    private let inputs: InputSet
    private let tap: ProfileTap
    private let threads: Int
    private let progress: Progress
    private(set) var accounts: [ShardAccount]

    init(inputs: InputSet, tap: ProfileTap, threads: Int, progress: Progress) {
        self.inputs = inputs
        self.tap = tap
        self.threads = threads
        self.progress = progress
        accounts = Array(repeating: ShardAccount(), count: inputs.shards.count)
    }

    private struct Output {
        var goodRows = 0
        var badOrdinals: [Int] = []
        var withoutText = 0
        var byteCount = 0
    }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
        let surveyor: SpellingSurveyor

        init(_ stage: ProfileSurveyStage) throws {
            decoder = RowDecoder(limits: stage.inputs.limits)
            surveyor = try stage.tap.makeSurveyor()
        }
    }

    /// - Throws: `TextFormsError`, `ProfileError`; what is wrong with a shard is noted in its account.
    func run() throws {
        let workers = try (0..<threads).map { _ in try Worker(self) }
        let readers = ReaderSlots(count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, Output>(
            sourceCount: inputs.shards.count, threads: threads, order: .withinSource,
            open: { [inputs] source in try readers.open(inputs, source) },
            work: { [self] worker, batch in try survey(batch, workers[worker]) },
            sink: { [self] source, output in
                accounts[source].badOrdinals += output.badOrdinals
                accounts[source].goodRows += output.goodRows
                accounts[source].withoutText += output.withoutText
                progress.advance(output.byteCount)
            },
            ended: { [self] source, error in
                accounts[source].outcome = readers.outcome(of: source)
                accounts[source].error = try SurveyStage.shardError(error, inputs.shards[source])
                readers.close(source)
            })
        try pipeline.run()
    }

    private func survey(_ batch: RawBatch, _ worker: Worker) throws -> Output {
        var output = Output()
        output.badOrdinals = batch.quarantined.map(\.ordinal)
        worker.mapper.use(inputs.mappings[batch.shardIndex])
        for row in batch.rows {
            let raw = batch.bytes(of: row)
            output.byteCount += raw.count + 1
            let isGood = worker.decoder.withDecoded(raw) { decoded in
                guard case .value(let node) = decoded else { return false }
                if !worker.mapper.map(node) { output.withoutText += 1 }
                return true
            }
            guard isGood else {
                output.badOrdinals.append(row.ordinal)
                continue
            }
            output.goodRows += 1
            let conversation = worker.mapper.conversationHash
            let number = RowOrigin.number(shard: batch.shardIndex, ordinal: row.ordinal)
            worker.mapper.withRowText {
                worker.surveyor.add($0, conversation: conversation, number: number)
            }
        }
        try worker.surveyor.makeRoom()
        output.badOrdinals.sort()
        return output
    }
}
