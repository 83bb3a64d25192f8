import Findings

/// What the page is told, as JSON.
package enum ReviewViews {
    package struct Row: Encodable {
        package var shard: String
        package var ordinal: Int
        package var slices: [String]
    }

    package struct Member: Encodable {
        /// Its place among the removed rows, by which decisions name it.
        package var member: Int
        package var row: Row
        package var kind: String
        package var similarity: Double
        package var difference: String
        package var textLost: Double
        /// `removed`, `kept`, `freed` by a new keeper, `keeper`, `overlap`.
        package var state: String
        /// Beside the keeper; `nil` where there is no text.
        package var sides: [SideDiff]?
    }

    package struct Word: Encodable {
        package var reviewer: String
        package var time: String
        package var action: String
        package var reason: String?
        package var note: String?
    }

    package struct Cluster: Encodable {
        package var place: Int
        package var count: Int
        package var cluster: Int
        package var risk: Double
        package var status: String
        package var isAudited: Bool
        /// Why the keeper cannot be replaced; `nil` where it can.
        package var keeperStays: String?
        package var keeper: Row
        /// `kept`, or `removed` for a new keeper's sake.
        package var keeperState: String
        package var keeperSides: [SideDiff]?
        package var memberCount: Int
        package var from: Int
        package var members: [Member]
        package var words: [Word]
    }

    package struct Overlap: Encodable {
        package var place: Int
        package var count: Int
        package var row: Row
        package var set: String
        package var item: String
        package var verdict: String
        package var coverage: Double
        /// `open`, `removed`, `retired`, `not contamination`, `accepted`.
        package var state: String
        package var rowText: String?
        package var itemText: String?
    }

    package struct Slice: Encodable {
        package var name: String
        package var before: Int
        package var planned: Int
        package var after: Int
        package var open: Int
    }

    package struct Gate: Encodable {
        package var name: String
        package var observed: Double
        package var limit: Double
        package var passed: Bool
        /// Whether the figures are shares of rows.
        package var isShare: Bool
    }

    package struct State: Encodable {
        package var command: String
        package var reviewer: String
        package var clusters: Int
        package var shown: Int
        package var decided: Int
        /// Clusters of which all rows are copies of their keepers.
        package var copiesAlone: Int
        package var overlaps: Int
        package var overlapsDecided: Int
        package var rowsIn: Int
        package var kept: Int
        package var removed: Int
        package var quarantined: Int
        package var corpusShare: Double
        package var slices: [Slice]
        package var gates: [Gate]
        package var audit: String?
        package var signOff: String?
        package var decisions: Int
        /// What the last request did, in words.
        package var message: String?
        /// Where to go on; `nil` when all is decided.
        package var next: Int?
    }
}
