/// The closed list of gates.
///
/// | name | observed | judged on |
/// |---|---|---|
/// | `dedup.max_drop` | removed rows, identical ones not counted / rows in | all rows |
/// | `dedup.max_drop_per_slice` | the same within a slice | each value of the slice |
/// | `eval.max_overlap_items` | flagged eval items; of a label only where it is named | an eval set, a verdict, both or neither |
package enum GateName: String, Sendable, CaseIterable, Codable {
    case maxDrop = "dedup.max_drop"
    case maxDropPerSlice = "dedup.max_drop_per_slice"
    case maxOverlapItems = "eval.max_overlap_items"
}
