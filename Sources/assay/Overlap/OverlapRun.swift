import Corpus
import EvalOverlap
import Findings
import Glibc
import Shards

/// One `overlap` from its inputs to its folder.
final class OverlapRun {
    /// What is searched for, and the gates that it is held against.
    struct Search {
        var eval: EvalOptions
        var doors: DoorOptions
        var rubric: RubricOptions
        var gates: [Gate]
    }

    /// What there is to report.
    struct Result {
        var path: String
        var summary: RunSummary
        var groups: [(mapping: String, shards: Int)]
        var notes: [String]
        var samples: [OverlapSample]
    }

    private let request: RunRequest
    private let search: Search
    private let threads: Int
    private let progress: Progress
    private var log = RunLog()
    private var phaseStart = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())

    init(_ request: RunRequest, _ search: Search) {
        self.request = request
        self.search = search
        threads = request.input.threads ?? ProcessFacts.processorCount()
        progress = Progress(isQuiet: request.run.quiet)
    }

    /// What is read before the rows.
    private struct Sources {
        var inputs: InputSet
        var reader: EvalReader
        var rubric: RubricReader?
        var results: ResultsDoor
        var doors: RowDoors
        var own: SelfShards
        var index: EvalIndex

        var notes: [String] { inputs.notes + reader.notes + (rubric?.notes ?? []) + results.notes }
        var manifestInputs: [RunManifest.Input] {
            reader.manifestInputs + (rubric?.sources ?? []) + results.sources
        }
    }

    /// - Throws: `UsageError`, `ShardError`, `FindingsError`, `TextFormsError`.
    func perform() throws -> Result {
        log.started = ProcessFacts.now()
        let key = try search.doors.key()
        let name: RunFolder.Name =
            request.run.out.map { .path($0) }
            ?? .automatic(
                parent: RunFolder.defaultParent, verb: "overlap",
                firstShard: request.input.inputs.first ?? "run")
        let folder = try Cleanup.making(
            { try RunFolder(name, force: request.run.force, processID: getpid()) }, at: \.partialPath)
        defer { Cleanup.unregister(folder.partialPath) }
        let scratch = try Scratch(beside: folder.partialPath, chosen: request.run.scratch)
        defer { scratch.remove() }
        let sources = try read(spoolFolder: scratch.path)
        let survey = try survey(sources)
        let decision = OverlapDecision(sources.index, survey.counts)
        endPhase("decide")
        let outputs = try OverlapOutputs(folder: folder, threads: threads)
        let evidence = try judge(sources, survey, decision, outputs)
        let power = try OverlapPower(decision).measure(search.eval.plant)
        endPhase("power")
        var summary = OverlapSummary(
            inputs: sources.inputs, survey: survey.result, evidence: evidence, own: sources.own,
            slices: request.slices, power: power, reader: sources.reader, rubric: sources.rubric
        ).build()
        let found = DoorFigures(doors: sources.doors, evidence: evidence, key: key, clusters: nil)
        summary.evalOverlap?.doors = found.lines + sources.results.figures(evidence.tally, decision)
        summary.gates = try search.gates.map { try $0.judge(summary) }.flatMap { $0 }
        summary.causes = ExitCause.all(in: summary, maximumBadRows: request.run.maxBadRows)
        let digests = try outputs.finish(
            evidence, inputs: sources.inputs, figures: summary.evalOverlap ?? EvalOverlapFigures(),
            joins: found.joins, quarantined: sources.reader.quarantined)
        try writeManifest(
            folder, inputs: sources.inputs, evals: sources.manifestInputs, evidence: evidence, summary,
            digests)
        let notes = sources.notes + survey.counts.notes + evidence.tally.notes
        try writeLog(folder, sources, notes: notes, scratch: scratch)
        scratch.remove()
        let path = try folder.commit()
        progress.end()
        return Result(
            path: path, summary: summary, groups: sources.inputs.groups, notes: notes,
            samples: evidence.samples)
    }

    /// Reads the eval sets and all else that is asked for, and indexes the sets.
    private func read(spoolFolder: String) throws -> Sources {
        let inputs = try InputSet(options: request.input, against: [], spoolFolder: spoolFolder)
        let reader = try EvalReader(
            search.eval, limits: inputs.limits, spoolFolder: spoolFolder,
            identities: search.doors.identities)
        try reader.check(search.gates)
        let rubric = try RubricReader(search.rubric, limits: inputs.limits, spoolFolder: spoolFolder)
        let results = try ResultsDoor(search.eval, sets: reader.sets, limits: inputs.limits)
        let doors = try search.doors.doors(reader.sets)
        try search.doors.check(doors)
        progress.begin("reading", total: inputs.plainBytes)
        let sources = Sources(
            inputs: inputs, reader: reader, rubric: rubric, results: results, doors: doors,
            own: try SelfShards(inputs, reader), index: try EvalIndex(reader.sets, threads: threads))
        endPhase("index")
        return sources
    }

    /// The first pass; options that no row knows are told after it.
    private func survey(_ sources: Sources) throws -> OverlapSurveyStage {
        let survey = OverlapSurveyStage(
            inputs: sources.inputs, index: sources.index, threads: threads, slices: request.slices,
            leftOut: Set(sources.own.setsOfShard.keys), doors: sources.doors, cues: sources.rubric?.phrases,
            progress: progress)
        try survey.run()
        try checkSlices(survey)
        try search.doors.check(survey.result.doorRows, rows: survey.counts.rows)
        endPhase("survey")
        return survey
    }

    /// The second pass.
    private func judge(
        _ sources: Sources, _ survey: OverlapSurveyStage, _ decision: OverlapDecision,
        _ outputs: OverlapOutputs
    ) throws -> OverlapEvidenceStage {
        let evidence = OverlapEvidenceStage(
            inputs: sources.inputs, survey: survey.result, decision: decision, own: sources.own,
            planned: try search.eval.plannedVerdicts(), holdsRaw: !request.run.noRaw, slices: request.slices,
            doors: sources.doors, findsLikeness: true, threads: threads, progress: progress)
        progress.begin("writing evidence", total: sources.inputs.plainBytes)
        try evidence.run { try outputs.write($0) }
        endPhase("evidence")
        return evidence
    }

    private func endPhase(_ name: String) {
        let now = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())
        log.phases.append(
            RunLog.Phase(
                name: name, seconds: now.wall - phaseStart.wall, cpuSeconds: now.cpu - phaseStart.cpu))
        phaseStart = now
    }

    /// A slice field that no row has is a misspelt option.
    private func checkSlices(_ survey: OverlapSurveyStage) throws {
        guard survey.accounts.contains(where: { $0.goodRows > 0 }) else { return }
        for (field, rows) in zip(request.slices, survey.sliceRows) where rows.isEmpty {
            throw UsageError(
                "--slice \(field): no row has the field \(field); `assay look` lists the fields that slice well"
            )
        }
    }

    private func writeManifest(
        _ folder: RunFolder, inputs: InputSet, evals: [RunManifest.Input], evidence: OverlapEvidenceStage,
        _ summary: RunSummary, _ digests: [(file: RunFile, digest: FileDigest)]
    ) throws {
        var manifest = RunManifest()
        manifest.command = "overlap"
        manifest.tool = RunManifest.Component(name: "assay", version: Version.tool)
        manifest.components = Version.components
        manifest.configuration = try configuration(inputs)
        manifest.complete = summary.complete
        manifest.inputs = zip(inputs.shards, evidence.survey.accounts).map { $1.input(of: $0) }
        manifest.inputs += evals
        manifest.outputs = digests.map { RunManifest.Output(name: $0.file.name, digest: $0.digest) }
        let summaryDigest = try folder.write(try summary.encoded(), to: .summary)
        manifest.outputs.append(RunManifest.Output(name: RunFile.summary.name, digest: summaryDigest))
        manifest.rowSetDigest.kept = evidence.kept.hexadecimal
        manifest.rowSetDigest.removed = evidence.removed.hexadecimal
        try RunEnd.write(manifest, to: folder)
    }

    /// What of the options can change a result.
    private func configuration(_ inputs: InputSet) throws -> JSONValue {
        let mappings = MappingRecord.values(of: inputs.mappings)
        func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
        var fields: [String: JSONValue] = [
            "evalField": strings(search.eval.evalField), "plant": .integer(search.eval.plant),
            "plan": strings(try search.eval.plannedVerdicts().map(\.name).sorted()),
            "slice": strings(request.slices), "maxBadRows": .integer(request.run.maxBadRows),
            "gates": EffectiveConfiguration.gates(search.gates), "mappings": mappings.mappings,
            "mappingOfShard": mappings.ofShards, "raw": .bool(!request.run.noRaw),
            "limits": inputs.limits.record,
        ]
        if let format = request.input.format { fields["format"] = .string(format) }
        fields.merge(search.doors.record) { first, _ in first }
        return .object(fields.merging(inputs.splits.record) { first, _ in first })
    }

    private func writeLog(_ folder: RunFolder, _ sources: Sources, notes: [String], scratch: Scratch) throws {
        log.finished = ProcessFacts.now()
        log.arguments = request.arguments
        log.workingFolder = ProcessFacts.workingFolder()
        log.host = ProcessFacts.hostName()
        log.threads = threads
        log.peakMemory = ProcessFacts.peakMemory()
        log.scratchFolder = scratch.path
        log.inputs = sources.inputs.shards.map {
            RunLog.Input(corpus: "training", name: $0.name, path: ProcessFacts.absolute($0.path))
        }
        log.inputs += sources.reader.logInputs
        log.notes = notes
        try folder.write(try log.encoded(), to: .log)
    }
}
