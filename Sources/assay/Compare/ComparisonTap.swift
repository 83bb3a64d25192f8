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
        let names = (left: "training", right: "production")
        var own = input
        own.inputs = request.production
        let right = try InputSet(options: own, against: [], spoolFolder: spoolFolder)
        engine = ComparisonEngine(
            request.options.request(names: names, slice: slices.first, threads: threads),
            inputs: try InputSet(left: training, right: right, names: names), sources: sources,
            progress: progress)
    }

    /// Runs all of it.
    ///
    /// - Throws: as `ComparisonRun.perform`.
    func finish(
        _ folder: RunFolder, store: RunStoreWriter, holdsRaw: Bool, progress: Progress
    ) throws -> (figures: ComparisonFigures, digests: [(file: RunFile, digest: FileDigest)]) {
        progress.begin("comparing", total: engine.inputs.plainBytes)
        try engine.decide(try engine.survey())
        let outputs = try ComparisonOutputs(
            folder: folder, threads: engine.request.threads, shared: store)
        let found = try engine.finish(outputs: outputs, holdsRaw: holdsRaw)
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
