extension RunSummary {
    /// What a slice loses.
    package struct SliceLoss: Sendable, Equatable, Codable {
        package var field = ""
        package var value = ""
        package var before = 0
        package var removed = 0
        /// Removed rows of kind identical whose keeper stays in the slice, or in another corpus; gates do not count
        /// them.
        package var identical = 0
        /// Rows within `identical` that differ in text that is not compared: these gates do count; `nil` for none.
        package var unlikeText: Int?
        package var after = 0
        /// removed / before.
        package var share = 0.0
        /// The mean share of a casualty's shingles that its keeper lacks; `nil` without casualties.
        package var textLost: Double?
        /// Distinct normal forms.
        package var distinctBefore = 0
        package var distinctAfter = 0
        /// Clusters that its casualties lie in.
        package var clusters = 0
        /// Cluster-robust, by Benjamini-Hochberg; `nil` below five clusters.
        package var q: Double?

        package init() {}
    }

    /// What a term's rows lose.
    package struct TermLoss: Sendable, Equatable, Codable {
        package var term = ""
        package var before = 0
        package var after = 0
        package var share = 0.0
        package var textLost: Double?

        package init() {}
    }

    /// One of the largest clusters, by its keeper.
    package struct ClusterFigure: Sendable, Equatable, Codable {
        package var rank = 0
        package var shard = ""
        package var ordinal = 0
        /// Rows with the keeper.
        package var rows = 0
        /// The least similarity of a member.
        package var similarity = 1.0
        package var textLost: Double?
        /// Members by difference class.
        package var differences = CountTable()

        package init() {}
    }

    /// A casualty that a reviewer should look at first.
    package struct DoubtfulCasualty: Sendable, Equatable, Codable {
        package var shard = ""
        package var ordinal = 0
        package var keeperShard = ""
        package var keeperOrdinal = 0
        package var kind = CasualtyKind.near.name
        package var similarity = 1.0
        package var difference = ""
        package var textLost = 0.0
        /// Why it is doubtful, in a word or two.
        package var reason = ""

        package init() {}
    }
}
