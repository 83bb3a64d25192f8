/// The closed list of gates.
///
/// | name | observed | judged on |
/// |---|---|---|
/// | `dedup.max_drop` | removed rows, identical ones not counted / rows in | all rows |
/// | `dedup.max_drop_per_slice` | the same within a slice | each value of the slice |
package enum GateName: String, Sendable, CaseIterable, Codable {
    case maxDrop = "dedup.max_drop"
    case maxDropPerSlice = "dedup.max_drop_per_slice"
}
