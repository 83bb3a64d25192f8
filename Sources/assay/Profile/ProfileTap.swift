import Corpus
import Findings
import LanguageProfile
import NearDuplicates
import Pipeline
import Shards

/// The profile engine: counts in the first pass, whichever stage reads the rows, then decides and reads the rows
/// again.
final class ProfileTap {
    let sources: WordSources
    let options: ProfileOptions
    let slices: [String]
    /// Fields that hold a label or score, of any shard, and are no slices.
    let labelFields: [String]
    /// Whether a slice is a label or score too, for each.
    let sliceIsLabel: [Bool]
    /// What of each row the second pass goes through.
    let traces: TraceStore
    private let memoryBytes: Int
    private let scratch: String
    private let threads: Int
    private var surveyors: [SpellingSurveyor] = []
    /// Forms in their context, for `--show-text`.
    private(set) var samples: [ProfileSample] = []
    private(set) var spilledBytes = 0

    /// A phrase recurs from so many rows on, and from one row in so many.
    static let leastRows = 5
    static let recurrentShare = 500

    /// The part of `--memory` that types take before they go to scratch, and that traces take.
    static let memoryShare = 4

    /// - Parameter inputs: the training shards are profiled.
    /// - Throws: `UsageError`, `ScratchError`.
    init(
        _ options: ProfileOptions, inputs: InputSet, slices: [String], threads: Int, memoryBytes: Int,
        scratch: String
    ) throws {
        self.options = options
        self.slices = slices
        self.threads = threads
        self.memoryBytes = memoryBytes
        self.scratch = scratch
        sources = try WordSources(
            options.words, misspellings: options.misspellings, patterns: options.patterns)
        let labels = Set(inputs.mappings.flatMap { $0.fields(of: .label) })
        labelFields = labels.subtracting(slices).sorted()
        sliceIsLabel = slices.map(labels.contains)
        traces = try TraceStore(memoryBytes: memoryBytes / Self.memoryShare, scratch: scratch)
    }

    /// Slices, labels and the author, in the order in which a trace has their values.
    var fields: [String] { slices + labelFields + (options.author.map { [$0] } ?? []) }

    /// A thread's own part; all are asked for before the pass.
    ///
    /// - Parameter mapsAnew: the stage's mapper takes for turns what a profile does not.
    func makeLook(mapsAnew: Bool) throws -> ProfileLook {
        let made = try SpellingSurveyor(
            sources.knowledge, sources.features, memoryBytes: memoryBytes / Self.memoryShare / threads,
            scratch: scratch, number: surveyors.count)
        surveyors.append(made)
        return ProfileLook(made, fields: fields, mapsAnew: mapsAnew)
    }

    /// What the first pass came to.
    func decide() throws -> ProfileDecision {
        var totals = SpellingSurveyor.Totals()
        for surveyor in surveyors { totals.add(surveyor.totals) }
        let sharesConversations = SpellingSurveyor.shareConversations(surveyors)
        var phrases = PhraseSample()
        var openings = TurnOpenings()
        for surveyor in surveyors {
            phrases.merge(surveyor.phrases)
            openings.merge(surveyor.openings)
        }
        let rows = surveyors.reduce(0) { $0 + $1.rowCount }
        let recurrentRows = max(Self.leastRows, rows / Self.recurrentShare)
        let types = try TypeStream(surveyors)
        spilledBytes = types.spilledBytes + traces.spilledBytes
        // Each of two threads at most sets one of them.
        var spelling: SpellingDecision?
        var catalogue = PhraseCatalogue.none
        try parallelFor(2, threads: threads) { _, part in
            if part == 0 {
                spelling = try SpellingDecision(types, sources.knowledge)
            } else {
                catalogue = PhraseCatalogue(phrases, least: recurrentRows)
                catalogue.name(by: surveyors)
            }
        }
        surveyors = []
        guard let spelling else { preconditionFailure("no part of the decision is left out") }
        return ProfileDecision(
            spelling: spelling, totals: totals, sharesConversations: sharesConversations,
            phrases: catalogue, recurrentRows: recurrentRows, promptTemplate: openings.template)
    }

    /// Goes through the traces, reads some rows again and makes the figures.
    ///
    /// - Parameter inputs: of the training corpus.
    /// - Throws: `ScratchError`, `UsageError` where an input has changed since the first pass; as `WitnessStage`.
    func finish(
        _ decision: ProfileDecision, inputs: InputSet, accounts: [ShardAccount], fates: RowFates?,
        showsText: Bool, outputs: MisspellingOutputs
    ) throws -> (figures: LanguageProfileFigures, evidence: ProfileEvidenceStage) {
        let evidence = ProfileEvidenceStage(
            tap: self, decision: decision, inputs: inputs, accounts: accounts, fates: fates)
        try evidence.run(threads: threads)
        let clusters = try WitnessStage(inputs, clustering: clustering, scratch: scratch).clusters(of: [
            evidence.witnesses + evidence.phrases.parts, evidence.features.evidence.parts,
        ])
        let report = SpellingReport(
            pairs: decision.spelling.pairs, tallies: evidence.tallies, clusters: clusters[0],
            shardNames: evidence.shardNames, hasAuthors: options.author != nil)
        try outputs.write(report.all)
        if showsText { samples = try self.samples(report, evidence, inputs) }
        var figures = figures(decision, report, evidence)
        let features = FeatureReport(
            sources.features, evidence.features, clusters: evidence.drawsByCluster ? clusters[1] : .none,
            shardNames: evidence.shardNames)
        features.fill(&figures)
        if let (text, share) = decision.promptTemplate {
            var template = LanguageProfileFigures.PromptTemplate()
            (template.text, template.share) = (text, share)
            figures.promptTemplate = template
            figures.tooClean = []
        }
        figures.removed = RemovalReport(sources.features, evidence.removals).figures()
        figures.phrases = evidence.phrases.figures(
            clusters[0], shardNames: evidence.shardNames, hasAuthors: options.author != nil)
        figures.signals = Self.signals(evidence.signals)
        if options.author != nil { figures.signals.rowsWithoutAuthor = evidence.rowsWithoutAuthor }
        if showsText { samples += try habitSamples(figures, evidence, inputs) }
        try outputs.write(figures, slices: features.slices())
        return (figures, evidence)
    }

