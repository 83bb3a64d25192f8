import EvalOverlap

/// What the second pass of the overlap engine needs of the first, whichever stage read the rows.
struct OverlapSurvey: Sendable {
    var accounts: [ShardAccount]
    /// A flag for each readable row of each shard: whether it must be looked at again.
    var candidates: [[Bool]]
    /// Rows by the values of the slice fields.
    var sliceRows: [[String: Int]]
    /// Rows that share an identity or a turn with an item.
    var doorRows: DoorRows
    /// Rows with the phrases of a rubric; `nil` without one.
    var cues: CueCounts?
}
