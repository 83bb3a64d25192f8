import Comparison
import Corpus
import Findings
import Shards

/// One `compare` from its inputs to its folder.
final class ComparisonRun {
    /// Everything that a run is told.
    struct Request {
        var arguments: [String]
        var input: InputOptions
        var left: SideOption
        var right: SideOption
        var comparison: ComparisonOptions
        var words: WordOptions
        var slice: String?
        var gates: [Gate]
        var run: RunOptions
    }

    /// What there is to report.
    struct Result {
        var path: String
        var summary: RunSummary
        var notes: [String]
        var samples: [ComparisonSample]
    }

    private let request: Request
    private let threads: Int

    init(_ request: Request) {
        self.request = request
        threads = request.input.threads ?? ProcessFacts.processorCount()
    }

    /// - Throws: `UsageError`, `ShardError`, `FindingsError`, `ProfileError`, `TextFormsError`.
    func perform() throws -> Result {
        try RunFrame.run(
            "compare", firstInput: request.left.inputs.first, arguments: request.arguments, threads: threads,
            options: request.run, body: perform)
    }

    private func perform(_ frame: RunFrame) throws -> Result {
        let inputs = try InputSet.sides(
            request.input, left: request.left, right: request.right, spoolFolder: frame.scratch.path)
        let engine = ComparisonEngine(
            request.comparison.request(
                names: (request.left.name, request.right.name), slice: request.slice, threads: threads),
            inputs: inputs, sources: try WordSources(request.words), progress: frame.progress)
        frame.progress.begin("reading", total: inputs.plainBytes)
        let rows = try engine.survey()
        try engine.checkSides()
        frame.endPhase("survey")
        frame.progress.begin("comparing")
        try engine.decide(rows)
        frame.endPhase("decide")
        frame.progress.begin("writing evidence", total: inputs.plainBytes)
        let outputs = try ComparisonOutputs(folder: frame.folder, threads: threads)
        let found = try engine.finish(outputs: outputs, holdsRaw: !request.run.noRaw)
        let digests = try found.digests + outputs.finishRest(engine.shards())
        frame.endPhase("evidence")
        var summary = summary(inputs, engine.accounts)
        summary.comparison = found.figures
        summary.gates = try request.gates.flatMap { try $0.judge(summary) }
        summary.causes = ExitCause.all(in: summary, maximumBadRows: request.run.maxBadRows)
        let path = try frame.commit(
            summary, manifest(engine), digests: digests, logInputs: logInputs(inputs), notes: inputs.notes)
        return Result(path: path, summary: summary, notes: inputs.notes, samples: engine.samples)
    }

    /// Rows and shards of the left side; those of the right side are in the comparison's own figures.
    private func summary(_ inputs: InputSet, _ accounts: [ShardAccount]) -> RunSummary {
        var summary = RunSummary()
        for (index, shard) in inputs.shards.enumerated() {
            if accounts[index].error != nil { summary.complete = false }
            if inputs.isRight(index) { continue }
            summary.add(accounts[index].figures(of: shard), withoutText: accounts[index].withoutText)
        }
        return summary
    }

    private func manifest(_ engine: ComparisonEngine) -> RunManifest {
        let inputs = engine.inputs
        var manifest = RunManifest()
        manifest.components = engine.sources.components
        manifest.configuration = configuration(inputs)
        manifest.inputs = inputs.shards.indices.map { engine.manifestInput($0) }
        manifest.rowSetDigest.kept = engine.kept.hexadecimal
        manifest.rowSetDigest.removed = RowSetDigest().hexadecimal
        return manifest
    }

    /// What of the options can change a result.
    private func configuration(_ inputs: InputSet) -> JSONValue {
        let mappings = MappingRecord.values(of: inputs.mappings)
        var fields: [String: JSONValue] = [
            "left": .string(request.left.name), "right": .string(request.right.name),
            "gates": EffectiveConfiguration.gates(request.gates),
            "maxBadRows": .integer(request.run.maxBadRows), "mappings": mappings.mappings,
            "mappingOfShard": mappings.ofShards, "raw": .bool(!request.run.noRaw),
            "limits": inputs.limits.record,
        ]
        fields.merge(request.comparison.record(slice: request.slice)) { first, _ in first }
        if let language = request.words.language { fields["language"] = .string(language) }
        if let format = request.input.format { fields["format"] = .string(format) }
        return .object(fields.merging(inputs.splits.record) { first, _ in first })
    }

    private func logInputs(_ inputs: InputSet) -> [RunLog.Input] {
        inputs.shards.enumerated().map { index, shard in
            RunLog.Input(
                corpus: inputs.isRight(index) ? "production" : "training", name: shard.name,
                path: ProcessFacts.absolute(shard.path))
        }
    }
}