    /// Near duplicates are found as a dedup with all its defaults would, but for the sparing rules, and by pairs of
    /// words: these are a fifth of the shingles of characters, and a query with one word put in is near itself too.
    private var clustering: DedupConfiguration {
        var clustering = DedupConfiguration()
        clustering.sparedClasses = []
        clustering.tellsDifferences = false
        clustering.shingle = .tokens(2)
        // A system prompt with the form is a part too.
        clustering.on = .all
        clustering.threads = threads
        clustering.memoryBytes = memoryBytes / 4
        return clustering
    }

    /// Forms on the first screen, of misspellings and of entrenched ones.
    private static let formsShown = 5

    /// Examples of the forms on the first screen.
    private func samples(
        _ report: SpellingReport, _ evidence: ProfileEvidenceStage, _ inputs: InputSet
    ) throws -> [ProfileSample] {
        let numbers = Dictionary(
            evidence.watch.pairs.enumerated().map { ($0.element.wrong, $0.offset) }
        ) { first, _ in first }
        let shown =
            report.misspellings.filter(\.isShown).prefix(Self.formsShown)
            + report.entrenched.prefix(Self.formsShown)
        return try ExampleStage(inputs: inputs, watch: evidence.watch, sources: sources).samples(
            shown.compactMap { numbers[$0.wrong] }.map { ($0, evidence.tallies[$0].places) })
    }

    /// Examples of the habits on the first screen, and of the features that its checks rest on.
    private func habitSamples(
        _ figures: LanguageProfileFigures, _ evidence: ProfileEvidenceStage, _ inputs: InputSet
    ) throws -> [ProfileSample] {
        let checked = [
            ("promise", ProfileRole.assistant), ("refusal", .assistant), ("about-the-answer", .assistant),
        ]
        var wanted = figures.habits.prefix(Self.formsShown).compactMap { habit in
            ProfileRole.allCases.first { $0.name == habit.role }.map { (habit.id, $0) }
        }
        wanted += (checked + [("safety-prompt", .user)]).filter { one in !wanted.contains { $0 == one } }
        return try ExampleStage(inputs: inputs, watch: evidence.watch, sources: sources).samples(
            ofHabits: wanted.compactMap { id, role in
                guard let number = sources.features.features.firstIndex(where: { $0.id == id }) else {
                    return nil
                }
                return (id, role, Array(evidence.features.places(number, role).prefix(ExampleStage.examples)))
            })
    }

    private static func signals(_ own: RowSignals) -> LanguageProfileFigures.Signals {
        var signals = LanguageProfileFigures.Signals()
        signals.rows = own.rows
        signals.rowsWithCalls = own.rowsWithCalls
        signals.promiseRows = own.promiseRows
        signals.promiseRowsWithoutCall = own.promiseRowsWithoutCall
        signals.safetyRows = own.safetyRows
        signals.safetyRowsAnswered = own.safetyRowsAnswered
        signals.refusalRows = own.refusalRows
        signals.mixedRows = own.mixedRows
        signals.rowsWithoutSource = own.rowsWithoutSource
        signals.rowsWithoutLicence = own.rowsWithoutLicence
        return signals
    }

    private func figures(
        _ decision: ProfileDecision, _ report: SpellingReport, _ evidence: ProfileEvidenceStage
    ) -> LanguageProfileFigures {
        var figures = LanguageProfileFigures()
        figures.unit =
            options.author != nil ? "author" : decision.sharesConversations ? "conversation" : "cluster"
        if options.author != nil { figures.authors = evidence.authorCount }
        figures.types = decision.spelling.typeCount
        for role in ProfileRole.allCases {
            let place = Int(role.rawValue)
            guard decision.totals.tokens[place] > 0 else { continue }
            var words = LanguageProfileFigures.RoleWords()
            words.role = role.name
            words.words = decision.totals.tokens[place] - decision.totals.foreign[place]
            words.unknown = decision.totals.unknown[place]
            words.otherLanguage = decision.totals.foreign[place]
            figures.words.append(words)
        }
        for form in report.all { figures.forms[form.kind] += 1 }
        figures.formsLeftOut = decision.spelling.pairsLeftOut
        let most = LanguageProfileFigures.listed
        figures.misspellings = Array(report.misspellings.prefix(most))
        figures.entrenched = Array(report.entrenched.prefix(most))
        figures.variants = Array(report.variants.prefix(most))
        figures.lists = sources.components.map(\.name)
        return figures
    }
}

/// What the first pass of a profile came to.
struct ProfileDecision {
    let spelling: SpellingDecision
    let totals: SpellingSurveyor.Totals
    /// Whether rows share their conversations, so that these are the draws.
    let sharesConversations: Bool
    let phrases: PhraseCatalogue
    /// Rows from which a phrase recurs.
    let recurrentRows: Int
    let promptTemplate: (text: String, share: Double)?
}
