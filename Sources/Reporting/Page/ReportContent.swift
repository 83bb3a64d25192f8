import Findings

/// What a report shows, read from a finished run; no decision is left to the page.
package struct ReportContent: Sendable {
    /// A removed row.
    package struct Casualty: Sendable {
        /// Why it is shown: a slice, or what is doubtful.
        package var group: String
        package var shard: String
        package var ordinal: Int
        package var keeperShard: String
        package var keeperOrdinal: Int
        package var kind: String
        package var similarity: Double
        package var textLost: Double
        package var difference: String
        /// Only where text may be shown.
        package var diff: DiffSample?

        package init(
            group: String, shard: String, ordinal: Int, keeperShard: String, keeperOrdinal: Int, kind: String,
            similarity: Double, textLost: Double, difference: String, diff: DiffSample?
        ) {
            self.group = group
            self.shard = shard
            self.ordinal = ordinal
            self.keeperShard = keeperShard
            self.keeperOrdinal = keeperOrdinal
            self.kind = kind
            self.similarity = similarity
            self.textLost = textLost
            self.difference = difference
            self.diff = diff
        }
    }

    /// An eval item that was found.
    package struct FlaggedItem: Sendable {
        package var set: String
        package var item: String
        package var verdict: String
        package var rows: Int
        /// One of the rows.
        package var shard: String
        package var ordinal: Int
        package var coverage: Double
        /// The shared text; only where text may be shown.
        package var rowText: String?
        package var itemText: String?

        package init(
            set: String, item: String, verdict: String, rows: Int, shard: String, ordinal: Int,
            coverage: Double
        ) {
            self.set = set
            self.item = item
            self.verdict = verdict
            self.rows = rows
            self.shard = shard
            self.ordinal = ordinal
            self.coverage = coverage
        }
    }

    /// A feature's rate in a slice.
    package struct SliceRate: Sendable {
        package var feature: String
        package var slice: String
        package var role: String
        package var turns: Int
        package var hits: Int

        package init(feature: String, slice: String, role: String, turns: Int, hits: Int) {
            self.feature = feature
            self.slice = slice
            self.role = role
            self.turns = turns
            self.hits = hits
        }
    }

    /// Quarantined rows of a shard by code.
    package struct Quarantined: Sendable {
        package var shard: String
        package var code: String
        package var rows: Int
        /// The message of one of them.
        package var message: String

        package init(shard: String, code: String, rows: Int, message: String) {
            self.shard = shard
            self.code = code
            self.rows = rows
            self.message = message
        }
    }

    /// What reviewers decided on the run.
    package struct Decisions: Sendable {
        /// In their order, with those that were taken back.
        package var trail: [Decision]
        /// The figures with all of them.
        package var summary: RunSummary
        /// What they come to, in lines.
        package var account: [String]

        package init(trail: [Decision], summary: RunSummary, account: [String]) {
            self.trail = trail
            self.summary = summary
            self.account = account
        }
    }

    package var summary: RunSummary
    /// `nil` for a run that nobody has reviewed.
    package var decisions: Decisions?
    package var command = ""
    package var toolVersion = ""
    /// SHA-256 of the effective configuration.
    package var configurationDigest = ""
    /// Whether the run looked for duplicates.
    package var hasNearDuplicates = false
    package var showsText = false
    /// Whether the run holds the text of rows.
    package var holdsText = true
    /// Removed rows by similarity, each bin one hundredth wide, from 0.00 to 1.00; empty without any.
    package var similarities: [Int] = []
    /// Clusters by the number of their rows.
    package var clusterSizes: [(name: String, count: Int)] = []
    /// The probability that a pair is compared, by similarity in steps of one hundredth; empty where there was no near layer.
    package var recall: [Double] = []
    package var bands = 0
    package var rowsPerBand = 0
    package var casualties: [Casualty] = []
    package var flagged: [FlaggedItem] = []
    package var flaggedCount = 0
    package var sliceRates: [SliceRate] = []
    package var quarantined: [Quarantined] = []

    package init(summary: RunSummary) { self.summary = summary }
}
