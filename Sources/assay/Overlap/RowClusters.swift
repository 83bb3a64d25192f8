/// Near-duplicate clusters of the training rows, as the other detector of a scan found them.
struct RowClusters {
    /// The cluster of a row; `nil` for a row without duplicates.
    var ofRow: (Int) -> Int?
    /// Training rows in all.
    var rowCount: Int
    /// Rows of each cluster.
    var rows: [Int]
}
