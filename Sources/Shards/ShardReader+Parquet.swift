extension ShardReader {
    /// The next rows of a Parquet shard.
    func next(of rows: ParquetRows) throws -> RawBatch? {
        guard phase != .finished else { return nil }
        if let failure { throw failure }
        do {
            if phase == .opening {
                outcome.notes += try rows.notes()
                phase = .reading
            }
            let batch = try rows.next()
            outcome.rowCount = rows.rowCount
            outcome.decompressedByteCount = rows.renderedBytes
            if batch == nil { try finish(rows) } else { outcome.bytesRead = readShare(rows) }
            return batch
        } catch {
            let failure = trouble(error)
            self.failure = failure
            phase = .failed
            outcome.bytesRead = readShare(rows)
            throw (failure as? ShardError)?.at(row: outcome.rowCount) ?? failure
        }
    }

    /// Ends a shard of which every row was read: its bytes are read once more, in order, for their digests. Arrow
    /// reads a column here and a column there.
    private func finish(_ rows: ParquetRows) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
        defer { buffer.deallocate() }
        while try file.read(into: buffer) > 0 {}
        outcome.sha256 = try file.finish(expecting: expectedSHA256)
        outcome.contentHash = file.contentHash
        outcome.bytesRead = shard.byteCount
        phase = .finished
    }

    /// Bytes of the file that the rows so far stand for.
    private func readShare(_ rows: ParquetRows) -> UInt64 {
        guard rows.totalRows > 0 else { return shard.byteCount }
        let share = Double(rows.rowCount) / Double(rows.totalRows)
        return UInt64(Double(shard.byteCount) * min(1, share))
    }
}
