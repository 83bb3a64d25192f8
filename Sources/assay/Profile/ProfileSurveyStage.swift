import Corpus
import Findings
import LanguageProfile
import NearDuplicates
import Pipeline
import Shards

/// The first pass of a profile run: reads every shard once, counts its words, traces its rows and writes what cannot be
/// read.
final class ProfileSurveyStage {
    /// What the pass makes of one batch.
    struct Batch {
        var goodRows = 0
        var badOrdinals: [Int] = []
        var withoutText = 0
        var byteCount = 0
        var trace: [UInt64] = []
        var kept = RowSetDigest()
        var quarantine = LineList<QuarantineRecord>()
        var plan = LineList<Void>()
    }

    private let inputs: InputSet
    private let tap: ProfileTap
    private let threads: Int
    private let holdsRaw: Bool
    private let progress: Progress
    private let quotedShardNames: [[UInt8]]
    private(set) var accounts: [ShardAccount]
    private(set) var kept = RowSetDigest()

    init(inputs: InputSet, tap: ProfileTap, threads: Int, holdsRaw: Bool, progress: Progress) {
        self.inputs = inputs
        self.tap = tap
        self.threads = threads
        self.holdsRaw = holdsRaw
        self.progress = progress
        accounts = Array(repeating: ShardAccount(), count: inputs.shards.count)
        quotedShardNames = inputs.shards.map { shard in
            var json = JSONBytes()
            json.string(shard.name)
            return json.bytes
        }
    }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper = ProfileLook.makeMapper()
        let look: ProfileLook

        init(_ stage: ProfileSurveyStage) throws {
            decoder = RowDecoder(limits: stage.inputs.limits)
            look = try stage.tap.makeLook(mapsAnew: false)
        }
    }

    /// - Parameter write: takes each batch, in row order.
    /// - Throws: `TextFormsError`, `ProfileError`, `ScratchError`, what `write` throws; what is wrong with a shard is
    ///   noted in its account.
    func run(write: @escaping (Batch) throws -> Void) throws {
        let workers = try (0..<threads).map { _ in try Worker(self) }
        let readers = ReaderSlots(count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, Batch>(
            sourceCount: inputs.shards.count, threads: threads, order: .global,
            open: { [inputs] source in try readers.open(inputs, source) },
            work: { [self] worker, batch in try survey(batch, workers[worker]) },
            sink: { [self] source, output in
                accounts[source].badOrdinals += output.badOrdinals
                accounts[source].goodRows += output.goodRows
                accounts[source].withoutText += output.withoutText
                kept.merge(output.kept)
                progress.advance(output.byteCount)
                try tap.traces.append(output.trace, shard: source)
                try write(output)
            },
            ended: { [self] source, error in
                accounts[source].outcome = readers.outcome(of: source)
                accounts[source].error = try SurveyStage.shardError(error, inputs.shards[source])
                readers.close(source)
            })
        try pipeline.run()
    }

    private func survey(_ batch: RawBatch, _ worker: Worker) throws -> Batch {
        let shard = batch.shardIndex
        let name = inputs.shards[shard].name
        var output = Batch()
        worker.mapper.use(inputs.mappings[shard])
        batch.forEachInOrder { row in
            let raw = batch.bytes(of: row)
            output.byteCount += raw.count + 1
            worker.decoder.withDecoded(raw) { decoded in
                switch decoded {
                case .value(let node):
                    if !worker.mapper.map(node) { output.withoutText += 1 }
                    output.goodRows += 1
                    output.kept.add(shard: name, id: Hash128(of: raw).value)
                    worker.look.add(node, worker.mapper, shard: shard, ordinal: row.ordinal)
                case .rejected(let code, let message):
                    add(batch.quarantine(row, code, message), shard, to: &output)
                }
            }
        } quarantined: {
            add($0, shard, to: &output)
        }
        output.trace = try worker.look.endBatch()
        return output
    }

    private func add(_ row: QuarantinedRow, _ shard: Int, to output: inout Batch) {
        output.badOrdinals.append(row.ordinal)
        QuarantineLine(
            shard: shard, shardName: inputs.shards[shard].name, quotedShardName: quotedShardNames[shard],
            holdsRaw: holdsRaw
        ).add(row, to: &output.quarantine, plan: &output.plan)
    }
}
