import Corpus
import Findings
import LanguageProfile
import NearDuplicates
import Shards

/// The profile engine: counts in the first pass, whichever stage reads the rows, then decides and reads the rows
/// again.
final class ProfileTap {
    /// A form in its context, for `--show-text`.
    let sources: WordSources
    let options: ProfileOptions
    let slices: [String]
    private let memoryBytes: Int
    private let scratch: String
    private let threads: Int
    private var surveyors: [SpellingSurveyor] = []
    private(set) var samples: [ProfileSample] = []
    private(set) var spilledBytes = 0

    /// A phrase recurs from so many rows on, and from one row in so many.
    static let leastRows = 5
    static let recurrentShare = 500

    /// The part of `--memory` that types take before they go to scratch.
    static let memoryShare = 4

    /// - Throws: `UsageError`.
    init(_ options: ProfileOptions, slices: [String], threads: Int, memoryBytes: Int, scratch: String) throws
    {
        self.options = options
        self.slices = slices
        self.threads = threads
        self.memoryBytes = memoryBytes
        self.scratch = scratch
        sources = try WordSources(
            options.words, misspellings: options.misspellings, patterns: options.patterns)
    }

    /// A thread's own part; all are asked for before the pass.
    func makeSurveyor() throws -> SpellingSurveyor {
        let made = try SpellingSurveyor(
            sources.knowledge, memoryBytes: memoryBytes / Self.memoryShare / threads, scratch: scratch,
            number: surveyors.count)
        surveyors.append(made)
        return made
    }

    /// What the first pass came to.
    func decide() throws -> ProfileDecision {
        var totals = SpellingSurveyor.Totals()
        for surveyor in surveyors { totals.add(surveyor.totals) }
        let sharesConversations = SpellingSurveyor.shareConversations(surveyors)
        var phrases = PhraseSample()
        for surveyor in surveyors { phrases.merge(surveyor.phrases) }
        let rows = surveyors.reduce(0) { $0 + $1.rowCount }
        let types = try TypeStream(surveyors)
        spilledBytes = types.spilledBytes
        let spelling = try SpellingDecision(types, sources.knowledge)
        surveyors = []
        let recurrentRows = max(Self.leastRows, rows / Self.recurrentShare)
        return ProfileDecision(
            spelling: spelling, totals: totals, sharesConversations: sharesConversations,
            phrases: PhraseCatalogue(phrases, least: recurrentRows), recurrentRows: recurrentRows)
    }

    /// Reads the rows again and makes the figures.
    ///
    /// - Parameter rest: what of the run the profile itself must write; `nil` in a scan.
    /// - Throws: as `ProfileEvidenceStage.run`.
    func finish(
        _ decision: ProfileDecision, inputs: InputSet, accounts: [ShardAccount], fates: RowFates?,
        holdsRaw: Bool, showsText: Bool, progress: Progress, rest: ProfileOutputs?,
        outputs: MisspellingOutputs
    ) throws -> (figures: LanguageProfileFigures, evidence: ProfileEvidenceStage) {
        let evidence = try ProfileEvidenceStage(
            tap: self, decision: decision, inputs: inputs, accounts: accounts, fates: fates,
            holdsRaw: holdsRaw,
            threads: threads, memoryBytes: memoryBytes, scratch: scratch, showsText: showsText,
            progress: progress)
        try evidence.run { try rest?.write($0) }
        let report = SpellingReport(
            pairs: decision.spelling.pairs, tallies: evidence.tallies,
            clusterOfWitness: try evidence.clusters(), shardNames: inputs.shards.map(\.name),
            hasAuthors: options.author != nil)
        try outputs.write(report.all)
        samples = evidence.samples(of: report)
        var figures = figures(decision, report, evidence)
        let clusters = try self.clusters(evidence)
        let features = FeatureReport(
            sources.features, evidence.features, clusters: evidence.drawsByCluster ? clusters : .none,
            shardNames: inputs.shards.map(\.name))
        features.fill(&figures)
        figures.removed = RemovalReport(sources.features, evidence.removals).figures()
        figures.phrases = evidence.phrases.figures(
            clusters, shardNames: inputs.shards.map(\.name), hasAuthors: options.author != nil)
        figures.signals = Self.signals(evidence.signals)
        try outputs.write(figures, slices: features.slices())
        return (figures, evidence)
    }

    /// Near-duplicate clusters of the rows with phrases, and of those with features where nothing else tells what a
    /// draw is.
    private func clusters(_ evidence: ProfileEvidenceStage) throws -> EvidenceClusters {
        var places = evidence.features.evidence.places + evidence.phrases.places
        places.sort()
        var distinct: [FeatureTallies.Place] = []
        for place in places where distinct.last != place { distinct.append(place) }
        return try WitnessStage(
            evidence.inputs, places: distinct, clustering: evidence.clustering, scratch: scratch
        ).clusters()
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
}
