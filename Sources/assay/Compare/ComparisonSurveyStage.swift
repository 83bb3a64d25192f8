import Comparison
import Corpus
import Findings
import Pipeline
import Shards

/// The first pass of a comparison: reads every row once and draws the samples of both sides.
final class ComparisonSurveyStage {
    private let inputs: InputSet
    private let request: ComparisonRequest
    private let progress: Progress
    private(set) var accounts: [ShardAccount]

    init(inputs: InputSet, request: ComparisonRequest, progress: Progress) {
        self.inputs = inputs
        self.request = request
        self.progress = progress
        accounts = Array(repeating: ShardAccount(), count: inputs.shards.count)
    }

    private struct Output {
        var badOrdinals: [Int] = []
        var goodRows = 0
        var withoutText = 0
        var byteCount = 0
    }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper: RowMapper
        var samplers: [StratifiedSampler]
        var text: [UInt8] = []

        init(_ stage: ComparisonSurveyStage) {
            decoder = RowDecoder(limits: stage.inputs.limits)
            mapper = RowMapper(
                ignoredFields: [], slices: stage.request.slice.map { [FieldPath($0)] } ?? [],
                toolsAreCompared: false)
            samplers = ComparisonSide.allCases.map { _ in
                StratifiedSampler(limit: stage.request.sample, perValue: stage.request.perValue)
            }
        }
    }

    /// - Returns: the drawn rows, the left ones first.
    /// - Throws: `UsageError` where a field has too many values to draw by; what is wrong with a shard is noted in its
    ///   account.
    func run() throws -> [SampledRow] {
        let workers = (0..<request.threads).map { _ in Worker(self) }
        let readers = ReaderSlots(count: inputs.shards.count)
        let shardHashes = inputs.shards.map { RowSampler.hash(ofShard: $0.name) }
        let pipeline = Pipeline<RawBatch, Output>(
            sourceCount: inputs.shards.count, threads: request.threads, order: .withinSource,
            open: { [inputs] source in try readers.open(inputs, source) },
            work: { [self] worker, batch in
                survey(batch, workers[worker], shardHashes[batch.shardIndex])
            },
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
        let ofSides = ComparisonSide.allCases.map { side in workers.map { $0.samplers[Int(side.rawValue)] } }
        if ofSides.contains(where: StratifiedSampler.isOverfull) {
            throw UsageError(
                "--per-value: \(request.slice ?? "the field") has over \(StratifiedSampler.mostValues) values; name a "
                    + "coarser field by --slice, or leave --per-value out")
        }
        return ofSides.flatMap { StratifiedSampler.merged($0) }
    }

    private func survey(_ batch: RawBatch, _ worker: Worker, _ shardHash: UInt64) -> Output {
        var output = Output()
        output.badOrdinals = batch.quarantined.map(\.ordinal)
        let side: ComparisonSide = inputs.isRight(batch.shardIndex) ? .right : .left
        worker.mapper.use(inputs.mappings[batch.shardIndex])
        for row in batch.rows {
            let raw = batch.bytes(of: row)
            output.byteCount += raw.count + 1
            worker.decoder.withDecoded(raw) { decoded in
                guard case .value(let node) = decoded else {
                    output.badOrdinals.append(row.ordinal)
                    return
                }
                output.goodRows += 1
                worker.mapper.map(node)
                worker.text.removeAll(keepingCapacity: true)
                let turns = worker.mapper.withRowText { request.turns.append($0, to: &worker.text) }
                guard turns > 0 else {
                    output.withoutText += 1
                    return
                }
                let key = RowSampler.key(
                    seed: request.seed, side: side, shard: shardHash, ordinal: row.ordinal)
                // Rows are counted by their first value, drawn or not.
                let value =
                    request.perValue > 0
                    ? SliceSet.values(of: worker.mapper.sliceValues).first?.value ?? "" : ""
                guard worker.samplers[Int(side.rawValue)].wants(key, value: value) else { return }
                let slices =
                    request.slice.map { field in
                        SliceSet.values(of: worker.mapper.sliceValues).map {
                            SliceValue(field: field, value: $0.value)
                        }
                    } ?? []
                worker.samplers[Int(side.rawValue)].add(
                    SampledRow(
                        key: key, side: side, shard: batch.shardIndex, ordinal: row.ordinal,
                        text: worker.text, turns: turns, slices: slices), value: value)
            }
        }
        output.badOrdinals.sort()
        return output
    }
}
