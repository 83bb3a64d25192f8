import Corpus
import LanguageProfile
import Pipeline
import Shards

/// Reads chosen rows once more: shards are split again, none but these rows are parsed, and a shard's reading ends with
/// its last of them.
final class PlacedRows {
    /// One row; valid only while `body` has it.
    struct Row {
        var place: FeatureTallies.Place
        var raw: UnsafeRawBufferPointer
        /// Has mapped it.
        var mapper: RowMapper
    }

    private let inputs: InputSet
    private let places: [FeatureTallies.Place]
    /// For each shard its part of `places`.
    private let ranges: [Range<Int>]

    /// - Parameter places: in order, each once.
    init(_ inputs: InputSet, _ places: [FeatureTallies.Place]) {
        self.inputs = inputs
        self.places = places
        var ranges: [Range<Int>] = []
        var start = 0
        for shard in inputs.shards.indices {
            let end = places[start...].firstIndex { $0.shard != shard } ?? places.count
            ranges.append(start..<end)
            start = end
        }
        self.ranges = ranges
    }

    /// One thread's tools.
    private final class Worker {
        let decoder: RowDecoder
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)

        init(_ inputs: InputSet) { decoder = RowDecoder(limits: inputs.limits) }
    }

    private struct Output<Result> {
        var result: Result
        var rowCount = 0
    }

    /// Reads the rows.
    ///
    /// - Parameters:
    ///   - begin: makes what a batch's rows go into.
    ///   - body: takes a row on the thread of that number.
    ///   - sink: takes the results in the order of rows.
    /// - Throws: `UsageError` where an input has changed since the first pass; what `sink` throws. What else is wrong
    ///   with a shard, the first pass has noted.
    func read<Result>(
        threads: Int, begin: @escaping (_ worker: Int) -> Result,
        row body: @escaping (_ worker: Int, Row, inout Result) -> Void,
        sink: @escaping (Result) throws -> Void
    ) throws {
        guard !places.isEmpty else { return }
        let workers = (0..<threads).map { _ in Worker(inputs) }
        let readers = ReaderSlots(count: inputs.shards.count)
        var rowCount = 0
        let pipeline = Pipeline<RawBatch, Output<Result>>(
            sourceCount: inputs.shards.count, threads: threads, order: .global,
            open: { [self] source in
                guard let last = places[ranges[source]].last else { return { nil } }
                let next = try readers.open(inputs, source, hashes: false)
                var isDone = false
                return {
                    guard !isDone, let batch = try next() else { return nil }
                    isDone = batch.rows.last?.ordinal ?? 0 >= last.ordinal
                    return batch
                }
            },
            work: { [self] worker, batch in
                var output = Output(result: begin(worker))
                forEachRow(of: batch, workers[worker]) {
                    output.rowCount += 1
                    body(worker, $0, &output.result)
                }
                return output
            },
            sink: { _, output in
                rowCount += output.rowCount
                try sink(output.result)
            },
            ended: { [inputs] source, error in
                _ = try SurveyStage.shardError(error, inputs.shards[source])
                readers.close(source)
            })
        try pipeline.run()
        // A file that is not as it was found gives no rows.
        guard rowCount == places.count else {
            throw UsageError(
                "an input changed while it was being scanned; scan again when nothing writes to it")
        }
    }

    private func forEachRow(of batch: RawBatch, _ worker: Worker, _ body: (Row) -> Void) {
        var wanted = places[ranges[batch.shardIndex]]
        wanted = wanted[(batch.rows.first.map { position(of: $0.ordinal, in: wanted) } ?? wanted.endIndex)...]
        worker.mapper.use(inputs.mappings[batch.shardIndex])
        for row in batch.rows {
            guard let next = wanted.first else { break }
            guard next.ordinal == row.ordinal else { continue }
            wanted.removeFirst()
            let raw = batch.bytes(of: row)
            worker.decoder.withDecoded(raw) { decoded in
                guard case .value(let node) = decoded else { return }
                worker.mapper.map(node)
                body(Row(place: next, raw: raw, mapper: worker.mapper))
            }
        }
    }

    /// The first place at an ordinal or behind it.
    private func position(of ordinal: Int, in slice: ArraySlice<FeatureTallies.Place>) -> Int {
        var low = slice.startIndex
        var high = slice.endIndex
        while low < high {
            let middle = (low + high) / 2
            if slice[middle].ordinal < ordinal { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
