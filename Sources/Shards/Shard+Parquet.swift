extension Shard {
    /// Names of the top-level columns of a Parquet shard, and its number of rows.
    ///
    /// - Throws: `ShardError`, as for reading it.
    /// - Complexity: O(bytes of the footer).
    package func parquetFooter(limits: ReadLimits) throws -> (columns: [String], rows: Int) {
        let file = try ParquetFile(self, limits: limits)
        return (try file.columnNames(), Int(file.info.rows))
    }
}
