import Corpus
import EvalOverlap
import Pipeline
import Shards

/// The first pass of an overlap run: reads every shard once and counts what eval texts stand in how many rows.
final class OverlapSurveyStage {
    private let inputs: InputSet
    private let index: EvalIndex
    private let threads: Int
    private let slices: [String]
    /// Shards that are an eval set: searched for the others, and not counted.
    private let leftOut: Set<Int>
    private let doors: RowDoors
    private let cues: CuePhrases?
    private let progress: Progress
    private var doorRows = DoorRows()
    private var cueCounts: CueCounts?
    private(set) var accounts: [ShardAccount]
    /// A flag for each readable row of each shard: whether the second pass must look at it.
    private(set) var candidates: [[Bool]]
    private(set) var counts: OverlapCounts
    /// Rows by the values of the slice fields.
    private(set) var sliceRows: [[String: Int]]

    init(
        inputs: InputSet, index: EvalIndex, threads: Int, slices: [String], leftOut: Set<Int>,
        doors: RowDoors, cues: CuePhrases?, progress: Progress
    ) {
        self.doors = doors
        self.cues = cues
        self.inputs = inputs
        self.index = index
        self.threads = threads
        self.slices = slices
        self.leftOut = leftOut
        self.progress = progress
        accounts = Array(repeating: ShardAccount(), count: inputs.shards.count)
        candidates = Array(repeating: [], count: inputs.shards.count)
        counts = OverlapCounts(index)
        sliceRows = Array(repeating: [:], count: slices.count)
    }

    private struct Output {
        var candidates: [Bool] = []
        var badOrdinals: [Int] = []
        var withoutText = 0
        var byteCount = 0
        var sliceRows: [[String: Int]] = []
        var watched = RowWatch.Output()
    }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper: RowMapper
        let surveyor: OverlapSurveyor
        /// For shards that are an eval set: its counts are not used.
        let aside: OverlapSurveyor?
        let watch: RowWatch

        init(_ stage: OverlapSurveyStage) throws {
            decoder = RowDecoder(limits: stage.inputs.limits)
            mapper = RowMapper(
                ignoredFields: [], slices: stage.slices.map { FieldPath($0) }, toolsAreCompared: false)
            surveyor = try OverlapSurveyor(stage.index)
            aside = try stage.leftOut.isEmpty ? nil : OverlapSurveyor(stage.index)
            watch = RowWatch(stage.doors, cues: stage.cues)
        }
    }

    /// - Throws: `TextFormsError`; what is wrong with a shard is noted in its account.
    func run() throws {
        let workers = try (0..<threads).map { _ in try Worker(self) }
        let readers = ReaderSlots(count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, Output>(
            sourceCount: inputs.shards.count, threads: threads, order: .withinSource,
            open: { [inputs] source in try readers.open(inputs, source) },
            work: { [self] worker, batch in survey(batch, workers[worker]) },
            sink: { [self] source, output in
                doorRows.take(output.watched, shard: source, first: accounts[source].goodRows)
                accounts[source].badOrdinals += output.badOrdinals
                accounts[source].goodRows += output.candidates.count
                accounts[source].withoutText += output.withoutText
                candidates[source] += output.candidates
                for (dimension, rows) in output.sliceRows.enumerated() {
                    sliceRows[dimension].merge(rows, uniquingKeysWith: +)
                }
                progress.advance(output.byteCount)
            },
            ended: { [self] source, error in
                accounts[source].outcome = readers.outcome(of: source)
                accounts[source].error = try SurveyStage.shardError(error, inputs.shards[source])
                readers.close(source)
            })
        try pipeline.run()
        for worker in workers { counts.merge(worker.surveyor.counts) }
        if let cues {
            var sum = CueCounts(cues)
            for worker in workers { if let own = worker.watch.cues { sum.merge(own.counts) } }
            cueCounts = sum
        }
    }

    /// What the second pass needs.
    var result: OverlapSurvey {
        OverlapSurvey(
            accounts: accounts, candidates: candidates, sliceRows: sliceRows, doorRows: doorRows,
            cues: cueCounts)
    }

    private func survey(_ batch: RawBatch, _ worker: Worker) -> Output {
        var output = Output()
        output.badOrdinals = batch.quarantined.map(\.ordinal)
        output.candidates.reserveCapacity(batch.rows.count)
        output.sliceRows = Array(repeating: [:], count: slices.count)
        let isLeftOut = leftOut.contains(batch.shardIndex)
        worker.mapper.use(inputs.mappings[batch.shardIndex])
        for row in batch.rows {
            let raw = batch.bytes(of: row)
            output.byteCount += raw.count + 1
            worker.decoder.withDecoded(raw) { decoded in
                guard case .value(let node) = decoded else {
                    output.badOrdinals.append(row.ordinal)
                    return
                }
                if !worker.mapper.map(node) { output.withoutText += 1 }
                if !slices.isEmpty {
                    for item in SliceSet.values(of: worker.mapper.sliceValues) {
                        output.sliceRows[item.dimension][item.value, default: 0] += 1
                    }
                }
                output.candidates.append(
                    worker.mapper.withRowText { row in
                        if isLeftOut { return worker.aside?.add(row) ?? false }
                        let isCandidate = worker.surveyor.add(row)
                        worker.watch.add(
                            node, row, worker.surveyor.text, number: output.candidates.count,
                            to: &output.watched)
                        return isCandidate
                    })
            }
        }
        output.badOrdinals.sort()
        return output
    }
}
