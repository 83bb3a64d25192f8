/// One shard of the store.
package struct ShardRecord: Sendable, Equatable {
    /// The role of its corpus: `training`, `against`.
    package var corpus: String
    package var name: String
    /// The number of its first row.
    package var firstRow: Int
    package var rows: Int

    package init(corpus: String = "training", name: String, firstRow: Int, rows: Int) {
        self.corpus = corpus
        self.name = name
        self.firstRow = firstRow
        self.rows = rows
    }
}
