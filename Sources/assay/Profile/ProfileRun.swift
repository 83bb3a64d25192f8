import Corpus
import Findings
import LanguageProfile
import Shards

/// One `profile` from its inputs to its folder.
final class ProfileRun {
    /// What there is to report.
    struct Result {
        var path: String
        var summary: RunSummary
        var groups: [(mapping: String, shards: Int)]
        var notes: [String]
        var samples: [ProfileSample]
    }

    private let request: RunRequest
    private let options: ProfileOptions
    private let threads: Int
    private let memoryBytes: Int

    init(_ request: RunRequest, _ options: ProfileOptions) {
        self.request = request
        self.options = options
        threads = request.input.threads ?? ProcessFacts.processorCount()
        memoryBytes = request.run.memoryBytes ?? 1 << 30
    }

    /// - Throws: `UsageError`, `ShardError`, `FindingsError`, `ProfileError`, `ScratchError`, `TextFormsError`.
    func perform() throws -> Result {
        try RunFrame.run(
            "profile", firstInput: request.input.inputs.first, arguments: request.arguments, threads: threads,
            options: request.run, body: perform)
    }

    private func perform(_ frame: RunFrame) throws -> Result {
        frame.memoryLimit = memoryBytes
        let inputs = try InputSet(options: request.input, against: [], spoolFolder: frame.scratch.path)
        let tap = try ProfileTap(
            options, inputs: inputs, slices: request.slices, threads: threads, memoryBytes: memoryBytes,
            scratch: frame.scratch.path)
        frame.progress.begin("reading", total: inputs.plainBytes)
        let survey = ProfileSurveyStage(
            inputs: inputs, tap: tap, threads: threads, holdsRaw: !request.run.noRaw, progress: frame.progress
        )
        let outputs = try ProfileOutputs(folder: frame.folder)
        try survey.run { try outputs.write($0) }
        frame.endPhase("survey")
        let decision = try tap.decide()
        frame.endPhase("decide")
        frame.progress.begin("writing evidence")
        let forms = try MisspellingOutputs(folder: frame.folder, store: outputs.store)
        var (figures, evidence) = try tap.finish(
            decision, inputs: inputs, accounts: survey.accounts, fates: nil,
            showsText: request.run.showText, outputs: forms)
        try checkFields(evidence)
        frame.endPhase("evidence")
        var summary = summary(inputs, survey.accounts)
        if !inputs.leftOutText.isEmpty { figures.leftOutText = inputs.leftOutText.sorted() }
        summary.languageProfile = figures
        try checkMapping(summary)
        summary.causes = ExitCause.all(in: summary, maximumBadRows: request.run.maxBadRows)
        var digests = [try forms.finish()]
        digests += try outputs.finish(inputs: inputs, accounts: survey.accounts)
        frame.peakScratch = tap.spilledBytes
        let notes = inputs.notes + tap.sources.notes + [Self.noteOnLeftOutText(figures)].compactMap { $0 }
        let path = try frame.commit(
            summary, manifest(inputs, tap, survey), digests: digests,
            logInputs: inputs.shards.map {
                RunLog.Input(name: $0.name, path: ProcessFacts.absolute($0.path))
            }, notes: notes)
        return Result(
            path: path, summary: summary, groups: inputs.groups, notes: notes, samples: tap.samples)
    }

    /// What is not read though it reads as text; `nil` where there is nothing.
    static func noteOnLeftOutText(_ figures: LanguageProfileFigures) -> String? {
        guard let fields = figures.leftOutText else { return nil }
        return
            "text that is not read: \(fields.prefix(4).joined(separator: ", ")); name what to read by --text, or by "
            + "--prompt and --response (assay look shows the fields)"
    }

    /// A mapping that was asked for and that no row has text by is misspelt.
    private func checkMapping(_ summary: RunSummary) throws {
        let named = request.input.text + request.input.prompt + request.input.response
        guard !named.isEmpty, summary.comparesNothing else { return }
        throw UsageError(
            "no row has text in \(named.joined(separator: ", ")); `assay look` lists the fields")
    }

    /// A field that no row has is a misspelt option.
    private func checkFields(_ evidence: ProfileEvidenceStage) throws {
        guard evidence.accounts.contains(where: { $0.goodRows > 0 }) else { return }
        for (field, rows) in zip(request.slices, evidence.sliceRows) where rows.isEmpty {
            throw UsageError(
                "--slice \(field): no row has the field \(field); `assay look` lists the fields that slice well"
            )
        }
        if let author = options.author, evidence.authorCount == 0 {
            throw UsageError(
                "--author \(author): no row has the field \(author); `assay look` lists the fields")
        }
    }

    private func summary(_ inputs: InputSet, _ accounts: [ShardAccount]) -> RunSummary {
        var summary = RunSummary()
        for (shard, account) in zip(inputs.shards, accounts) {
            summary.add(account.figures(of: shard), withoutText: account.withoutText)
        }
        return summary
    }

    private func manifest(_ inputs: InputSet, _ tap: ProfileTap, _ survey: ProfileSurveyStage) -> RunManifest
    {
        var manifest = RunManifest()
        manifest.components = tap.sources.components
        manifest.configuration = configuration(inputs)
        manifest.inputs = zip(inputs.shards, survey.accounts).map { $1.input(of: $0) }
        manifest.rowSetDigest.kept = survey.kept.hexadecimal
        manifest.rowSetDigest.removed = RowSetDigest().hexadecimal
        return manifest
    }

    /// What of the options can change a result.
    private func configuration(_ inputs: InputSet) -> JSONValue {
        let mappings = MappingRecord.values(of: inputs.mappings)
        var fields: [String: JSONValue] = [
            "slice": .array(request.slices.map { .string($0) }),
            "author": .string(options.author ?? ""),
            "language": .string(options.words.language ?? ""),
            "maxBadRows": .integer(request.run.maxBadRows), "mappings": mappings.mappings,
            "mappingOfShard": mappings.ofShards, "raw": .bool(!request.run.noRaw),
            "limits": inputs.limits.record,
        ]
        if let format = request.input.format { fields["format"] = .string(format) }
        return .object(fields.merging(inputs.splits.record) { first, _ in first })
    }
}
