/// Rows of one shard, in order, with their bytes; the bytes live as long as the batch.
///
/// `@unchecked Sendable` without a lock: nothing changes after the initialiser.
package final class RawBatch: @unchecked Sendable {
    package let shardIndex: Int
    /// The batch's 0-based position in its shard.
    package let sequence: Int
    /// Rows to decode, by ordinal.
    package let rows: [RawRow]
    /// Rows that the reader itself set aside, by ordinal; their ordinals lie between those of `rows`.
    package let quarantined: [QuarantinedRow]
    private let buffer: RowBuffer

    init(
        shardIndex: Int, sequence: Int, rows: [RawRow], quarantined: [QuarantinedRow], buffer: RowBuffer
    ) {
        self.shardIndex = shardIndex
        self.sequence = sequence
        self.rows = rows
        self.quarantined = quarantined
        self.buffer = buffer
        buffer.pad()
    }

    /// All bytes of the batch; at least 64 more are readable behind them.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: buffer.base, count: buffer.count)
    }

    /// The bytes that the batch holds on to, for a limit on batches in flight.
    package var heldBytes: Int {
        buffer.capacity + rows.count * MemoryLayout<RawRow>.stride
            + quarantined.reduce(0) { $0 + $1.raw.count }
    }

    /// A row's bytes, valid as long as the batch; `CJSON_PADDING` more are readable behind them.
    @inline(__always)
    package func bytes(of row: RawRow) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: buffer.base + row.offset, count: row.length)
    }

    /// Calls back with each row to decode and each row that the reader set aside, by ordinal.
    @inline(__always)
    package func forEachInOrder(
        _ body: (RawRow) throws -> Void, quarantined setAside: (QuarantinedRow) throws -> Void
    ) rethrows {
        var unread = quarantined[...]
        for row in rows {
            while let first = unread.first, first.ordinal < row.ordinal {
                try setAside(first)
                unread.removeFirst()
            }
            try body(row)
        }
        for rest in unread { try setAside(rest) }
    }

    /// The row as set aside for `code`, with all its bytes.
    package func quarantine(_ row: RawRow, _ code: QuarantineCode, _ message: String) -> QuarantinedRow {
        QuarantinedRow(
            ordinal: row.ordinal, byteOffset: row.byteOffset, code: code, message: message,
            raw: Array(bytes(of: row)), rawLength: UInt64(row.length))
    }
}
