/// Writes rows byte for byte into one output shard, plain or packed.
///
/// The bytes of the file depend on the rows alone: gzip at level 6 with time 0 and no name, zstd at level 3
/// with a checksum. The file appears under its name by `finish()`, or not at all.
///
/// Not thread-safe.
package final class ShardWriter: RowWriter {
    private let layout: RowLayout
    private let shard: String
    private let file: OutputFile
    private let compressor: (any ByteCompressor)?
    private var rowCount = 0
    private var pending: [UInt8] = []

    /// Bytes that are gathered before they are packed or written.
    private static let pendingBytes = 256 << 10

    /// Creates the file under a temporary name.
    ///
    /// - Parameters:
    ///   - path: where the file is to appear; its folder exists.
    ///   - name: the shard's name, for messages.
    ///   - layout: `single` writes one row as it is, and any other number of rows as an array.
    /// - Throws: `ShardError` of code `unwritable`.
    package init(path: String, name: String, layout: RowLayout, compression: Compression) throws {
        self.layout = layout
        shard = name
        switch compression {
        case .none: compressor = nil
        case .gzip: compressor = try GzipCompressor(shard: name)
        case .zstd: compressor = try ZstdCompressor(shard: name)
        }
        file = try OutputFile(path: path, shard: name)
        pending.reserveCapacity(Self.pendingBytes)
    }

    /// Writes a row: a line, or an element of the array.
    ///
    /// - Throws: `ShardError` of code `unwritable`, or `unwritableRow` where a line would hold a line feed.
    /// - Complexity: O(bytes of the row).
    package func append(_ row: UnsafeRawBufferPointer) throws {
        switch layout {
        case .lines:
            // Rows of a .json array may go over several lines.
            guard !row.contains(0x0A) else {
                throw ShardError(
                    .unwritableRow, "the row holds a line feed and cannot be a line; write it as .json",
                    shard: shard, row: rowCount)
            }
            pending.append(contentsOf: row)
            pending.append(0x0A)
        case .array, .single:
            pending.append(contentsOf: rowCount == 0 ? "[\n".utf8 : ",\n".utf8)
            pending.append(contentsOf: row)
        }
        rowCount += 1
        if pending.count >= Self.pendingBytes, layout != .single || rowCount > 1 { try flush() }
    }

    package func append(_ row: UnsafeRawBufferPointer, ordinal: Int) throws { try append(row) }

    /// Ends the file and gives it its name.
    ///
    /// - Throws: `ShardError` of code `unwritable`.
    package func finish() throws -> WrittenShard {
        if layout == .single, rowCount == 1 {
            pending.removeFirst(2)
            pending.append(0x0A)
        } else if layout != .lines {
            pending.append(contentsOf: rowCount == 0 ? "[]\n".utf8 : "\n]\n".utf8)
        }
        try flush()
        try compressor?.finish { try file.append($0) }
        let digest = try file.finish()
        return WrittenShard(rowCount: rowCount, byteCount: file.byteCount, sha256: digest)
    }

    /// Removes what was written, unless it was finished.
    package func cancel() { file.cancel() }

    private func flush() throws {
        try pending.withUnsafeBytes { bytes in
            if let compressor {
                try compressor.append(bytes) { try file.append($0) }
            } else {
                try file.append(bytes)
            }
        }
        pending.removeAll(keepingCapacity: true)
    }
}
