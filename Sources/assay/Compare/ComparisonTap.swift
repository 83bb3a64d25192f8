import Comparison
import Findings
import Shards

/// The comparison of a scan's training rows with production rows, after the other analyses: it reads the training rows
/// in two passes of its own.
final class ComparisonTap {
    /// What a scan is asked about production rows.
    struct Request {
        var options: ComparisonOptions
        var production: [String]

        var isEmpty: Bool { production.isEmpty }
    }

    /// The names of the two sides.
    static let sides = ["training", "production"]

    private let engine: ComparisonEngine
    private(set) var samples: [ComparisonSample] = []

    /// - Parameters:
    ///   - training: the scan's training shards.
    ///   - slices: the scan's slice fields; the first one is compared by.
    /// - Throws: `UsageError`, `ShardError`, `ProfileError`.
    init(
        _ request: Request, input: InputOptions, training: InputSet, slices: [String], sources: WordSources,
        spoolFolder: String, threads: Int, progress: Progress
    ) throws {
        let names = (left: Self.sides[0], right: Self.sides[1])
        guard request.options.perValue == nil || !slices.isEmpty else {
            throw UsageError("--per-value draws by the values of a field: name it by --slice")
        }
        var own = try input.ofSide(names.right, among: Self.sides)
        own.inputs = request.production
        let right = try InputSet(options: own, against: [], spoolFolder: spoolFolder)
        engine = ComparisonEngine(
            request.options.request(names: names, slice: slices.first, threads: threads),
            inputs: try InputSet(left: training, right: right, names: names), sources: sources,
            progress: progress)
    }

    /// Runs all of it.
    ///
    /// - Parameters:
    ///   - first: the store's numbers of the first production shard and row.
    ///   - quarantine: takes bad production rows; those of training rows are there already.
    /// - Throws: as `ComparisonRun.perform`.
    func finish(
        _ folder: RunFolder, store: RunStoreWriter, first: (shard: Int, row: Int),
        quarantine: EvidenceOutputs,
        holdsRaw: Bool, progress: Progress
    ) throws -> (figures: ComparisonFigures, digests: [(file: RunFile, digest: FileDigest)]) {
        progress.begin("comparing", total: engine.inputs.plainBytes)
        try engine.decide(try engine.survey())
        let outputs = try ComparisonOutputs(
            folder: folder, threads: engine.request.threads,
            scan: ComparisonOutputs.Scan(
                store: store, quarantine: quarantine, trainingCount: engine.inputs.trainingCount,
                firstShard: first.shard))
        let found = try engine.finish(outputs: outputs, holdsRaw: holdsRaw)
        try store.addShards(engine.productionShards(firstRow: first.row), firstShard: first.shard)
        samples = engine.samples
        return found
    }

    /// The production shards, for the manifest.
    var manifestInputs: [RunManifest.Input] {
        engine.inputs.shards.indices.filter { engine.inputs.isRight($0) }.map { engine.manifestInput($0) }
    }

    /// The production shards, for the log.
    var logInputs: [RunLog.Input] {
        engine.inputs.shards.indices.filter { engine.inputs.isRight($0) }.map { index in
            RunLog.Input(
                corpus: "production", name: engine.inputs.shards[index].name,
                path: ProcessFacts.absolute(engine.inputs.shards[index].path))
        }
    }

    /// Whether a production shard was not read to its end.
    var isComplete: Bool { engine.accounts.allSatisfy { $0.error == nil } }
}
