/// Takes the kept rows of one shard and writes them as another file, which appears whole or not at all.
package protocol RowWriter: AnyObject {
    /// Writes a row.
    ///
    /// - Parameters:
    ///   - row: its bytes.
    ///   - ordinal: its place in the shard that it was read from, greater than the one before.
    /// - Throws: `ShardError`.
    func append(_ row: UnsafeRawBufferPointer, ordinal: Int) throws

    /// Ends the file and gives it its name.
    ///
    /// - Throws: `ShardError`.
    func finish() throws -> WrittenShard

    /// Removes what was written, unless it was finished.
    func cancel()
}
