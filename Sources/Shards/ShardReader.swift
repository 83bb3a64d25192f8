import CJSON
import Glibc

/// Reads one shard front to back as batches of raw rows.
///
/// The rows, their ordinals and what is set aside do not depend on the size of a batch. Memory stays within a
/// batch, the row cap and the decoder's window, whatever the shard holds.
///
/// `@unchecked Sendable` without a lock: one thread at a time may call it; handing it from one thread to the
/// next is the caller's ordering.
package final class ShardReader: @unchecked Sendable {
    enum Phase { case opening, reading, finished, failed }

    package let shard: Shard
    package let shardIndex: Int
    package let limits: ReadLimits
    /// What reading came to so far; complete once `next()` has returned `nil`.
    package internal(set) var outcome = ShardOutcome()

    let batchBytes: Int
    let file: FileSource
    private let source: any ByteSource
    let expectedSHA256: String?
    /// Of a Parquet shard.
    private let parquet: ParquetRows?
    private var sequence = 0

    var phase = Phase.opening
    var buffer: RowBuffer
    /// Of `buffer`'s first byte in the decompressed shard.
    var bufferOffset: UInt64 = 0
    /// Where in `buffer` the unfinished row begins, and up to where its bytes were looked at.
    var rowStart = 0
    var scanned = 0
    var splitter = cjson_splitter()
    var isInElement = false
    var oversize: OversizeRow?
    var rows: [RawRow] = []
    var quarantined: [QuarantinedRow] = []
    /// What ends the shard once the rows before it are handed out.
    var failure: (any Error)?

    /// Opens the shard.
    ///
    /// - Parameters:
    ///   - shardIndex: the shard's position among the shards of the corpus; it is passed on in each batch.
    ///   - limits: the caps.
    ///   - batchBytes: bytes of rows in a batch, about; one longer row makes a batch larger. At least 64.
    ///   - hashes: whether to compute the file's SHA-256.
    ///   - expectedSHA256: the digest that an earlier reading found; another one is an error at the end.
    ///   - columns: of a Parquet shard, the names of the top-level columns that the rows are to have; `nil` for
    ///     all. Rows of other formats are whole. A row without some of its columns has another id.
    /// - Throws: `ShardError` of code `unreadable`, `changed`, `unsupported` or `badLimits`; for Parquet also
    ///   `corruptContainer`, `encrypted`, `outOfMemory`.
    package init(
        shard: Shard, shardIndex: Int, limits: ReadLimits = ReadLimits(), batchBytes: Int = 512 << 10,
        hashes: Bool = true, expectedSHA256: String? = nil, columns: [String]? = nil
    ) throws {
        if let problem = limits.problem { throw ShardError(.badLimits, problem, shard: "") }
        self.shard = shard
        self.shardIndex = shardIndex
        self.limits = limits
        self.batchBytes = max(64, batchBytes)
        self.expectedSHA256 = expectedSHA256
        file = try FileSource(shard, hashes: hashes)
        if shard.format == .parquet {
            parquet = try ParquetRows(
                shard, shardIndex: shardIndex, limits: limits, batchBytes: self.batchBytes, columns: columns)
            source = file
            buffer = RowBuffer(capacity: 0)
            return
        }
        parquet = nil
        switch shard.compression {
        case .none: source = file
        case .gzip: source = InflatedSource(try GzipDecoder(file, shard: shard.name, limits: limits))
        case .zstd: source = InflatedSource(try ZstdDecoder(file, shard: shard.name, limits: limits))
        }
        buffer = RowBuffer(capacity: self.batchBytes)
        outcome.layout = shard.format == .json ? .single : .lines
    }

    /// The next rows.
    ///
    /// - Returns: a batch of one row at least, set aside or not; `nil` at the shard's clean end.
    /// - Throws: `ShardError`, after the batches with all whole rows before the trouble; those stay valid.
    /// - Complexity: O(bytes of the batch).
    package func next() throws -> RawBatch? {
        if let parquet { return try next(of: parquet) }
        while phase != .finished {
            if let failure {
                phase = .failed
                throw failure
            }
            let isAtEnd = fill()
            if phase == .opening { open() }
            if failure == nil || phase == .reading { split() }
            if isAtEnd || failure != nil { endText() }
            if isAtEnd && failure == nil {
                do { try finish() } catch { failure = error }
            }
            if let batch = handOut() { return batch }
        }
        return nil
    }

    /// Fills the buffer, after making room in it.
    ///
    /// - Returns: whether the text has ended, cleanly or by a failure.
    private func fill() -> Bool {
        makeRoom()
        defer { outcome.bytesRead = file.bytesRead }
        do {
            while buffer.count < buffer.capacity {
                let count = try source.read(into: buffer.free)
                if count == 0 { return true }
                buffer.count += count
                outcome.decompressedByteCount += UInt64(count)
            }
            return false
        } catch {
            failure = trouble(error)
            return true
        }
    }

    /// A file that changed under the reader explains whatever else went wrong.
    func trouble(_ error: any Error) -> any Error {
        do {
            try file.checkUnchanged()
            return error
        } catch { return error }
    }

    /// Drops bytes that are done with, lets the buffer grow, or goes over to skipping a row over the cap.
    private func makeRoom() {
        if rowStart > 0 {
            buffer.drop(first: rowStart)
            bufferOffset += UInt64(rowStart)
            scanned -= rowStart
            rowStart = 0
        }
        guard buffer.count == buffer.capacity else { return }
        if oversize == nil, buffer.count >= rowLimit {
            oversize = OversizeRow(byteOffset: bufferOffset)
        }
        if oversize != nil {
            oversize?.append(UnsafeRawBufferPointer(start: buffer.base, count: buffer.count))
            bufferOffset += UInt64(buffer.count)
            // The room that the row was given is of no more use.
            if buffer.capacity > batchBytes { buffer = RowBuffer(capacity: batchBytes) }
            buffer.count = 0
            scanned = 0
        } else {
            buffer.grow(to: min(buffer.capacity * 2, max(rowLimit, batchBytes)))
        }
    }

    /// Bytes of an unfinished row from which it is known to be over the cap, a line end of two bytes allowed.
    private var rowLimit: Int { limits.maxRowBytes + 2 }

    /// Ends a shard that was read to its last byte.
    private func finish() throws {
        let digest = try file.finish(expecting: expectedSHA256)
        outcome.notes += source.notes
        if Compression(name: shard.nameBytes) != shard.compression, !shard.isSpooled {
            outcome.notes.append("the name does not say so, but the content is \(shard.compression.words)")
        }
        outcome.sha256 = digest
        outcome.contentHash = file.contentHash
        phase = .finished
    }

    /// Hands the buffer and its rows over as a batch; `nil` where there are none.
    private func handOut() -> RawBatch? {
        guard !rows.isEmpty || !quarantined.isEmpty else { return nil }
        let tail = buffer.count - rowStart
        let full = buffer
        let isGoingOn = phase == .reading && failure == nil
        buffer = RowBuffer(capacity: isGoingOn ? max(batchBytes, tail * 2) : tail)
        buffer.base.copyMemory(from: full.base + rowStart, byteCount: tail)
        buffer.count = tail
        full.count = rowStart
        bufferOffset += UInt64(rowStart)
        scanned -= rowStart
        rowStart = 0
        defer {
            rows = []
            quarantined = []
            sequence += 1
        }
        return RawBatch(
            shardIndex: shardIndex, sequence: sequence, rows: rows, quarantined: quarantined, buffer: full)
    }
}

extension Compression {
    /// As it reads in a sentence.
    fileprivate var words: String {
        switch self {
        case .none: "plain text"
        case .gzip: "gzip"
        case .zstd: "zstd"
        }
    }
}
