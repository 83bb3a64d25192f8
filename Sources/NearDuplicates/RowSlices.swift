/// The slices of rows, as a value beside what is counted: a loop that counts into its own struct copies nothing.
struct RowSlices {
    let table: RowTable
    /// By slice set.
    let ofSet: SliceLists
    let ofShard: SliceLists

    /// Calls `body` with the slices of a row.
    ///
    /// - Complexity: O(slices of the row + log shards).
    @inline(__always)
    func forEach(of row: Int, _ body: (Int) -> Void) {
        ofSet.forEach(of: Int(table.sliceSet[row]), body)
        ofShard.forEach(of: table.shard(of: row), body)
    }
}
