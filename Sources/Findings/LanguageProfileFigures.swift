/// The figures of the language profile, as they stand in `summary.json` under `languageProfile`.
package struct LanguageProfileFigures: Sendable, Equatable, Codable {
    /// Words by who writes them.
    package struct RoleWords: Sendable, Equatable, Codable {
        package var role = ""
        /// Words that a spelling check can judge.
        package var words = 0
        /// Of these, words that no list knows, with names and terms of the trade.
        package var unknown = 0
        /// Words in stretches that look like another language or program text, not judged.
        package var otherLanguage = 0

        package init() {}
    }

    /// Rows of one role with a form: wrong, or right and not wrong.
    package struct RoleRows: Sendable, Equatable, Codable {
        package var role = ""
        package var wrongRows = 0
        package var rightRows = 0
        package var rate = 0.0
        package var low = 0.0
        package var high = 0.0
        /// Near-duplicate clusters among the rows with the wrong form; `nil` of a run that did not count them by role.
        package var clusters: Int?

        package init() {}
    }

    /// Rows of a slice with a form.
    package struct SliceRows: Sendable, Equatable, Codable {
        package var field = ""
        package var value = ""
        package var wrongRows = 0
        package var rightRows = 0

        package init() {}
    }

    /// A row where the wrong form stands.
    package struct Place: Sendable, Equatable, Codable {
        package var shard = ""
        package var ordinal = 0

        package init() {}
    }

    /// A form with its right one.
    package struct Misspelling: Sendable, Equatable, Codable {
        package var wrong = ""
        package var right = ""
        package var kind = ""
        package var wrongRows = 0
        /// Rows that have the right form and not the wrong one.
        package var rightRows = 0
        /// wrongRows / (wrongRows + rightRows), with its interval of 95 %.
        package var rate = 0.0
        package var low = 0.0
        package var high = 0.0
        /// Near-duplicate clusters among the rows with the wrong form.
        package var clusters = 0
        /// Authors who write the wrong form; `nil` without `--author`.
        package var authors: Int?
        /// Of the authors who write either form.
        package var ofAuthors: Int?
        package var roles: [RoleRows] = []
        package var slices: [SliceRows] = []
        package var places: [Place] = []

        package init() {}

        /// In the turns that a model learns to write, where they have the wrong form: assistants', or plain text.
        package var learnt: RoleRows? {
            roles.filter { ($0.role == "assistant" || $0.role == "text") && $0.wrongRows > 0 }
                .max { $0.wrongRows < $1.wrongRows }
        }

        /// In all turns.
        package var all: RoleRows {
            var rows = RoleRows()
            (rows.wrongRows, rows.rightRows) = (wrongRows, rightRows)
            (rows.rate, rows.low, rows.high) = (rate, low, high)
            rows.clusters = clusters
            return rows
        }

        /// What a report says of the form: where it is learnt, else where it stands most.
        package var told: RoleRows {
            learnt ?? roles.filter { $0.wrongRows > 0 }.max { $0.wrongRows < $1.wrongRows } ?? all
        }

        /// The slice of twenty rows or more whose rows have the wrong form more often than the others beyond chance, most
        /// so if several have; each cluster of rows with it is a draw, about.
        package var topSlice: SliceRows? {
            let design = Double(wrongRows) / Double(max(1, clusters))
            var best: (z: Double, slice: SliceRows)?
            for slice in slices where slice.wrongRows > 1 && slice.wrongRows + slice.rightRows >= 20 {
                let own = (hits: slice.wrongRows, of: slice.wrongRows + slice.rightRows)
                let rest = (hits: wrongRows - own.hits, of: wrongRows + rightRows - own.of)
                let z = PooledDifference.z(own, rest) / design.squareRoot()
                if z >= PooledDifference.leastSliceZ, z > best?.z ?? 0 { best = (z, slice) }
            }
            return best?.slice
        }
    }

    /// Turns of one role with a feature.
    package struct FeatureRate: Sendable, Equatable, Codable {
        package var role = ""
        package var turns = 0
        package var hits = 0
        package var rate = 0.0
        package var low = 0.0
        package var high = 0.0
        /// The same rate in a corpus that we measured.
        package var reference: Double?
        package var referenceCorpus: String?
        package var places: [Place] = []

        package init() {}
    }

    package struct Feature: Sendable, Equatable, Codable {
        package var id = ""
        package var category = ""
        package var roles: [FeatureRate] = []

        package init() {}
    }

    package struct SliceRate: Sendable, Equatable, Codable {
        package var field = ""
        package var value = ""
        package var turns = 0
        package var rate = 0.0

        package init() {}
    }

    /// A feature of what a model learns that stands out.
    package struct Habit: Sendable, Equatable, Codable {
        package var id = ""
        package var role = ""
        package var rate = 0.0
        package var low = 0.0
        package var high = 0.0
        /// In user turns of the corpus.
        package var userRate: Double?
        package var reference: Double?
        package var referenceCorpus: String?
        /// Where it is most frequent.
        package var slice: SliceRate?

        package init() {}

        /// Whether it is another feature of the same pattern (`apology`, `apology-opener`) that nearly the same turns
        /// have.
        package func repeats(_ other: Habit) -> Bool {
            role == other.role && abs(rate - other.rate) <= 0.1 * max(rate, other.rate)
                && (id.hasPrefix(other.id) || other.id.hasPrefix(id))
        }
    }

    /// Words a turn.
    package struct Length: Sendable, Equatable, Codable {
        package var role = ""
        package var turns = 0
        package var meanWords = 0.0
        /// 1,024 for that many and more.
        package var medianWords = 0

        package init() {}
    }

    /// A beginning that most of the user's turns have.
    package struct PromptTemplate: Sendable, Equatable, Codable {
        package var text = ""
        package var share = 0.0

        package init() {}
    }

    /// A feature in two kinds of answers.
    package struct Lift: Sendable, Equatable, Codable {
        package var id = ""
        package var first = ""
        package var second = ""
        package var firstRate = 0.0
        package var secondRate = 0.0
        /// Turns of each kind.
        package var firstTurns: Int?
        package var secondTurns: Int?
        /// Of the difference, turns as draws.
        package var z = 0.0

        package init() {}

        /// Whether it is another feature of the same pattern (`apology`, `apology-opener`) with the same rates in the
        /// same kinds.
        package func repeats(_ other: Lift) -> Bool {
            first == other.first && second == other.second && firstRate == other.firstRate
                && secondRate == other.secondRate && (id.hasPrefix(other.id) || other.id.hasPrefix(id))
        }
    }

    /// Rows by what their turns say to one another.
    package struct Signals: Sendable, Equatable, Codable {
        package var rows = 0
        package var rowsWithCalls = 0
        package var promiseRows = 0
        package var promiseRowsWithoutCall = 0
        package var safetyRows = 0
        package var safetyRowsAnswered = 0
        package var refusalRows = 0
        package var mixedRows = 0
        /// Rows that name no author, each a draw of its own; `nil` without `--author`.
        package var rowsWithoutAuthor: Int?
        package var rowsWithoutSource = 0
        package var rowsWithoutLicence = 0

        package init() {}
    }

    /// Words that recur in what a model learns.
    package struct Phrase: Sendable, Equatable, Codable {
        package var text = ""
        package var rows = 0
        /// `opener`, `closer` or `any`.
        package var position = ""
        /// Authors who write it; `nil` without `--author`.
        package var authors: Int?
        /// Near-duplicate clusters among `clusterRows` of the rows.
        package var clusters = 0
        package var clusterRows = 0
        package var first = Place()

        package init() {}
    }

    /// A feature in turns of rows that a dedup removes and of rows that it keeps, intervals of 95 % drawn by cluster.
    package struct RemovedFeature: Sendable, Equatable, Codable {
        package var id = ""
        package var category = ""
        package var role = ""
        package var removedTurns = 0
        package var removedRate = 0.0
        package var removedLow = 0.0
        package var removedHigh = 0.0
        package var keptTurns = 0
        package var keptRate = 0.0
        package var keptLow = 0.0
        package var keptHigh = 0.0
        /// removedRate - keptRate, with its interval.
        package var difference = 0.0
        package var low = 0.0
        package var high = 0.0
        /// Of the difference, by Benjamini-Hochberg within all features and roles.
        package var q = 1.0

        package init() {}

        /// Whether chance would hardly make the difference.
        package var isApart: Bool { q <= 0.05 }
    }

    /// Words a turn in removed and kept rows.
    package struct RemovedLength: Sendable, Equatable, Codable {
        package var role = ""
        package var removedMeanWords = 0.0
        package var keptMeanWords = 0.0
        /// 1,024 for that many and more.
        package var removedMedianWords = 0
        package var keptMedianWords = 0
        /// Of the means; its interval is `nil` where one side is a single draw.
        package var difference = 0.0
        package var low: Double?
        package var high: Double?

        package init() {}

        /// Whether the interval of the difference leaves out 0.
        package var isApart: Bool { low ?? 0 > 0 || high ?? 0 < 0 }
    }

    /// The register of removed rows beside that of kept ones.
    package struct Removed: Sendable, Equatable, Codable {
        package var removedRows = 0
        package var keptRows = 0
        /// Whether the intervals rest on a sample of the clusters.
        package var clustersAreSample = false
        /// What is apart first, the largest difference on top.
        package var features: [RemovedFeature] = []
        package var lengths: [RemovedLength] = []

        package init() {}
    }

    /// What a rate's interval is drawn by: `author`, `conversation` or `cluster`.
    package var unit = ""
    /// Authors in all; `nil` without `--author`.
    package var authors: Int?
    /// Different words.
    package var types = 0
    package var words: [RoleWords] = []
    /// Forms by kind.
    package var forms = CountTable()
    /// Pairs of forms that were left out, the rarest: a limit was reached.
    package var formsLeftOut = 0
    /// What a model would learn first: the first of `misspellings.jsonl.zst`.
    package var misspellings: [Misspelling] = []
    package var entrenched: [Misspelling] = []
    package var variants: [Misspelling] = []
    /// Features by role; those that no turn has are left out.
    package var features: [Feature] = []
    /// Slices and labels of too many values, by which features were not counted.
    package var slicesLeftOut: [String] = []
    /// Features that checks rest on and that no pattern list has; `nil` where all are there.
    package var patternsMissing: [String]?
    /// Fields that read as text and are not read; `nil` where there are none.
    package var leftOutText: [String]?
    package var lengths: [Length] = []
    /// What assistants do far more than elsewhere.
    package var habits: [Habit] = []
    /// What users do far less than people who type.
    package var tooClean: [Habit] = []
    /// The template that the user's turns begin with, and the share of them that do; `nil` where fewer than half do.
    /// Then `tooClean` would judge the template.
    package var promptTemplate: PromptTemplate?
    /// Features that tell chosen from rejected answers, or one label from the other.
    package var lifts: [Lift] = []
    package var signals = Signals()
    /// The commonest phrases, by rows.
    package var phrases: [Phrase] = []
    /// Removed rows beside kept ones; `nil` without a dedup, or where it removes nothing.
    package var removed: Removed?
    /// The word lists that were read.
    package var lists: [String] = []

    package init() {}

    /// Entries of each list in the summary; the others are in `misspellings.jsonl.zst`.
    package static let listed = 20
    package static let phrasesListed = 40
}
