import Corpus
import Glibc
import LanguageProfile
import NearDuplicates
import Pipeline
import Shards

/// A further pass over the rows that have a feature, or a sample of them, to find near duplicates among them.
///
/// Which rows these are is known only once all rows were read; shards are split again, and none but these rows parsed.
final class WitnessStage {
    private let inputs: InputSet
    private let places: [FeatureTallies.Place]
    private let clustering: DedupConfiguration
    private let table: RowTable
    /// For each shard its part of `places`.
    private let ranges: [Range<Int>]

    /// - Parameters:
    ///   - places: in order, each once.
    ///   - clustering: how near duplicates are found.
    /// - Throws: `ProfileError` where scratch cannot be written.
    init(
        _ inputs: InputSet, places: [FeatureTallies.Place], clustering: DedupConfiguration, scratch: String
    ) throws {
        self.inputs = inputs
        self.places = places
        self.clustering = clustering
        let folder = scratch + "/feature-witnesses"
        guard mkdir(folder, 0o700) == 0 else {
            throw ProfileError(
                .scratch,
                "\(folder): \(String(cString: strerror(errno))); choose another folder with --scratch")
        }
        table = try RowTable(shardCount: 1, memoryBytes: clustering.memoryBytes, scratch: folder)
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
    ///
    /// `@unchecked Sendable` without a lock: each thread uses its own.
    private final class Worker: @unchecked Sendable {
        let decoder: RowDecoder
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
        let survey: SurveyWorker

        init(_ stage: WitnessStage) throws {
            decoder = RowDecoder(limits: stage.inputs.limits)
            survey = try SurveyWorker(configuration: stage.clustering)
        }
    }

    /// Reads the rows and finds their clusters.
    ///
    /// - Throws: as `DedupDecision`; `ShardError` is none here: what a shard lacks, the pass before has noted.
    func clusters() throws -> EvidenceClusters {
        guard !places.isEmpty else { return .none }
        let workers = try (0..<clustering.threads).map { _ in try Worker(self) }
        let readers = ReaderSlots(count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, SurveyChunk>(
            sourceCount: inputs.shards.count, threads: clustering.threads, order: .global,
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
            work: { [self] worker, batch in add(batch, workers[worker]) },
            sink: { [table] _, chunk in try table.append(chunk, shard: 0) },
            ended: { [inputs] source, error in
                _ = try SurveyStage.shardError(error, inputs.shards[source])
                readers.close(source)
            })
        try pipeline.run()
        try table.seal()
        guard table.rowCount == places.count else {
            throw UsageError(
                "an input changed while it was being scanned; scan again when nothing writes to it")
        }
        let decision = try DedupDecision(table: table, declared: [], configuration: clustering)
        return EvidenceClusters(
            places: places,
            clusters: (0..<table.rowCount).map { row in
                decision.verdicts.casualty(row).map { Int($0.keeper) } ?? row
            })
    }

    private func add(_ batch: RawBatch, _ worker: Worker) -> SurveyChunk {
        let chunk = worker.survey.makeChunk()
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
                worker.survey.add(worker.mapper, raw: raw, against: false, to: chunk)
            }
        }
        return chunk
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
