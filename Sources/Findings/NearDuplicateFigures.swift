/// The figures of the near-duplicate detector, as they stand in `summary.json` under `nearDuplicates`.
package struct NearDuplicateFigures: Sendable, Equatable, Codable {
    /// Removed rows by kind.
    package struct Casualties: Sendable, Equatable, Codable {
        package var identical = 0
        package var exact = 0
        package var near = 0
        package var contained = 0
        package var prefix = 0

        package init() {}

        package subscript(kind: CasualtyKind) -> Int {
            get {
                switch kind {
                case .identical: identical
                case .exact: exact
                case .near: near
                case .contained: contained
                case .prefix: prefix
                }
            }
            set {
                switch kind {
                case .identical: identical = newValue
                case .exact: exact = newValue
                case .near: near = newValue
                case .contained: contained = newValue
                case .prefix: prefix = newValue
                }
            }
        }

        package var total: Int { identical + exact + near + contained + prefix }
    }

    /// What split buckets may have missed.
    package struct Missed: Sendable, Equatable, Codable {
        /// Buckets of more keepers than are compared whole.
        package var splitBuckets = 0
        /// Duplicate pairs expected among what was not compared.
        package var pairs = 0.0

        package init() {}
    }

    package var threshold = 0.8
    /// `char-5`, `word-5`, …
    package var shingle = "char-5"
    /// `sides`, `row`, `prompt`, `response`, `all`.
    package var on = "sides"
    package var clusters = 0
    package var casualties = Casualties()
    /// Rows whose turns are a proper prefix of another's, removed or not.
    package var prefixRows = 0
    /// Rows that share a request with another row, which has another reply.
    package var sameRequest = 0
    /// Rows that share a reply with another row, which has another request.
    package var sameReply = 0
    /// Rows that matched and stay, by the rule that spared them.
    package var spared = CountTable()
    /// Spared rows that `--remove-differing` would remove, by difference class.
    package var wouldRemove = CountTable()
    /// Removed rows by difference class.
    package var differences = CountTable()
    /// Removed rows of class `fields` by the field that differs.
    package var differingFields = CountTable()
    /// Fields that read as text and are not compared; `nil` where there are none.
    package var leftOutText: [String]?
    /// Removed rows of kind identical that differ from their keeper in such a field; gates count them.
    package var unlikeText: Int?
    /// Rows in a language without negation words: negation was not checked.
    package var negationUnchecked = 0
    package var slices: [RunSummary.SliceLoss] = []
    package var terms: [RunSummary.TermLoss] = []
    package var termsTested = 0
    /// Occurrences in removed rows that a term needs to be counted, where there were too many terms for all to be.
    package var termsMinimum: Int?
    package var largestClusters: [RunSummary.ClusterFigure] = []
    package var doubtful: [RunSummary.DoubtfulCasualty] = []
    package var missed = Missed()

    package init() {}
}
