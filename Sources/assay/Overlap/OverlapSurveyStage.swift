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
    /// Shards that are an eval set, left out.
    private let leftOut: Set<Int>
    private let doors: RowDoors
    private let progress: Progress
    /// Rows by the hash of an identity that some item has too.
    private(set) var identityRows: [UInt64: Int] = [:]
    /// Rows later than the eval set, and rows whose time could be read.
    private(set) var laterRows = 0
    private(set) var timedRows = 0
    private(set) var accounts: [ShardAccount]
    /// A flag for each readable row of each shard: whether the second pass must look at it.
    private(set) var candidates: [[Bool]]
    private(set) var counts: OverlapCounts
    /// Rows by the values of the slice fields.
    private(set) var sliceRows: [[String: Int]]

    init(
        inputs: InputSet, index: EvalIndex, threads: Int, slices: [String], leftOut: Set<Int>,
        doors: RowDoors,
        progress: Progress
    ) {
        self.doors = doors
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
        var identities: [UInt64] = []
        var later = 0
        var timed = 0
    }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper: RowMapper
        let surveyor: OverlapSurveyor

        init(_ stage: OverlapSurveyStage) throws {
            decoder = RowDecoder(limits: stage.inputs.limits)
            mapper = RowMapper(
                ignoredFields: [], slices: stage.slices.map { FieldPath($0) }, toolsAreCompared: false)
            surveyor = try OverlapSurveyor(stage.index)
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
                accounts[source].badOrdinals += output.badOrdinals
                accounts[source].goodRows += output.candidates.count
                accounts[source].withoutText += output.withoutText
                candidates[source] += output.candidates
                for identity in output.identities { identityRows[identity, default: 0] += 1 }
                laterRows += output.later
                timedRows += output.timed
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
    }

    /// What the second pass needs.
    var result: OverlapSurvey {
        OverlapSurvey(accounts: accounts, candidates: candidates, sliceRows: sliceRows)
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
                if !doors.isIdle, !isLeftOut {
                    output.identities += doors.shared(node)
                    if let isLater = doors.isLater(node) {
                        output.timed += 1
                        output.later += isLater ? 1 : 0
                    }
                }
                if !slices.isEmpty {
                    for item in SliceSet.values(of: worker.mapper.sliceValues) {
                        output.sliceRows[item.dimension][item.value, default: 0] += 1
                    }
                }
                output.candidates.append(!isLeftOut && worker.mapper.withRowText { worker.surveyor.add($0) })
            }
        }
        output.badOrdinals.sort()
        return output
    }
}

extension RowMapper {
    /// The turns of the row mapped last.
    func withRowText<Result>(_ body: (RowText) -> Result) -> Result {
        text.withUnsafeBytes { bytes in
            turns.withUnsafeBufferPointer { body(RowText(bytes: bytes, turns: $0)) }
        }
    }
}
