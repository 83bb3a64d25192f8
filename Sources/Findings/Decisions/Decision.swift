/// A reviewer's word on rows of a run: one line of `decisions.jsonl`.
///
/// Keys are the properties' names, in their order.
package struct Decision: Sendable, Equatable, Codable {
    package enum Action: String, Sendable, Codable, CaseIterable {
        /// The removals that nobody restored stand; of a row that was restored: it goes again. Of a finding of an eval
        /// item: it is left as the plan has it.
        case accept
        /// The removals of all clusters that a filter takes stand.
        case acceptAll = "accept-all"
        /// The rows are kept.
        case restore
        /// The row stays in the place of its keeper.
        case keeper
        /// The row leaves the training rows, since it holds an eval item.
        case remove
        /// The eval item is to be retired.
        case retire
        /// What was found is no contamination.
        case dismiss = "not-contamination"
        /// Words on a cluster or a row, without an effect.
        case note
        /// Takes an earlier decision back.
        case undo
        /// A reviewer answers for the run as it is decided.
        case signOff = "sign-off"
    }

    /// A row as the run's lines name it.
    package struct Row: Sendable, Hashable, Codable {
        /// Only of a row of another corpus: `against`.
        package var corpus: String?
        package var shard: String
        package var ordinal: Int
        /// 32 hexadecimal digits: of the row's bytes.
        package var id: String
        /// 32 hexadecimal digits: of its normal form; empty where the run does not tell it.
        package var textId: String

        package init(corpus: String? = nil, shard: String, ordinal: Int, id: String, textId: String) {
            self.corpus = corpus
            self.shard = shard
            self.ordinal = ordinal
            self.id = id
            self.textId = textId
        }
    }

    package struct Item: Sendable, Hashable, Codable {
        package var set: String
        package var item: String
        /// Of the item in its set.
        package var ordinal: Int

        package init(set: String, item: String, ordinal: Int) {
            self.set = set
            self.item = item
            self.ordinal = ordinal
        }
    }

    package static let currentSchemaVersion = 1

    package var schemaVersion = Self.currentSchemaVersion
    /// Its id, unique in the trail.
    package var decision = ""
    /// ISO 8601, UTC.
    package var time = ""
    package var reviewer = ""
    package var action = Action.note
    package var reason: String?
    package var note: String?
    /// The rows that it is about; of `accept` on a whole cluster none but the keeper is named.
    package var rows: [Row]?
    /// The keeper of the cluster that it is about.
    package var keeper: Row?
    /// How many clusters an `accept-all` takes.
    package var clusters: Int?
    package var filter: ReviewFilter?
    package var item: Item?
    /// The id of the decision that an undo takes back.
    package var undoes: String?
    /// Of a decision on a cluster that was drawn for an audit: how many were drawn.
    package var audit: Int?
    package var statement: String?
    /// What had been decided when it was signed off.
    package var progress: ReviewProgress?
    /// The audit that a sign-off rests on.
    package var figure: AuditFigure?
    /// SHA-256 of the plan that it was made on.
    package var plan = ""
    /// How normal forms are made, and with which version of Unicode.
    package var normalForm = ""
    /// The near layer's threshold; 0 where the run has none.
    package var threshold = 0.0
    /// The id of the decision on an earlier run that it repeats.
    package var carriedFrom: String?
    /// SHA-256 of the line before, of the first line the plan digest.
    package var previous = ""

    package init() {}

    package init(_ action: Action) { self.action = action }
}
