import Corpus
import EvalOverlap
import Findings
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

    init(_ request: RunRequest, _ search: Search) {
        self.request = request
        self.search = search
        threads = request.input.threads ?? ProcessFacts.processorCount()
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
        try RunFrame.run(
            "overlap", firstInput: request.input.inputs.first, arguments: request.arguments, threads: threads,
            options: request.run, body: perform)
    }

    private func perform(_ frame: RunFrame) throws -> Result {
        let key = try search.doors.key()
        let sources = try read(frame)
        let survey = try survey(sources, frame)
        let decision = OverlapDecision(sources.index, survey.counts)
        frame.endPhase("decide")
        let outputs = try OverlapOutputs(folder: frame.folder, threads: threads)
        let evidence = try judge(sources, survey, decision, outputs, frame)
        let power = try OverlapPower(decision).measure(search.eval.plant, threads: threads)
        frame.endPhase("power")
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
        let notes = sources.notes + survey.counts.notes + evidence.tally.notes
        let logInputs = sources.inputs.shards.map {
            RunLog.Input(name: $0.name, path: ProcessFacts.absolute($0.path))
        }
        let path = try frame.commit(
            summary, manifest(sources, evidence), digests: digests,
            logInputs: logInputs + sources.reader.logInputs, notes: notes)
        return Result(
            path: path, summary: summary, groups: sources.inputs.groups, notes: notes,
            samples: evidence.samples)
    }

    /// Reads the eval sets and all else that is asked for, and indexes the sets.
    private func read(_ frame: RunFrame) throws -> Sources {
        let spoolFolder = frame.scratch.path
        let inputs = try InputSet(options: request.input, against: [], spoolFolder: spoolFolder)
        let reader = try EvalReader(
            search.eval, limits: inputs.limits, spoolFolder: spoolFolder,
            identities: search.doors.identities)
        try reader.check(search.gates)
        let rubric = try RubricReader(search.rubric, limits: inputs.limits, spoolFolder: spoolFolder)
        let results = try ResultsDoor(search.eval, sets: reader.sets, limits: inputs.limits)
        let doors = try search.doors.doors(reader.sets)
        try search.doors.check(doors)
        frame.progress.begin("reading", total: inputs.plainBytes)
        let sources = Sources(
            inputs: inputs, reader: reader, rubric: rubric, results: results, doors: doors,
            own: try SelfShards(inputs, reader, threads: threads),
            index: try EvalIndex(reader.sets, threads: threads))
        frame.endPhase("index")
        return sources
    }

    /// The first pass; options that no row knows are told after it.
    private func survey(_ sources: Sources, _ frame: RunFrame) throws -> OverlapSurveyStage {
        let survey = OverlapSurveyStage(
            inputs: sources.inputs, index: sources.index, threads: threads, slices: request.slices,
            leftOut: Set(sources.own.setsOfShard.keys), doors: sources.doors, cues: sources.rubric?.phrases,
            progress: frame.progress)
        try survey.run()
        try checkSlices(survey)
        try search.doors.check(survey.result.doorRows, rows: survey.counts.rows)
        frame.endPhase("survey")
        return survey
    }

    /// The second pass.
    private func judge(
        _ sources: Sources, _ survey: OverlapSurveyStage, _ decision: OverlapDecision,
        _ outputs: OverlapOutputs, _ frame: RunFrame
    ) throws -> OverlapEvidenceStage {
        let evidence = OverlapEvidenceStage(
            inputs: sources.inputs, survey: survey.result, decision: decision, own: sources.own,
            planned: try search.eval.plannedVerdicts(), holdsRaw: !request.run.noRaw, slices: request.slices,
            doors: sources.doors, findsLikeness: true, threads: threads, progress: frame.progress)
        frame.progress.begin("writing evidence", total: sources.inputs.plainBytes)
        try evidence.run(frames: outputs.frames) { try outputs.write($0) }
        frame.endPhase("evidence")
        return evidence
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

    private func manifest(_ sources: Sources, _ evidence: OverlapEvidenceStage) throws -> RunManifest {
        let inputs = sources.inputs
        var manifest = RunManifest()
        manifest.configuration = try configuration(inputs)
        manifest.inputs = zip(inputs.shards, evidence.survey.accounts).map { $1.input(of: $0) }
        manifest.inputs += sources.manifestInputs
        manifest.rowSetDigest.kept = evidence.kept.hexadecimal
        manifest.rowSetDigest.removed = evidence.removed.hexadecimal
        return manifest
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
}
