import CArrow

/// Gives the rows of a Parquet file as batches of compact JSON, one row group after another.
///
/// The rows, their ordinals and what is set aside do not depend on the size of a batch. Memory stays within a batch
/// of rows, a page of each column and the row cap, whatever the row groups hold.
final class ParquetRows {
    /// Bytes that a batch of Arrow's is to hold, about, and the most rows in it.
    private static let decodedBytes = 1 << 20
    private static let maximumRows = 8192
    /// What decoding may hold at first. Few bytes may stand for long cells in many rows, so that a batch does not
    /// fit; one page may be larger in itself. Smaller batches are tried first, then more memory.
    private static let usualBytes = 64 << 20
    /// How the batch shrinks, and whether all memory is given, attempt by attempt.
    private static let attempts: [(divisor: Int, isLarge: Bool)] = [
        (1, false), (16, false), (256, true), (maximumRows, true),
    ]

    private let file: ParquetFile
    private let shardIndex: Int
    private let limits: ReadLimits
    private let batchBytes: Int
    private let fields: [Int32]?
    private let writer: JSONRowWriter

    private var group = -1
    private var groupRows = 0
    private var stream: ParquetStream?
    private var batchRows = 0
    private var attempt = 0
    /// Rows of the group that were rendered, and that the stream has given.
    private var doneInGroup = 0
    private var givenInGroup = 0
    /// Rows of the batch at hand, and how many of them were rendered.
    private var rowsInBatch = 0
    private var doneInBatch = 0
    private var rows: [RawRow] = []
    private var quarantined: [QuarantinedRow] = []
    /// Bytes that the rows set aside hold, which are no longer the writer's.
    private var asideBytes = 0
    private var sequence = 0
    private var failure: (any Error)?
    private(set) var rowCount = 0
    /// Bytes of the rows as lines of JSON.
    private(set) var renderedBytes: UInt64 = 0

    /// - Parameter columns: names of top-level columns that the rows are to have; `nil` for all.
    /// - Throws: `ShardError`.
    init(_ shard: Shard, shardIndex: Int, limits: ReadLimits, batchBytes: Int, columns: [String]?) throws {
        file = try ParquetFile(shard, limits: limits)
        self.shardIndex = shardIndex
        self.limits = limits
        self.batchBytes = batchBytes
        writer = JSONRowWriter(capacity: batchBytes, rowLimit: limits.maxRowBytes)
        if let columns {
            let names = try file.columnNames()
            fields = names.indices.filter { columns.contains(names[$0]) }.map { Int32($0) }
        } else {
            fields = nil
        }
        guard file.info.columns > 0 || totalRows == 0 && !file.hasRows else {
            throw ShardError(
                .corruptContainer, "the Parquet file has rows but no column; copy it again from its source",
                shard: shard.name)
        }
    }

    /// As the footer says.
    var totalRows: Int { Int(file.info.rows) }

    /// What a careful reader should know of the file.
    func notes() throws -> [String] {
        var notes: [String] = []
        if totalRows == 0 { notes.append("the file has no rows") }
        let names = try file.columnNames()
        let twice = Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys.sorted()
        if !twice.isEmpty {
            notes.append(
                "several columns are named \(twice.joined(separator: ", ")); the last of them counts")
        }
        return notes
    }

    /// The next rows; `nil` at the end.
    ///
    /// - Throws: `ShardError`, after the batches with all rows before the trouble.
    func next() throws -> RawBatch? {
        while failure == nil, !isFull {
            do {
                if doneInBatch == rowsInBatch, try !advance() {
                    try checkCount()
                    break
                }
                try render()
            } catch {
                failure = error
            }
        }
        if rows.isEmpty, quarantined.isEmpty {
            if let failure { throw failure }
            return nil
        }
        defer {
            rows = []
            quarantined = []
            asideBytes = 0
            sequence += 1
        }
        return RawBatch(
            shardIndex: shardIndex, sequence: sequence, rows: rows, quarantined: quarantined,
            buffer: writer.handOut())
    }

    /// Whether the batch holds enough, in rows to decode and in rows set aside: in bytes, or in their number, since
    /// what a scan writes of a row may be many times its bytes.
    private var isFull: Bool {
        writer.count + asideBytes >= batchBytes || rows.count + quarantined.count >= Self.maximumRows
    }

    // MARK: Decoding

