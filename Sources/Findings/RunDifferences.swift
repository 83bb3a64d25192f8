/// What changed from one run to another: two versions of a corpus, or one corpus under two configurations.
///
/// Made from `summary.json` and `run.json` of both; no row is read. Every list has the largest change first. Rates have
/// intervals and are listed where `RateDifference.basis` tells them apart; counts of rows, slices and eval items are a
/// census, and every one that changed is listed.
package struct RunDifferences: Sendable, Equatable, Encodable {
    /// One of the two runs.
    package struct Run: Sendable, Equatable, Encodable {
        /// As it stands on the command line.
        package var path = ""
        /// The verb that made it.
        package var command = ""
        package var isDeduplicated = false
        /// Whether `--slice-top` left slices out.
        package var isSliceTop = false
        package var isProfiled = false
        /// What the profile's intervals are drawn by; empty without a profile.
        package var unit = ""
        package var authors: Int?

        package init() {}
    }

    /// A setting, a library or a word list that is another; as JSON, `null` where a run has none.
    package struct Setting: Sendable, Equatable, Encodable {
        package var name = ""
        package var before = ""
        package var after = ""
    }

    /// A count of both runs, and what it is a part of.
    package struct Count: Sendable, Equatable, Encodable {
        package var name = ""
        package var before = 0
        package var beforeOf = 0
        package var after = 0
        package var afterOf = 0

        package init(_ name: String, _ before: (count: Int, of: Int), _ after: (count: Int, of: Int)) {
            self.name = name
            (self.before, beforeOf) = before
            (self.after, afterOf) = after
        }

        package var beforeShare: Double { beforeOf == 0 ? 0 : Double(before) / Double(beforeOf) }
        package var afterShare: Double { afterOf == 0 ? 0 : Double(after) / Double(afterOf) }
        var effect: Double { abs(RateDifference.effect(from: beforeShare, to: afterShare)) }
    }

    /// Rows of a slice: in, and lost.
    package struct SliceChange: Sendable, Equatable, Encodable {
        package var field = ""
        package var value = ""
        /// Rows of the slice among rows in.
        package var rows: Count
        /// Removed rows among those of the slice.
        package var removed: Count
        /// No row of the slice stays.
        package var isLostBefore = false
        package var isLostAfter = false
    }

    /// A feature of one role.
    package struct HabitChange: Sendable, Equatable, Encodable {
        package var id = ""
        package var category = ""
        package var role = ""
        package var difference: RateDifference
    }

    /// A wrong form in one run; see `LanguageProfileFigures.Misspelling`.
    package struct Form: Sendable, Equatable, Encodable {
        package var kind = ""
        package var rate = RateDifference.Rate()
        /// Rows where a model learns the wrong form: of assistants, or plain text.
        package var learnedRows = 0
        package var clusters = 0
        package var authors: Int?
    }

    package enum FormStatus: String, Sendable, Encodable, CaseIterable {
        /// Flagged in the second run alone.
        case came
        /// Flagged in the first run alone.
        case went
        /// Flagged in both, and the rates are told apart.
        case changed
        /// Listed in the second run alone; the first lists only its foremost forms.
        case entered
        /// Listed in the first run alone; the second lists only its foremost forms.
        case left
    }

    package struct FormChange: Sendable, Equatable, Encodable {
        package var wrong = ""
        package var right = ""
        package var status = FormStatus.changed
        package var before: Form?
        package var after: Form?
        /// Of a form that is `changed`.
        package var difference: RateDifference?
        /// Cohen's h of the two rates; of a form on one side, of the lower end of its rate against 0, since two rows
        /// of two make a rate of 100 %.
        package var effect = 0.0
    }

    /// Words and turns of a role; zeros where a run has none.
    package struct RoleWords: Sendable, Equatable, Encodable {
        package var words = 0
        package var unknown = 0
        package var otherLanguage = 0
        package var turns = 0
        package var meanWords = 0.0
        package var medianWords = 0

        package init() {}
    }

    package struct WordChange: Sendable, Equatable, Encodable {
        package var role = ""
        package var before = RoleWords()
        package var after = RoleWords()
    }

    /// An eval set that both runs have.
    package struct EvalChange: Sendable, Equatable, Encodable {
        package var set = ""
        /// Items in all, and what changed: by verdict, then `unflagged` and `uncheckable`.
        package var items: Count
        package var verdicts: [Count] = []
        /// Rows with a flagged item, among rows in.
        package var rows: Count
    }

    package var schemaVersion = 1
    package var before = Run()
    package var after = Run()
    /// Whether both read the same shards, byte for byte.
    package var isSameInput = false
    package var settings: [Setting] = []
    /// `in`, `kept`, `removed`, `quarantined`, `without text`; all of them, in this order.
    package var rows: [Count] = []
    /// Removed rows by kind, and by what separates them from their keepers; spared rows by rule.
    package var removedByKind: [Count] = []
    package var removedByDifference: [Count] = []
    package var spared: [Count] = []
    /// Slices of fields that both runs have; where a run lists the largest values alone (`--slice-top`), those that
    /// both list.
    package var slices: [SliceChange] = []
    /// Rates of features by role that were compared, characters among them.
    package var comparedRates = 0
    package var habits: [HabitChange] = []
    /// Features of the category `unicode`; also where one run has none, whatever the rates.
    package var characters: [HabitChange] = []
    /// The register of removed rows, where both runs remove some.
    package var removedHabits: [HabitChange] = []
    /// Features that one run did not look for, or whose role it does not have: `role id`.
    package var uncompared: [String] = []
    /// Forms of several clusters in either run first: one pasted template makes no rate.
    package var misspellings: [FormChange] = []
    /// Rows by what their turns say to one another.
    package var checks: [Count] = []
    package var words: [WordChange] = []
    package var evalSets: [EvalChange] = []
    /// Eval sets that one run alone has.
    package var evalSetsOfOne: [String] = []
    /// Of two sides; `nil` where one of the runs compares none.
    package var comparison: ComparisonDifference?

    /// Whether nothing but the settings differs.
    package var isEmpty: Bool {
        rows.allSatisfy { $0.before == $0.after } && removedByKind.isEmpty && removedByDifference.isEmpty
            && spared.isEmpty && slices.isEmpty && habits.isEmpty && characters.isEmpty
            && removedHabits.isEmpty
            && misspellings.isEmpty
            && checks.isEmpty && words.allSatisfy { $0.before == $0.after } && evalSets.isEmpty
            && comparison?.isEmpty ?? true
    }

    /// Compares two runs.
    ///
    /// - Complexity: O(n log n) in the figures of the summaries.
    package init(
        before: (path: String, manifest: RunManifest, summary: RunSummary),
        after: (path: String, manifest: RunManifest, summary: RunSummary)
    ) {
        self.before = Self.run(before)
        self.after = Self.run(after)
        isSameInput = Self.inputs(before.manifest) == Self.inputs(after.manifest)
        settings = Self.settings(before.manifest, after.manifest)
        compareRows(before.summary, after.summary)
        if self.before.isDeduplicated, self.after.isDeduplicated {
            compareRemoved(before.summary, after.summary)
        }
        if let old = before.summary.languageProfile, let new = after.summary.languageProfile {
            compareProfiles(old, new)
        }
        compareEvalSets(before.summary, after.summary)
        if let old = before.summary.comparison, let new = after.summary.comparison {
            comparison = ComparisonDifference(old, new)
        }
    }

    var listsAllSlices: Bool { !before.isSliceTop && !after.isSliceTop }

    private static func run(_ run: (path: String, manifest: RunManifest, summary: RunSummary)) -> Run {
        var result = Run()
        result.path = run.path
        result.command = run.manifest.command
        if case .object(let fields) = run.manifest.configuration {
            result.isDeduplicated = fields["threshold"] != nil
            result.isSliceTop = fields["sliceTop"] != nil
        }
        result.isProfiled = run.summary.languageProfile != nil
        result.unit = run.summary.languageProfile?.unit ?? ""
        result.authors = run.summary.languageProfile?.authors
        return result
    }

    private static func inputs(_ manifest: RunManifest) -> [String] {
        manifest.inputs.map { "\($0.corpus) \($0.sha256)" }.sorted()
    }
}
