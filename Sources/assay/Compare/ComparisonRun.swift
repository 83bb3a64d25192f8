import Comparison
import Corpus
import Findings
import Glibc
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
    private let progress: Progress
    private var log = RunLog()
    private var phaseStart = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())

    init(_ request: Request) {
        self.request = request
        threads = request.input.threads ?? ProcessFacts.processorCount()
        progress = Progress(isQuiet: request.run.quiet)
    }

    /// - Throws: `UsageError`, `ShardError`, `FindingsError`, `ProfileError`, `TextFormsError`.
    func perform() throws -> Result {
        log.started = ProcessFacts.now()
        let name: RunFolder.Name =
            request.run.out.map { .path($0) }
            ?? .automatic(
                parent: RunFolder.defaultParent, verb: "compare",
                firstShard: request.left.inputs.first ?? "run")
        let folder = try Cleanup.making(
            { try RunFolder(name, force: request.run.force, processID: getpid()) }, at: \.partialPath)
        defer { Cleanup.unregister(folder.partialPath) }
        let scratch = try Scratch(beside: folder.partialPath, chosen: request.run.scratch)
        defer { scratch.remove() }
        let inputs = try InputSet.sides(
            request.input, left: request.left, right: request.right, spoolFolder: scratch.path)
        let engine = ComparisonEngine(
            request.comparison.request(
                names: (request.left.name, request.right.name), slice: request.slice, threads: threads),
            inputs: inputs, sources: try WordSources(request.words), progress: progress)
        progress.begin("reading", total: inputs.plainBytes)
        let rows = try engine.survey()
        try engine.checkSides()
        endPhase("survey")
        progress.begin("comparing")
        try engine.decide(rows)
        endPhase("decide")
        progress.begin("writing evidence", total: inputs.plainBytes)
        let outputs = try ComparisonOutputs(folder: folder, threads: threads)
        let found = try engine.finish(outputs: outputs, holdsRaw: !request.run.noRaw)
        let digests = try found.digests + outputs.finishRest(engine.shards())
        endPhase("evidence")
        var summary = summary(inputs, engine.accounts)
        summary.comparison = found.figures
        summary.gates = try request.gates.flatMap { try $0.judge(summary) }
        summary.causes = ExitCause.all(in: summary, maximumBadRows: request.run.maxBadRows)
        try writeManifest(folder, engine, summary, digests)
        try writeLog(folder, inputs: inputs, scratch: scratch)
        scratch.remove()
        let path = try folder.commit()
        progress.end()
        return Result(path: path, summary: summary, notes: inputs.notes, samples: engine.samples)
    }

    private func endPhase(_ name: String) {
        let now = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())
        log.phases.append(
            RunLog.Phase(
                name: name, seconds: now.wall - phaseStart.wall, cpuSeconds: now.cpu - phaseStart.cpu))
        phaseStart = now
    }

    /// Rows and shards of the left side; those of the right side are in the comparison's own figures.
    private func summary(_ inputs: InputSet, _ accounts: [ShardAccount]) -> RunSummary {
        var summary = RunSummary()
        for (index, shard) in inputs.shards.enumerated() {
            let account = accounts[index]
            if account.error != nil { summary.complete = false }
            if inputs.isRight(index) { continue }
            var figures = RunSummary.Shard()
            figures.name = shard.name
            figures.rows = account.rows
            figures.quarantined = account.badOrdinals.count
            figures.kept = figures.rows - figures.quarantined
            figures.blankLines = account.outcome.blankLineCount
            figures.bytes = Int(shard.byteCount)
            figures.notes = account.outcome.notes
            if let error = account.error {
                figures.state = account.rows == 0 ? .unreadable : .endedEarly
                figures.notes.append(error.message)
            }
            summary.rows.in += figures.rows
            summary.rows.kept += figures.kept
            summary.rows.quarantined += figures.quarantined
            summary.withoutText += account.withoutText
            summary.shards.append(figures)
        }
        return summary
    }

    private func writeManifest(
        _ folder: RunFolder, _ engine: ComparisonEngine, _ summary: RunSummary,
        _ digests: [(file: RunFile, digest: FileDigest)]
    ) throws {
        let inputs = engine.inputs
        var manifest = RunManifest()
        manifest.command = "compare"
        manifest.tool = RunManifest.Component(name: "assay", version: Version.tool)
        manifest.components = Version.components + engine.sources.components
        manifest.configuration = configuration(inputs)
        manifest.complete = summary.complete
        manifest.inputs = inputs.shards.indices.map { engine.manifestInput($0) }
        manifest.outputs = digests.map { RunManifest.Output(name: $0.file.name, digest: $0.digest) }
        let digest = try folder.write(try summary.encoded(), to: .summary)
        manifest.outputs.append(RunManifest.Output(name: RunFile.summary.name, digest: digest))
        manifest.rowSetDigest.kept = engine.kept.hexadecimal
        manifest.rowSetDigest.removed = RowSetDigest().hexadecimal
        try RunEnd.write(manifest, to: folder)
    }

    /// What of the options can change a result.
    private func configuration(_ inputs: InputSet) -> JSONValue {
        let mappings = MappingRecord.values(of: inputs.mappings)
        var fields: [String: JSONValue] = [
            "left": .string(request.left.name), "right": .string(request.right.name),
            "gates": EffectiveConfiguration.gates(request.gates),
            "maxBadRows": .integer(request.run.maxBadRows), "mappings": mappings.mappings,
            "mappingOfShard": mappings.ofShards, "raw": .bool(!request.run.noRaw),
            "limits": .object([
                "maxRowBytes": .integer(inputs.limits.maxRowBytes),
                "maxNesting": .integer(inputs.limits.maxNesting),
                "maxWindowLog": .integer(inputs.limits.maxWindowLog),
                "maxRatio": .integer(inputs.limits.maxRatio),
            ]),
        ]
        fields.merge(request.comparison.record(slice: request.slice)) { first, _ in first }
        if let language = request.words.language { fields["language"] = .string(language) }
        if let format = request.input.format { fields["format"] = .string(format) }
        return .object(fields.merging(inputs.splits.record) { first, _ in first })
    }

    private func writeLog(_ folder: RunFolder, inputs: InputSet, scratch: Scratch) throws {
        log.finished = ProcessFacts.now()
        log.arguments = request.arguments
        log.workingFolder = ProcessFacts.workingFolder()
        log.host = ProcessFacts.hostName()
        log.threads = threads
        log.peakMemory = ProcessFacts.peakMemory()
        log.scratchFolder = scratch.path
        log.inputs = inputs.shards.enumerated().map { index, shard in
            RunLog.Input(
                corpus: inputs.isRight(index) ? "production" : "training", name: shard.name,
                path: ProcessFacts.absolute(shard.path))
        }
        log.notes = inputs.notes
        try folder.write(try log.encoded(), to: .log)
    }
}