    /// Decodes the next batch of rows.
    ///
    /// - Returns: false at the file's end.
    private func advance() throws -> Bool {
        while true {
            if stream == nil, try !openGroup() { return false }
            do {
                while let count = try stream?.next() {
                    let done = min(count, doneInGroup - givenInGroup)
                    givenInGroup += count
                    // An earlier attempt has given them.
                    if done == count, count > 0 { continue }
                    rowsInBatch = count
                    doneInBatch = done
                    return true
                }
                stream = nil
            } catch let error as ShardError where error.code == .outOfMemory {
                guard attempt + 1 < Self.attempts.count else { throw error }
                attempt += 1
                givenInGroup = 0
                stream = nil
                stream = try openStream()
            }
        }
    }

    private func openGroup() throws -> Bool {
        guard group + 1 < Int(file.info.row_groups) else { return false }
        group += 1
        groupRows = file.rowCount(ofGroup: group)
        guard groupRows >= 0 else {
            throw ParquetFile.failure(
                code: CARROW_CORRUPT, "a negative number of rows", in: file.shard, group: group)
        }
        doneInGroup = 0
        givenInGroup = 0
        // Where few bytes stand for many values, each of them still takes its place in memory.
        let meanBytes = max(0, file.byteCount(ofGroup: group)) / max(1, groupRows)
        let rowBytes = max(1, meanBytes, Int(file.info.columns) * 8)
        batchRows = max(1, min(Self.maximumRows, Self.decodedBytes / rowBytes))
        attempt = 0
        stream = try openStream()
        return true
    }

    private func openStream() throws -> ParquetStream {
        let (divisor, isLarge) = Self.attempts[attempt]
        return try file.stream(
            group: group, fields: fields, batchRows: max(1, batchRows / divisor),
            memoryBytes: isLarge ? ParquetFile.decodingBytes : Self.usualBytes)
    }

    // MARK: Rendering

    private func render() throws {
        guard let columns = stream?.columns else { return }
        while doneInBatch < rowsInBatch, !isFull {
            writer.beginRow()
            columns.append(doneInBatch, to: writer)
            let row = writer.endRow()
            guard !writer.isDamaged else {
                _ = writer.takeBack(row, keeping: 0)
                throw ParquetFile.failure(
                    code: CARROW_CORRUPT, "a cell numbers a dictionary's value that is not there",
                    in: file.shard, group: group)
            }
            take(row)
            doneInBatch += 1
            doneInGroup += 1
            rowCount += 1
        }
        try checkRatio()
    }

    private func take(_ row: JSONRowWriter.Row) {
        let offset = renderedBytes
        renderedBytes += UInt64(row.length) + 1
        if row.length > limits.maxRowBytes {
            setAside(
                row, offset, .rowTooLong,
                "the row takes more than \(limits.maxRowBytes) bytes as JSON; raise --max-row-bytes if it is meant"
                    + " to be so long")
        } else if let column = row.invalidColumn {
            setAside(
                row, offset, .invalidUTF8,
                "column \(column.path) is not UTF-8; write the text again as UTF-8")
        } else {
            rows.append(
                RawRow(offset: row.offset, length: row.length, ordinal: rowCount, byteOffset: offset))
        }
    }

    private func setAside(
        _ row: JSONRowWriter.Row, _ byteOffset: UInt64, _ code: QuarantineCode, _ message: String
    ) {
        let kept = code == .rowTooLong ? min(QuarantinedRow.keptBytes, limits.maxRowBytes) : row.length
        let aside = QuarantinedRow(
            ordinal: rowCount, byteOffset: byteOffset, code: code,
            message: "row group \(group), row \(doneInGroup) of it: \(message)",
            raw: writer.takeBack(row, keeping: kept), rawLength: UInt64(row.length))
        quarantined.append(aside)
        asideBytes += aside.raw.count + aside.message.utf8.count + MemoryLayout<QuarantinedRow>.stride
    }

    /// Holds the rows that were read, every one that a row group says it has, against the footer's own number.
    private func checkCount() throws {
        guard rowCount != totalRows else { return }
        throw ShardError(
            .corruptContainer,
            "the footer says \(totalRows) rows, its row groups hold \(rowCount); copy the file again from its"
                + " source", shard: file.shard.name)
    }

    private func checkRatio() throws {
        guard limits.maxRatio > 0, renderedBytes > limits.ratioFloorBytes else { return }
        let (allowed, overflow) = file.shard.byteCount
            .multipliedReportingOverflow(by: UInt64(limits.maxRatio))
        guard !overflow, renderedBytes > allowed else { return }
        throw ShardError(
            .ratioTooHigh,
            "row group \(group): the rows take more than \(limits.maxRatio) bytes for each of the file's;"
                + " if the data is meant to be so repetitive, raise --max-ratio", shard: file.shard.name)
    }
}
