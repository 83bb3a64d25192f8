import CArrow

/// Writes kept rows of a Parquet shard as another: the same schema, metadata, columns, codecs and encodings, no value
/// converted; row groups as in the source, but of at most 64 MiB.
///
/// The values come from the source file itself, which is read beside the reader that gives the rows. The bytes of the
/// file depend on the source, the rows kept and the version of Arrow.
///
/// Not thread-safe.
package final class ParquetShardWriter: RowWriter {
    /// Uncompressed bytes at which a row group ends: a step of rows, dictionaries and page headers have their place
    /// below the 64 MiB.
    private static let groupBytes: Int64 = 54 << 20
    /// Bytes of rows, and rows, that are passed on at once.
    private static let stepBytes = 1 << 20
    private static let stepRows = 16 << 10

    /// What the plug-in's sink writes to, and why it could not.
    private final class Target {
        let file: OutputFile
        var failure: (any Error)?

        init(_ file: OutputFile) { self.file = file }
    }

    private let source: ParquetFile
    private let target: Target
    private let writer: OpaquePointer
    /// A byte for each row of the source that was not passed on yet: 1 for those to write.
    private var keep: [UInt8] = []
    private var pendingBytes = 0
    private var nextOrdinal = 0
    private var rowCount = 0

    /// Creates the file under a temporary name.
    ///
    /// - Parameters:
    ///   - source: the shard that the rows are read from.
    ///   - path: where the file is to appear; its folder exists.
    ///   - limits: those that the rows are read with: longer cells of rows that are not kept are not held.
    /// - Throws: `ShardError` of code `unwritable`, and those of reading the source.
    package init(source: Shard, path: String, limits: ReadLimits) throws {
        self.source = try ParquetFile(source, limits: limits)
        target = Target(try OutputFile(path: path, shard: source.name))
        var error = carrow_error()
        var writer: OpaquePointer?
        let sink: carrow_sink = { context, bytes, count in
            guard let context, let bytes else { return 0 }
            let target = Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
            do {
                try target.file.append(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
                return 0
            } catch {
                target.failure = error
                return 1
            }
        }
        let code = self.source.api.writer_open(
            self.source.handle, sink, Unmanaged.passUnretained(target).toOpaque(), Self.groupBytes, &writer,
            &error)
        guard code == CARROW_OK, let writer else {
            target.file.cancel()
            throw target.failure ?? Self.failure(error, in: source)
        }
        self.writer = writer
    }

    deinit { source.api.writer_close(writer) }

    /// - Complexity: O(bytes of the source's rows since the last one).
    package func append(_ row: UnsafeRawBufferPointer, ordinal: Int) throws {
        try skip(to: ordinal)
        keep.append(1)
        nextOrdinal += 1
        rowCount += 1
        pendingBytes += row.count
        if pendingBytes >= Self.stepBytes || keep.count >= Self.stepRows { try flush() }
    }

    package func finish() throws -> WrittenShard {
        try flush()
        var error = carrow_error()
        try check(source.api.writer_finish(writer, &error), error)
        try source.checkUnchanged()
        let digest = try target.file.finish()
        return WrittenShard(rowCount: rowCount, byteCount: target.file.byteCount, sha256: digest)
    }

    package func cancel() { target.file.cancel() }

    /// Passes over rows that are not kept.
    private func skip(to ordinal: Int) throws {
        while nextOrdinal < ordinal {
            keep.append(0)
            nextOrdinal += 1
            if keep.count >= Self.stepRows { try flush() }
        }
    }

    private func flush() throws {
        var error = carrow_error()
        try check(source.api.writer_copy(writer, keep, Int64(keep.count), &error), error)
        keep.removeAll(keepingCapacity: true)
        pendingBytes = 0
    }

    private func check(_ code: Int32, _ error: carrow_error) throws {
        guard code != CARROW_OK else { return }
        throw target.failure ?? Self.failure(error, in: source.shard)
    }

    /// The rows were read before, so that what fails now is rather the schema than the bytes.
    private static func failure(_ error: carrow_error, in shard: Shard) -> ShardError {
        let words = ParquetFile.words(of: error)
        return ShardError(
            .unwritable,
            "the rows cannot be copied to another Parquet file (\(words)); write the shard again with another writer",
            shard: shard.name, cause: words)
    }
}
