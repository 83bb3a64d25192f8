import Corpus
import TextForms

/// What a dedup compares and which rows it removes: one validated value for the whole run.
package struct DedupConfiguration: Sendable {
    /// Millionths of the Jaccard similarity from which a candidate pair is a duplicate pair.
    package var thresholdMillionths = 800_000
    package var shingle = ShingleForm.characters(5)
    package var on = ComparedSides.sides
    /// Millionths of the containment from which the shorter row goes; `nil`: not looked for.
    package var containedMillionths: Int?
    /// Rows that are a proper prefix of another row are removed, not only counted.
    package var removesPrefixes = false
    package var keeper = KeeperPolicy.rarestSlice
    /// Rows of a cluster that stay: the keeper, then the ones farthest from it.
    package var keptPerCluster = 1
    package var protected: [SliceSelector] = []
    package var floors: [SliceFloor] = []
    /// Classes that are no edge of the leader pass.
    package var sparedClasses: Set<DifferenceClass> = DedupConfiguration.defaultSparedClasses
    /// Known words, for the difference class `spelling`.
    package var lexicon = Lexicon()
    /// Threads for the decisions; never changes a result.
    package var threads = 1
    /// Bytes that the stores in memory may take before they spill to scratch.
    package var memoryBytes = 1 << 30

    package static let defaultSparedClasses: Set<DifferenceClass> = [
        .labelConflict, .number, .operator, .negation,
    ]

    package init() {}

    package var threshold: Double { Double(thresholdMillionths) / 1e6 }
}

/// Which row of a duplicate pair stays (`--keeper`).
package enum KeeperPolicy: Sendable, Equatable {
    case first
    case longest
    /// The row whose declared slice value is rarest, then the longest, then the first.
    case rarestSlice
    /// The row whose value of a field comes first in a list; other values last.
    case priority(field: String, values: [String])
}

/// Rows of a slice: a field with one value, or with any.
package struct SliceSelector: Sendable, Equatable, Hashable {
    package var field: String
    /// `nil`: each of the field's values.
    package var value: String?

    package init(field: String, value: String?) {
        self.field = field
        self.value = value
    }

    /// Reads `FIELD=VALUE` or `FIELD`.
    package init(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else {
            self.init(field: text, value: nil)
            return
        }
        self.init(field: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }

    package var description: String { value.map { "\(field)=\($0)" } ?? field }
}

/// The least number of rows that a slice keeps (`--floor SLICE:N`).
package struct SliceFloor: Sendable, Equatable {
    package var slice: SliceSelector
    package var rows: Int

    package init(slice: SliceSelector, rows: Int) {
        self.slice = slice
        self.rows = rows
    }
}
