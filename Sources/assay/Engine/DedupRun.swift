import Corpus
import Findings
import Glibc
import NearDuplicates
import Shards

/// One `dedup` (or `scan`) from its inputs to its folder.
final class DedupRun {
    /// Everything that a run is told.
    struct Request {
        var verb: String
        var arguments: [String]
        var input: InputOptions
        var dedup: DedupOptions
        var gates: [Gate]
        var run: RunOptions
        /// Of a scan with eval sets.
        var eval: OverlapTap.Request?
        /// Of a scan.
        var profile: ProfileOptions?
        /// Of a scan with production rows.
        var comparison: ComparisonTap.Request?
    }

    /// What there is to report.
    struct Result {
        var path: String
        var summary: RunSummary
        var groups: [(mapping: String, shards: Int)]
        var notes: [String]
        var overlaps: [OverlapSample] = []
        var forms: [ProfileSample] = []
        var compared: [ComparisonSample] = []
    }

    private let request: Request
    private let threads: Int
    private var configuration: DedupConfiguration
    private let lexicon: WordLists
    private let progress: Progress
    private var log = RunLog()
    private var overlap: OverlapTap?
    private var profile: ProfileTap?
    private var comparison: ComparisonTap?
    private var phaseStart = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())

    init(_ request: Request) throws {
        self.request = request
        threads = request.input.threads ?? ProcessFacts.processorCount()
        configuration = try request.dedup.configuration(
            threads: threads, memoryBytes: request.run.memoryBytes ?? 1 << 30)
        progress = Progress(isQuiet: request.run.quiet)
        lexicon = WordLists.system()
        configuration.lexicon = lexicon.words
    }

    /// - Throws: `UsageError`, `ShardError`, `FindingsError`, `ScratchError`.
    func perform() throws -> Result {
        log.started = ProcessFacts.now()
        let name = folderName()
        let leftovers = Self.leftovers(beside: request.run.out ?? RunFolder.defaultParent + "/x")
        let folder = try Cleanup.making(
            { try RunFolder(name, force: request.run.force, processID: getpid()) }, at: \.partialPath)
        defer { Cleanup.unregister(folder.partialPath) }
        let scratch = try Scratch(beside: folder.partialPath, chosen: request.run.scratch)
        defer { scratch.remove() }
        let inputs = try InputSet(
            options: request.comparison == nil
                ? request.input
                : request.input.ofSide(ComparisonTap.sides[0], among: ComparisonTap.sides),
            against: request.dedup.against, spoolFolder: scratch.path)
        try scratch.check(inputs, memoryBytes: configuration.memoryBytes)
        progress.begin("reading", total: inputs.plainBytes)
        if let eval = request.eval, !eval.eval.eval.isEmpty {
            overlap = try OverlapTap(
                eval, inputs: inputs, slices: request.dedup.sliceFields, spoolFolder: scratch.path,
                threads: threads)
            try overlap?.reader.check(request.gates)
        }
        profile = try request.profile.map {
            try ProfileTap(
                $0, inputs: inputs.training, slices: request.dedup.sliceFields, threads: threads,
                memoryBytes: configuration.memoryBytes / 2, scratch: scratch.path)
        }
        if let compared = request.comparison, let sources = profile?.sources {
            comparison = try ComparisonTap(
                compared, input: request.input, training: inputs.training, slices: request.dedup.sliceFields,
                sources: sources, spoolFolder: scratch.path, threads: threads, progress: progress)
        }
        let survey = try SurveyStage(
            inputs: inputs, configuration: configuration, ignoredFields: request.dedup.ignoredFields,
            sliceFields: request.dedup.sliceFields, scratch: scratch.path, progress: progress,
            overlap: overlap, profile: profile)
        try survey.run()
        endPhase("survey")
        progress.begin("deciding")
        let decision = try DedupDecision(
            table: survey.table, declared: request.dedup.sliceFields, configuration: configuration)
        try checkOptions(decision, survey)
        endPhase("decide")
        let summary = try writeOutputs(folder, inputs: inputs, survey: survey, decision: decision)
        log.peakScratch = survey.table.spilledBytes
        try writeLog(folder, inputs: inputs, scratch: scratch)
        scratch.remove()
        let path = try folder.commit()
        progress.end()
        var notes =
            inputs.notes + [inputs.noteOnLeftOutText].compactMap { $0 } + leftovers
            + Self.unreachedFloors(configuration.floors, summary)
            + unknownNames(decision, survey)
        if inputs.shards.prefix(inputs.trainingCount).contains(where: \.isSpooled) {
            notes.append(
                "standard input is not kept: to apply this run, save the rows under the shard's name in a folder and "
                    + "name it by apply --inputs FOLDER")
        }
        return Result(
            path: path, summary: summary, groups: inputs.groups, notes: notes + (overlap?.notes ?? []),
            overlaps: overlap?.samples ?? [], forms: profile?.samples ?? [],
            compared: comparison?.samples ?? [])
    }

    /// Floors that a slice had too few rows for, or too many identical ones.
    private static func unreachedFloors(_ floors: [SliceFloor], _ summary: RunSummary) -> [String] {
        floors.flatMap { floor in
            summary.nearDuplicates.slices.filter {
                $0.field == floor.slice.field && floor.slice.value ?? $0.value == $0.value
                    && $0.after < floor.rows
            }.map { loss in
                "--floor \(floor.slice.description):\(floor.rows) is not reached: \(loss.after) of \(loss.before) rows of "
                    + "\(loss.field)=\(loss.value) stay; identical rows are never spared by a floor"
            }
        }
    }

    private func folderName() -> RunFolder.Name {
        if let out = request.run.out { return .path(out) }
        return .automatic(
            parent: RunFolder.defaultParent, verb: request.verb,
            firstShard: request.input.inputs.first ?? "run")
    }

    private func endPhase(_ name: String) {
        let now = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())
        log.phases.append(
            RunLog.Phase(
                name: name, seconds: now.wall - phaseStart.wall, cpuSeconds: now.cpu - phaseStart.cpu))
        phaseStart = now
    }

    /// A field or a slice that no row has is a misspelt option; a field of too many values would drown the report.
    private func checkOptions(_ decision: DedupDecision, _ survey: SurveyStage) throws {
        guard decision.table.rowCount > 0 else { return }
        let isUnmapped = survey.accounts.allSatisfy { $0.withoutText == $0.goodRows }
        if isUnmapped, request.input.mapping != nil {
            let fields = (request.input.text + request.input.prompt + request.input.response)
            throw UsageError(
                "no row has text in \(fields.joined(separator: ", ")); `assay look` lists the fields")
        }
        for (dimension, field) in request.dedup.sliceFields.enumerated() {
            let values = decision.slices.rowsOfValue.keys.filter { $0.dimension == dimension }.count
            if values == 0 {
                throw UsageError(
                    "\(optionNaming(field)): no row has the field \(field); `assay look` lists the fields that slice well"
                )
            }
            if values > 1000, request.dedup.sliceTop == nil {
                throw UsageError("--slice \(field): \(values) values; report the commonest by --slice-top N")
            }
        }
        let named =
            configuration.protected.map { ("--protect", $0) }
            + configuration.floors.map { ("--floor", $0.slice) }
        for (option, slice) in named
        where !decision.slices.values.indices.contains(where: { set in
            decision.slices.values[set].contains {
                decision.slices.name(of: $0.dimension) == slice.field && (slice.value ?? $0.value) == $0.value
            }
        }) {
            throw UsageError("\(option) \(slice.description): no row lies in this slice; check its spelling")
        }
    }

    /// Options that name fields or values that no row has: not wrong in a policy for several corpora, but often
    /// misspelt.
    private func unknownNames(_ decision: DedupDecision, _ survey: SurveyStage) -> [String] {
        guard decision.table.rowCount > 0 else { return [] }
        var notes: [String] = []
        if survey.fieldNames.count < RowMapper.maximumFieldNames {
            let names = Set(survey.fieldNames.values)
            let named =
                request.dedup.ignoredFields.map { ("--ignore-fields", $0) }
                + request.input.label.map { ("--label", $0) }
            for (option, name) in named where !names.contains(name) && !name.contains(".") {
                notes.append("\(option) \(name): no row has this field outside its text; check its spelling")
            }
        }
        if case .priority(let field, let values) = configuration.keeper {
            let met = Set(
                decision.slices.rowsOfValue.keys.filter { decision.slices.name(of: $0.dimension) == field }
                    .map(\.value))
            for value in values where !met.contains(value) {
                notes.append("--keeper priority: no row has \(field)=\(value); check its spelling")
            }
        }
        return notes
    }

    /// The option that named a slice field.
    private func optionNaming(_ field: String) -> String {
        if request.dedup.slice.contains(field) { return "--slice \(field)" }
        if configuration.protected.contains(where: { $0.field == field }) { return "--protect" }
        return configuration.floors.contains { $0.slice.field == field } ? "--floor" : "--keeper"
    }

    /// What dead runs left beside this one.
    private static func leftovers(beside partialPath: String) -> [String] {
        let parent =
            partialPath.contains("/")
            ? String(partialPath[..<(partialPath.lastIndex(of: "/") ?? partialPath.startIndex)]) : "."
        let folder = parent.isEmpty ? "/" : parent
        let found = Scratch.leftovers(in: folder) + RunFolder.leftovers(of: folder).map { "\(folder)/\($0)" }
        return found.map { "left behind by a run that was killed, remove it: \($0)" }
    }

    private func writeOutputs(
        _ folder: RunFolder, inputs: InputSet, survey: SurveyStage, decision: DedupDecision
    ) throws -> RunSummary {
        let roster = RowRoster(inputs: inputs, accounts: survey.accounts, decision: decision)
        var summary = try SummaryBuilder(
            inputs: inputs, accounts: survey.accounts, decision: decision, roster: roster,
            sliceTop: request.dedup.sliceTop, configuration: configuration
        ).build()
        endPhase("figures")
        progress.begin("writing evidence", total: inputs.plainBytes)
        let store = try RunStoreWriter(path: folder.path(of: .store), rules: Rules.names)
        try StoreTables.begin(store, inputs: inputs, survey: survey, decision: decision)
        let outputs = try EvidenceOutputs(folder: folder, store: store, threads: threads)
        let evidence = EvidenceStage(
            inputs: inputs, accounts: survey.accounts, decision: decision, roster: roster, outputs: outputs,
            holdsRaw: !request.run.noRaw, progress: progress)
        try evidence.run()
        var digests = try outputs.finish()
        for (hash, rows) in evidence.differingFields {
            let name =
                switch hash {
                case RowDifference.systemPromptHash: RowDifference.systemPrompt
                case RowDifference.labelHash: RowDifference.label
                default: survey.fieldNames[hash] ?? "?"
                }
            summary.nearDuplicates.differingFields[name] += rows
        }
        if let overlap {
            let found = try overlap.finish(
                folder, store: store, inputs: inputs, accounts: survey.accounts,
                clusters: Self.clusters(roster, decision, survey.accounts.prefix(inputs.trainingCount)),
                holdsRaw: !request.run.noRaw, threads: threads,
                progress: progress)
            summary.evalOverlap = found.figures
            digests += found.digests
        }
        if let profile {
            let forms = try MisspellingOutputs(folder: folder, store: store, threads: threads)
            let (figures, evidence) = try profile.finish(
                try profile.decide(), inputs: inputs.training, accounts: survey.accounts,
                fates: RowFates(decision, roster), showsText: request.run.showText, outputs: forms)
            if let author = request.profile?.author, evidence.authorCount == 0, survey.table.rowCount > 0 {
                throw UsageError(
                    "--author \(author): no row has the field \(author); `assay look` lists the fields")
            }
            summary.languageProfile = figures
            digests.append(try forms.finish())
        }
        if let comparison {
            let found = try comparison.finish(
                folder, store: store, first: (inputs.shards.count, survey.table.rowCount),
                quarantine: outputs, holdsRaw: !request.run.noRaw, progress: progress)
            summary.comparison = found.figures
            if !comparison.isComplete { summary.complete = false }
            digests += found.digests
        }
        digests.append(try outputs.finishQuarantine())
        summary.gates = try request.gates.flatMap { try $0.judge(summary) }
        summary.causes = ExitCause.all(in: summary, maximumBadRows: request.run.maxBadRows)
        try StoreTables.end(store, summary: summary, decision: decision)
        try store.finish()
        digests.append((.store, try FileDigest(ofFile: folder.path(of: .store))))
        digests.append((.summary, try folder.write(try summary.encoded(), to: .summary)))
        try writeManifest(folder, inputs: inputs, survey: survey, evidence: evidence, summary, digests)
        endPhase("evidence")
        return summary
    }

    /// Clusters as a value for the other detector.
    private static func clusters(
        _ roster: RowRoster, _ decision: DedupDecision, _ accounts: some Sequence<ShardAccount>
    ) -> RowClusters {
        RowClusters(
            ofRow: { row in
                decision.verdicts.casualty(row).map { roster.rank(ofKeeper: Int($0.keeper)) }
                    ?? roster.rank(ofKeeper: row)
            }, rowCount: accounts.reduce(0) { $0 + $1.goodRows }, rows: roster.clusters.map { $0.members + 1 }
        )
    }

    private func writeManifest(
        _ folder: RunFolder, inputs: InputSet, survey: SurveyStage, evidence: EvidenceStage,
        _ summary: RunSummary,
        _ digests: [(file: RunFile, digest: FileDigest)]
    ) throws {
        var manifest = RunManifest()
        manifest.command = request.verb
        manifest.tool = RunManifest.Component(name: "assay", version: Version.tool)
        manifest.components = Version.components + (profile?.sources.components ?? lexicon.components)
        manifest.configuration = EffectiveConfiguration.value(
            request, configuration: configuration, inputs: inputs)
        manifest.complete = summary.complete
        manifest.inputs = inputs.shards.indices.map { index in
            let account = survey.accounts[index]
            var input = RunManifest.Input()
            input.corpus = index < inputs.trainingCount ? "training" : "against"
            input.name = inputs.shards[index].name
            input.bytes = Int(inputs.shards[index].byteCount)
            input.sha256 = account.outcome.sha256 ?? ""
            input.rows = account.rows
            input.quarantined = account.badOrdinals.count
            if account.error != nil { input.state = account.rows == 0 ? .unreadable : .endedEarly }
            return input
        }
        manifest.inputs += (overlap?.manifestInputs ?? []) + (comparison?.manifestInputs ?? [])
        manifest.outputs = digests.map { RunManifest.Output(name: $0.file.name, digest: $0.digest) }
        manifest.rowSetDigest.kept = evidence.kept.hexadecimal
        manifest.rowSetDigest.removed = evidence.removed.hexadecimal
        try RunEnd.write(manifest, to: folder)
    }

    private func writeLog(_ folder: RunFolder, inputs: InputSet, scratch: Scratch) throws {
        log.finished = ProcessFacts.now()
        log.arguments = request.arguments
        log.workingFolder = ProcessFacts.workingFolder()
        log.host = ProcessFacts.hostName()
        log.threads = threads
        log.memoryLimit = configuration.memoryBytes
        log.peakMemory = ProcessFacts.peakMemory()
        log.scratchFolder = scratch.path
        log.inputs = inputs.shards.enumerated().map { index, shard in
            RunLog.Input(
                corpus: index < inputs.trainingCount ? "training" : "against", name: shard.name,
                path: ProcessFacts.absolute(shard.path))
        }
        log.inputs += overlap?.logInputs ?? []
        log.inputs += comparison?.logInputs ?? []
        log.notes = inputs.notes + (overlap?.notes ?? [])
        try folder.write(try log.encoded(), to: .log)
    }
}
