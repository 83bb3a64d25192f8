/// The figures of the overlap detector, as they stand in `summary.json` under `evalOverlap`.
package struct EvalOverlapFigures: Sendable, Equatable, Codable {
    /// One eval set. Its items are flagged + unflagged + uncheckable.
    package struct EvalSetFigures: Sendable, Equatable, Codable {
        package var name = ""
        package var items = 0
        /// Items that some route can check.
        package var checkable = 0
        /// Items by verdict; labels are not among them.
        package var flagged = CountTable()
        package var unflaggedItems = 0
        /// Items by reason.
        package var uncheckable = CountTable()
        /// The first of them.
        package var uncheckableItems: [UncheckableItem] = []
        /// Unflagged items that bear a label, by label.
        package var labels = CountTable()
        /// Items by the rows that they stand in: `1`, `2-9`, `10-99`, `100+`.
        package var fanOut = CountTable()
        /// Rows with a flagged item.
        package var rows = 0
        package var discounted = Discounted()
        /// Records that could not be read; their items are uncheckable.
        package var quarantined = 0
        /// The first of them.
        package var badRecords: [BadRecord] = []
        /// Input shards that are the set itself, left out of the search for it.
        package var inputShards: [String] = []
        /// Rows with text that were searched for the set's items; `nil` where nobody counted.
        package var searchedRows: Int?
        /// Which fields of its records are question, answer and so on: `question=prompt`.
        package var fields: [String] = []
        /// What the route cannot see, always said.
        package var outOfReach = Self.outOfReachText

        package static let outOfReachText =
            "paraphrases and translations are out of reach of a lexical method: unflagged is not clean"

        package init() {}

        package var flaggedItems: Int { flagged.total }

        /// Whether items = flagged + unflagged + uncheckable.
        package var addsUp: Bool { items == flagged.total + unflaggedItems + uncheckable.total }
    }

    /// An item that no route can check.
    package struct UncheckableItem: Sendable, Equatable, Codable {
        package var item = ""
        package var reason = ""

        package init() {}
    }

    /// An eval record that could not be read.
    package struct BadRecord: Sendable, Equatable, Codable {
        /// The file's name and the record's 0-based place in it.
        package var file = ""
        package var record = 0
        package var byteOffset = 0
        package var code = ""
        /// What is wrong, without text of the record.
        package var message = ""

        package init() {}
    }

    /// Boilerplate: n-grams common in the training rows and in the set.
    package struct Discounted: Sendable, Equatable, Codable {
        package var ngrams = 0
        /// Items that have one.
        package var items = 0
        /// The most training rows that one of them stands in.
        package var rows = 0

        package init() {}
    }

    /// An item that stands in very many rows.
    package struct MassFinding: Sendable, Equatable, Codable {
        package var set = ""
        package var item = ""
        package var verdict = ""
        package var rows = 0

        package init() {}
    }

    /// Items that stand in one turn that several rows share.
    package struct SharedTurn: Sendable, Equatable, Codable {
        package var set = ""
        package var item = ""
        package var verdict = ""
        package var role = ""
        package var rows = 0
        /// The first of the rows.
        package var shard = ""
        package var ordinal = 0

        package init() {}
    }

    /// Flagged rows of a slice.
    package struct SliceRows: Sendable, Equatable, Codable {
        package var field = ""
        package var value = ""
        package var rows = 0
        /// Rows of the slice in all.
        package var of = 0

        package init() {}
    }

    /// One way in which the team's own making carries eval items into training rows.
    package struct Door: Sendable, Equatable, Codable {
        package var door = ""
        package var set = ""
        package var rows = 0
        package var items = 0
        /// What was found, in words without row text.
        package var detail = ""

        package init() {}
    }

    /// Recall of one class of planted edits.
    package struct Power: Sendable, Equatable, Codable {
        package var set = ""
        package var edit = ""
        package var planted = 0
        package var found = 0
        /// Found with the planted item among the finds.
        package var rightItem = 0

        package init() {}
    }

    /// The background rate: items that cannot have leaked.
    package struct Control: Sendable, Equatable, Codable {
        package var name = ""
        package var items = 0
        package var flagged = 0
        /// Records that could not be read.
        package var quarantined = 0
        /// Input shards that are the set itself, left out of the search for it.
        package var inputShards: [String] = []

        package init() {}
    }

    /// A rubric as it was looked for.
    package struct Rubric: Sendable, Equatable, Codable {
        /// Different phrases: quoted strings, and n-grams of 2 to 5 words.
        package var quoted = 0
        package var phrases = 0
        /// Phrases that stand in an assistant turn.
        package var found = 0
        /// Rows with an assistant turn.
        package var rows = 0
        /// The same of the baseline; `nil` without one: verbatim only.
        package var baselineRows: Int?

        package init() {}
    }

    /// A cue phrase of a rubric and its rate in assistant turns.
    package struct Cue: Sendable, Equatable, Codable {
        package var phrase = ""
        /// Whether the rubric has it in quotation marks.
        package var isQuoted = false
        /// Rows that have it in an assistant turn, of those with an assistant turn.
        package var rows = 0
        package var of = 0
        /// How often it stands in assistant turns, and their words.
        package var occurrences = 0
        package var words = 0
        /// The same of the baseline; `nil` without one: verbatim only.
        package var baselineRows: Int?
        package var baselineOf: Int?
        package var baselineOccurrences: Int?
        package var baselineWords: Int?

        package init() {}
    }

    package var sets: [EvalSetFigures] = []
    package var doors: [Door] = []
    package var mass: [MassFinding] = []
    package var power: [Power] = []
    package var control: [Control] = []
    package var sharedTurns: [SharedTurn] = []
    package var slices: [SliceRows] = []
    /// Only of a run with a rubric; else the key is not written.
    package var rubric: Rubric?
    package var cues: [Cue] = []
    /// Rows that `--plan` removes, by verdict.
    package var planned = CountTable()

    package init() {}
}
