import Corpus
import Findings
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

    let request: Request
    private let threads: Int
    private(set) var configuration: DedupConfiguration
    private let lexicon: Deferred<WordLists>
    private var overlap: OverlapTap?
    private var profile: ProfileTap?
    private var comparison: ComparisonTap?

    init(_ request: Request) throws {
        self.request = request
        threads = request.input.threads ?? ProcessFacts.processorCount()
        configuration = try request.dedup.configuration(
            threads: threads, memoryBytes: request.run.memoryBytes ?? 1 << 30)
        lexicon = Deferred(threads: threads) {
            DifferenceClassifier.loadLanguages()
            return WordLists.system()
        }
    }

    /// - Throws: `UsageError`, `ShardError`, `FindingsError`, `ScratchError`.
    func perform() throws -> Result {
        try RunFrame.run(
            request.verb, firstInput: request.input.inputs.first, arguments: request.arguments,
            threads: threads, options: request.run, body: perform)
    }

    private func perform(_ frame: RunFrame) throws -> Result {
        frame.memoryLimit = configuration.memoryBytes
        let leftovers = Self.leftovers(beside: request.run.out ?? RunFolder.defaultParent + "/x")
        let (scratch, progress) = (frame.scratch, frame.progress)
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
        frame.endPhase("survey")
        progress.begin("deciding")
        configuration.lexicon = lexicon.value.words
        let decision = try DedupDecision(
            table: survey.table, declared: request.dedup.sliceFields, configuration: configuration)
        try checkOptions(decision, survey)
        frame.endPhase("decide")
        let outputs = try writeOutputs(frame, inputs: inputs, survey: survey, decision: decision)
        frame.endPhase("evidence")
        frame.peakScratch = survey.table.spilledBytes
        let path = try frame.commit(
            outputs.summary, manifest(inputs, survey, outputs), digests: outputs.digests,
            logInputs: logInputs(inputs),
            notes: inputs.notes + (overlap?.notes ?? []) + (profile?.sources.notes ?? []))
        var notes =
            inputs.notes + [Self.noteOnLeftOutText(outputs.summary)].compactMap { $0 } + leftovers
            + Self.unreachedFloors(configuration.floors, outputs.summary)
            + unknownNames(decision, survey) + (profile?.sources.notes ?? [])
        if inputs.shards.prefix(inputs.trainingCount).contains(where: \.isSpooled) {
            notes.append(
                "standard input is not kept: to apply this run, save the rows under the shard's name in a folder and "
                    + "name it by apply --inputs FOLDER")
        }
        return Result(
            path: path, summary: outputs.summary, groups: inputs.groups,
            notes: notes + (overlap?.notes ?? []),
            overlaps: overlap?.samples ?? [], forms: profile?.samples ?? [],
            compared: comparison?.samples ?? [])
    }

    /// What dead runs left beside this one.
    private static func leftovers(beside path: String) -> [String] {
        let parent =
            path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
        let folder = parent.isEmpty ? "/" : parent
        let found = Scratch.leftovers(in: folder) + RunFolder.leftovers(of: folder).map { "\(folder)/\($0)" }
        return found.map { "left behind by a run that was killed, remove it: \($0)" }
    }

    /// What the files of a run hold together.
    private struct Outputs {
        var summary: RunSummary
        var digests: [(file: RunFile, digest: FileDigest)]
        var kept: RowSetDigest
        var removed: RowSetDigest
    }

    private func writeOutputs(
        _ frame: RunFrame, inputs: InputSet, survey: SurveyStage, decision: DedupDecision
    ) throws -> Outputs {
        let (folder, progress) = (frame.folder, frame.progress)
        let roster = RowRoster(inputs: inputs, accounts: survey.accounts, decision: decision)
        var summary = try SummaryBuilder(
            inputs: inputs, accounts: survey.accounts, decision: decision, roster: roster,
            sliceTop: request.dedup.sliceTop, configuration: configuration
        ).build()
        frame.endPhase("figures")
        progress.begin("writing evidence", total: inputs.plainBytes)
        let store = try RunStoreWriter(path: folder.path(of: .store), rules: Rules.names)
        try StoreTables.begin(store, inputs: inputs, survey: survey, decision: decision)
        let outputs = try EvidenceOutputs(folder: folder, store: store, threads: threads)
        let evidence = EvidenceStage(
            inputs: inputs, accounts: survey.accounts, decision: decision, roster: roster, outputs: outputs,
            holdsRaw: !request.run.noRaw, textFields: inputs.textFields(survey.fieldNames), progress: progress
        )
        try evidence.run()
        try outputs.write(decision.pairs, before: .max)
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
        if !inputs.leftOutText.isEmpty {
            summary.nearDuplicates.leftOutText = inputs.leftOutText.sorted()
            evidence.unlikeText.enter(in: &summary, inputs: inputs, decision: decision)
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
            let forms = try MisspellingOutputs(folder: folder, store: store)
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
        try StoreTables.end(store, summary: summary)
        try store.finish()
        digests.append((.store, try FileDigest(ofFile: folder.path(of: .store))))
        return Outputs(
            summary: summary, digests: digests, kept: evidence.kept, removed: evidence.removed)
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

    private func manifest(_ inputs: InputSet, _ survey: SurveyStage, _ outputs: Outputs) -> RunManifest {
        var manifest = RunManifest()
        manifest.components = profile?.sources.components ?? lexicon.value.components
        manifest.configuration = EffectiveConfiguration.value(
            request, configuration: configuration, inputs: inputs)
        manifest.inputs = inputs.shards.indices.map { index in
            var input = survey.accounts[index].input(of: inputs.shards[index])
            input.corpus = corpus(ofShard: index, inputs)
            return input
        }
        manifest.inputs += (overlap?.manifestInputs ?? []) + (comparison?.manifestInputs ?? [])
        manifest.rowSetDigest.kept = outputs.kept.hexadecimal
        manifest.rowSetDigest.removed = outputs.removed.hexadecimal
        return manifest
    }

    private func logInputs(_ inputs: InputSet) -> [RunLog.Input] {
        inputs.shards.enumerated().map { index, shard in
            RunLog.Input(
                corpus: corpus(ofShard: index, inputs), name: shard.name,
                path: ProcessFacts.absolute(shard.path))
        } + (overlap?.logInputs ?? []) + (comparison?.logInputs ?? [])
    }

    private func corpus(ofShard index: Int, _ inputs: InputSet) -> String {
        index < inputs.trainingCount ? "training" : "against"
    }
}
