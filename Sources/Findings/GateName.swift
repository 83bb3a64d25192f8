/// The closed list of gates.
///
/// | name | observed | judged on |
/// |---|---|---|
/// | `dedup.max_drop` | removed rows, identical ones not counted / rows in | all rows |
/// | `dedup.max_drop_per_slice` | the same within a slice, copies of rows outside it counted | each value of the slice |
/// | `eval.max_overlap_items` | flagged eval items; of a label only where it is named | an eval set, a verdict, both or neither |
/// | `comparison.max_auc_register` | area of the register test | the two samples |
/// | `comparison.max_uncovered_share` | share of the right rows in groups that the left side does not cover | the right sample |
/// | `comparison.max_feature_delta` | absolute Cliff's delta of a feature | the two samples |
package enum GateName: String, Sendable, CaseIterable, Codable {
    case maxDrop = "dedup.max_drop"
    case maxDropPerSlice = "dedup.max_drop_per_slice"
    case maxOverlapItems = "eval.max_overlap_items"
    case maxAucRegister = "comparison.max_auc_register"
    case maxUncoveredShare = "comparison.max_uncovered_share"
    case maxFeatureDelta = "comparison.max_feature_delta"

    /// Whether limit and observed value are shares of rows.
    package var isShare: Bool {
        switch self {
        case .maxDrop, .maxDropPerSlice, .maxUncoveredShare: true
        case .maxOverlapItems, .maxAucRegister, .maxFeatureDelta: false
        }
    }

    /// Which run a gate is judged on.
    package enum Subject: Sendable { case dedup, overlap, comparison }

    package var subject: Subject {
        switch self {
        case .maxDrop, .maxDropPerSlice: .dedup
        case .maxOverlapItems: .overlap
        case .maxAucRegister, .maxUncoveredShare, .maxFeatureDelta: .comparison
        }
    }
}
