import Corpus
import Findings
import Glibc
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
    private let progress: Progress
    private var log = RunLog()
    private var phaseStart = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())

    init(_ request: RunRequest, _ options: ProfileOptions) {
        self.request = request
        self.options = options
        threads = request.input.threads ?? ProcessFacts.processorCount()
        memoryBytes = request.run.memoryBytes ?? 1 << 30
        progress = Progress(isQuiet: request.run.quiet)
    }

    /// - Throws: `UsageError`, `ShardError`, `FindingsError`, `ProfileError`, `ScratchError`, `TextFormsError`.
    func perform() throws -> Result {
        log.started = ProcessFacts.now()
        let name: RunFolder.Name =
            request.run.out.map { .path($0) }
            ?? .automatic(
                parent: RunFolder.defaultParent, verb: "profile",
                firstShard: request.input.inputs.first ?? "run")
        let folder = try Cleanup.making(
            { try RunFolder(name, force: request.run.force, processID: getpid()) }, at: \.partialPath)
        defer { Cleanup.unregister(folder.partialPath) }
        let scratch = try Scratch(beside: folder.partialPath, chosen: request.run.scratch)
        defer { scratch.remove() }
        let inputs = try InputSet(options: request.input, against: [], spoolFolder: scratch.path)
        let tap = try ProfileTap(
            options, inputs: inputs, slices: request.slices, threads: threads, memoryBytes: memoryBytes,
            scratch: scratch.path)
        progress.begin("reading", total: inputs.plainBytes)
        let survey = ProfileSurveyStage(
            inputs: inputs, tap: tap, threads: threads, holdsRaw: !request.run.noRaw, progress: progress)
        let outputs = try ProfileOutputs(folder: folder, threads: threads)
        try survey.run { try outputs.write($0) }
        endPhase("survey")
        let decision = try tap.decide()
        endPhase("decide")
        progress.begin("writing evidence")
        let forms = try MisspellingOutputs(folder: folder, store: outputs.store, threads: threads)
        let (figures, evidence) = try tap.finish(
            decision, inputs: inputs, accounts: survey.accounts, fates: nil,
            showsText: request.run.showText, outputs: forms)
        try checkFields(evidence)
        endPhase("evidence")
        var summary = summary(inputs, survey.accounts)
        summary.languageProfile = figures
        summary.causes = ExitCause.all(in: summary, maximumBadRows: request.run.maxBadRows)
        var digests = [try forms.finish()]
        digests += try outputs.finish(inputs: inputs, accounts: survey.accounts)
        try writeManifest(
            folder, inputs: inputs, tap: tap, survey, summary, digests)
        log.peakScratch = tap.spilledBytes
        try writeLog(folder, inputs: inputs, scratch: scratch)
        scratch.remove()
        let path = try folder.commit()
        progress.end()
        return Result(
            path: path, summary: summary, groups: inputs.groups, notes: inputs.notes, samples: tap.samples)
    }

    private func endPhase(_ name: String) {
        let now = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())
        log.phases.append(
            RunLog.Phase(
                name: name, seconds: now.wall - phaseStart.wall, cpuSeconds: now.cpu - phaseStart.cpu))
        phaseStart = now
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

    private func writeManifest(
        _ folder: RunFolder, inputs: InputSet, tap: ProfileTap, _ survey: ProfileSurveyStage,
        _ summary: RunSummary,
        _ digests: [(file: RunFile, digest: FileDigest)]
    ) throws {
        var manifest = RunManifest()
        manifest.command = "profile"
        manifest.tool = RunManifest.Component(name: "assay", version: Version.tool)
        manifest.components = Version.components + tap.sources.components
        manifest.configuration = configuration(inputs)
        manifest.complete = summary.complete
        manifest.inputs = zip(inputs.shards, survey.accounts).map { $1.input(of: $0) }
        manifest.outputs = digests.map { RunManifest.Output(name: $0.file.name, digest: $0.digest) }
        let digest = try folder.write(try summary.encoded(), to: .summary)
        manifest.outputs.append(RunManifest.Output(name: RunFile.summary.name, digest: digest))
        manifest.rowSetDigest.kept = survey.kept.hexadecimal
        manifest.rowSetDigest.removed = RowSetDigest().hexadecimal
        try RunEnd.write(manifest, to: folder)
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

    private func writeLog(_ folder: RunFolder, inputs: InputSet, scratch: Scratch) throws {
        log.finished = ProcessFacts.now()
        log.arguments = request.arguments
        log.workingFolder = ProcessFacts.workingFolder()
        log.host = ProcessFacts.hostName()
        log.threads = threads
        log.memoryLimit = memoryBytes
        log.peakMemory = ProcessFacts.peakMemory()
        log.scratchFolder = scratch.path
        log.inputs = inputs.shards.map {
            RunLog.Input(corpus: "training", name: $0.name, path: ProcessFacts.absolute($0.path))
        }
        log.notes = inputs.notes
        try folder.write(try log.encoded(), to: .log)
    }
}
