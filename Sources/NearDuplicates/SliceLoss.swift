/// What a dedup takes from one slice.
package struct SliceLoss: Sendable {
    package var field: String
    package var value: String
    /// Rows of the slice before, and those that the plan removes.
    package var before: Int
    package var removed: Int
    /// Of the removed rows those of kind identical.
    package var identical: Int
    /// Mean share of a casualty's shingles that its keeper lacks.
    package var textLost: Double
    /// Distinct normal forms before and after.
    package var distinctBefore: Int
    package var distinctAfter: Int
    /// Clusters that casualties of the slice belong to.
    package var clusters: Int
    /// Cluster-robust, one-sided, by Benjamini and Hochberg within the field; `nil` below five clusters.
    package var q: Double?

    package var after: Int { before - removed }
    package var share: Double { before == 0 ? 0 : Double(removed) / Double(before) }
}
