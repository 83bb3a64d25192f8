import Findings

/// Why one row of a run goes or stays.
package struct RowExplanation: Sendable, Encodable {
    package enum Status: String, Sendable, Encodable {
        case kept, removed, spared, quarantined
    }

    package struct Place: Sendable, Encodable {
        /// `training`, `against`.
        package var corpus: String
        package var shard: String
        package var ordinal: Int

        package init(corpus: String, shard: String, ordinal: Int) {
            self.corpus = corpus
            self.shard = shard
            self.ordinal = ordinal
        }

        /// `shard:ordinal`, safe for a terminal.
        package var text: String {
            let place = "\(TerminalText.sanitized(shard)):\(ordinal)"
            return corpus == "training" ? place : "\(place) (\(TerminalText.sanitized(corpus)))"
        }
    }

    /// The keeper that the row matches, and how.
    package struct Match: Sendable, Encodable {
        package var keeper: Place
        package var kind: String
        package var similarity: Double
        package var difference: String
        /// Top-level fields that differ, where nothing else does and the rows' text is stored.
        package var differingFields: [String]
        /// The share of the row's shingles that the keeper lacks.
        package var textLost: Double
        package var rule: String
        /// `FIELD=VALUE`.
        package var slices: [String]

        package init(
            keeper: Place, kind: String, similarity: Double, difference: String, differingFields: [String],
            textLost: Double, rule: String, slices: [String]
        ) {
            self.keeper = keeper
            self.kind = kind
            self.similarity = similarity
            self.difference = difference
            self.differingFields = differingFields
            self.textLost = textLost
            self.rule = rule
            self.slices = slices
        }
    }

    /// A reviewer's word on the row.
    package struct Word: Sendable, Encodable {
        package var decision: String
        package var action: String
        package var reviewer: String
        package var time: String

        package init(_ decision: Decision) {
            self.decision = decision.decision
            action = decision.action.rawValue
            reviewer = decision.reviewer
            time = decision.time
        }
    }

    package struct Member: Sendable, Encodable {
        package var row: Place
        package var kind: String
        package var similarity: Double
        package var difference: String

        package init(row: Place, kind: String, similarity: Double, difference: String) {
            self.row = row
            self.kind = kind
            self.similarity = similarity
            self.difference = difference
        }
    }

    /// The rows that are removed for one keeper.
    package struct Cluster: Sendable, Encodable {
        /// Its place by size, from 1.
        package var rank: Int
        package var clusters: Int
        package var removed: Int
        /// The first removed rows; empty where the cluster is another keeper's.
        package var members: [Member]

        package init(rank: Int, clusters: Int, removed: Int, members: [Member]) {
            self.rank = rank
            self.clusters = clusters
            self.removed = removed
            self.members = members
        }
    }

    /// A row that is near, by the cosine of words and pairs of words.
    package struct Nearest: Sendable, Encodable {
        package var row: Place
        package var similarity: Double

        package init(row: Place, similarity: Double) {
            self.row = row
            self.similarity = similarity
        }
    }

    package struct Quarantine: Sendable, Encodable {
        package var code: String
        package var message: String
        package var byteOffset: Int

        package init(code: String, message: String, byteOffset: Int) {
            self.code = code
            self.message = message
            self.byteOffset = byteOffset
        }
    }

    /// What a profile finds in the row, with its words where text may be shown.
    package struct Language: Sendable, Encodable {
        package struct Form: Sendable, Encodable {
            package var wrong: String
            package var right: String
            package var kind: String
            package var role: String
            package var turn: Int

            package init(wrong: String, right: String, kind: String, role: String, turn: Int) {
                self.wrong = wrong
                self.right = right
                self.kind = kind
                self.role = role
                self.turn = turn
            }
        }

        package struct Feature: Sendable, Encodable {
            package var id: String
            package var role: String
            package var turn: Int
            /// The words that a pattern found.
            package var text: String?

            package init(id: String, role: String, turn: Int, text: String?) {
                self.id = id
                self.role = role
                self.turn = turn
                self.text = text
            }
        }

        package var forms: [Form] = []
        package var features: [Feature] = []
        /// What could not be told.
        package var notes: [String] = []

        package init() {}
    }

    package var row: Place
    package var status: Status
    package var match: Match?
    package var language: Language?
    package var cluster: Cluster?
    package var quarantine: Quarantine?
    /// Reviewers' decisions on the row or its cluster, in their order.
    package var decisions: [Word] = []
    /// What the decisions make of it, where that is not what the plan says: `kept`, `removed`.
    package var decided: String?
    /// Eval items in the row.
    package var overlaps: [OverlapLine] = []
    /// The verdict for which the plan removes the row.
    package var plannedVerdict: String?
    /// Eval sets that the row's shard is: their items were not looked for in it.
    package var isOfSets: [String] = []
    /// Whether the run looked for eval items alone.
    package var isOfOverlap = false
    /// Whether the run is a profile, which looks for no duplicates.
    package var isOfProfile = false
    /// Whether the row lies on a side of a comparison, which removes nothing.
    package var isOfComparison = false
    /// Of the run: kept rows that were not compared.
    package var rowsWithoutText = 0
    /// The nearest row of the other side and that of the row's own, of a sampled row.
    package var nearest: [Nearest] = []
    /// The weight under which the left rows look more like the right ones.
    package var weight: Double?
    /// What to type to change it, a line each.
    package var advice: [String] = []
    /// The word diff with the keeper; only where text may be shown.
    package var diff: DiffSample?
    /// Why there is no diff although it was asked for.
    package var diffNote: String?

    package init(row: Place, status: Status) {
        self.row = row
        self.status = status
    }
}
