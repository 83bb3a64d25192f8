import CArrow
import Glibc

/// One open Parquet file: its footer, and streams of its row groups.
///
/// `@unchecked Sendable` without a lock: one thread at a time may use it.
final class ParquetFile: @unchecked Sendable {
    /// Bytes that decoding one file may hold. Chosen: with a page of 300 MiB, which hostile files have, the whole
    /// process stays below 512 MiB.
    static let decodingBytes = 352 << 20

    let shard: Shard
    let info: carrow_info
    let api: carrow_api
    private let file: OpaquePointer
    /// Holds the file against what was found at first.
    private let opened: FileSource

    /// Opens the file and reads its footer.
    ///
    /// - Throws: `ShardError` of code `unsupported`, `unreadable`, `changed`, `corruptContainer`, `encrypted` or
    ///   `outOfMemory`.
    init(_ shard: Shard, limits: ReadLimits) throws {
        self.shard = shard
        try Self.checkMagic(of: shard)
        api = try ParquetLibrary.load(for: shard.name).api
        opened = try FileSource(shard, hashes: false)
        let descriptor = try opened.duplicate()
        var error = carrow_error()
        var file: OpaquePointer?
        let bounds = carrow_limits(
            cell_bytes: Int64(limits.maxRowBytes), memory_bytes: Int64(Self.decodingBytes))
        guard api.open(descriptor, bounds, &file, &error) == CARROW_OK, let file else {
            throw Self.failure(error, in: shard, group: nil)
        }
        self.file = file
        info = api.info(file)
    }

    deinit { api.close(file) }

    /// The plug-in's handle, for a writer that copies from this file.
    var handle: OpaquePointer { file }

    func rowCount(ofGroup group: Int) -> Int { Int(api.group_rows(file, Int32(group))) }

    /// Whether a row group says that it has rows.
    ///
    /// - Complexity: O(row groups), up to the first that has.
    var hasRows: Bool { (0..<Int(info.row_groups)).contains { rowCount(ofGroup: $0) > 0 } }

    /// Uncompressed, as the footer has it.
    func byteCount(ofGroup group: Int) -> Int { Int(api.group_bytes(file, Int32(group))) }

    /// Names of the columns at the top, in order.
    ///
    /// - Throws: `ShardError`.
    func columnNames() throws -> [String] {
        var schema = ArrowSchema()
        var error = carrow_error()
        guard api.schema(file, &schema, &error) == CARROW_OK else {
            throw Self.failure(error, in: shard, group: nil)
        }
        defer { schema.release?(&schema) }
        return (0..<Int(schema.n_children)).map { place in
            schema.children?[place].map { ArrowColumn.name(of: $0.pointee) } ?? ""
        }
    }

    /// A row group's rows.
    ///
    /// - Parameters:
    ///   - fields: numbers of top-level columns, ascending; `nil` for all.
    ///   - batchRows: the most rows of a batch.
    ///   - memoryBytes: the most that decoding may hold.
    /// - Throws: `ShardError`.
    func stream(group: Int, fields: [Int32]?, batchRows: Int, memoryBytes: Int) throws -> ParquetStream {
        var stream = ArrowArrayStream()
        var error = carrow_error()
        let code: Int32
        if let fields {
            code = api.stream(
                file, Int32(group), fields, Int32(fields.count), Int64(batchRows), Int64(memoryBytes),
                &stream, &error)
        } else {
            code = api.stream(
                file, Int32(group), nil, 0, Int64(batchRows), Int64(memoryBytes), &stream, &error)
        }
        guard code == CARROW_OK else { throw Self.failure(error, in: shard, group: group) }
        return ParquetStream(stream, file: self, group: group)
    }

    /// - Throws: `ShardError` of code `changed`.
    func checkUnchanged() throws { try opened.checkUnchanged() }

    /// A `.parquet` name or `--format parquet` promises Parquet.
    private static func checkMagic(of shard: Shard) throws {
        if shard.compression != .none {
            throw ShardError(
                .packedTwice,
                "the Parquet file is packed with \(shard.compression.rawValue) once more; unpack it first",
                shard: shard.name)
        }
        let head = try FileHead(shard.pathBytes).bytes
        if head.starts(with: ShardFormat.encryptedParquetMagic) {
            throw failure(code: CARROW_ENCRYPTED, "its footer is encrypted", in: shard, group: nil)
        }
        guard head.starts(with: ShardFormat.parquetMagic) else {
            throw ShardError(
                .corruptContainer,
                head.isEmpty
                    ? "the file is named as Parquet but holds no byte; copy it again from its source"
                    : "the name promises Parquet, but the content is something else; name it for what it is,"
                        + " or say what it is by --format",
                shard: shard.name, byteOffset: 0)
        }
    }

    static func failure(_ error: carrow_error, in shard: Shard, group: Int?) -> ShardError {
        failure(code: Int(error.code), words(of: error), in: shard, group: group)
    }

    /// Arrow's words, fit to be shown.
    static func words(of error: carrow_error) -> String {
        withUnsafeBytes(of: error.message) { bytes in
            readable(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
        }
    }

    /// Arrow's words, with the place and what to do.
    static func failure(code: Int, _ text: String, in shard: Shard, group: Int?) -> ShardError {
        let words = readable(text)
        let place = group.map { "row group \($0): " } ?? ""
        switch code {
        case CARROW_ENCRYPTED:
            return ShardError(
                .encrypted, "\(place)the Parquet file is encrypted (\(words)); decrypt it first",
                shard: shard.name, cause: words)
        case CARROW_UNSUPPORTED:
            return ShardError(
                .unsupported,
                "\(place)Arrow does not read this (\(words)); write the file again with another writer",
                shard: shard.name, cause: words)
        case CARROW_MEMORY:
            return ShardError(
                .outOfMemory,
                "\(place)a page or a row takes more memory than is given to a file (\(words));"
                    + " write it again in smaller pages", shard: shard.name, cause: words)
        case CARROW_FOOTER:
            return ShardError(
                .outOfMemory,
                "the Parquet footer takes more memory than is given to it: \(words);"
                    + " write the file again with fewer columns or larger row groups",
                shard: shard.name, cause: words)
        default:
            return ShardError(
                .corruptContainer,
                "\(place)the Parquet data is corrupt (\(words)); copy it again from its source",
                shard: shard.name, cause: words)
        }
    }

    /// The first line, without control characters: a hostile footer's names may stand in it.
    private static func readable(_ text: String) -> String {
        let line = text.split(separator: "\n").first ?? ""
        let plain = line.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        let short = String(plain.prefix(200))
        return short.hasSuffix(".") ? String(short.dropLast()) : short
    }
}
