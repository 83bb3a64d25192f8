import CArrow
import Glibc

/// The decoded batches of one row group.
final class ParquetStream {
    let columns: ArrowColumn
    private var stream: ArrowArrayStream
    /// Streams must go before their file.
    private let file: ParquetFile
    private let group: Int
    private var array = ArrowArray()
    private let schemaFailure: ShardError?

    init(_ stream: ArrowArrayStream, file: ParquetFile, group: Int) {
        self.stream = stream
        self.file = file
        self.group = group
        var schema = ArrowSchema()
        if self.stream.get_schema(&self.stream, &schema) == 0 {
            do {
                columns = try ArrowColumn(
                    root: schema, unmarkedIsText: file.info.unmarked_is_text != 0, in: file.shard)
                schemaFailure = nil
            } catch {
                columns = ArrowColumn.empty
                schemaFailure = error
            }
            schema.release?(&schema)
        } else {
            columns = ArrowColumn.empty
            schemaFailure = ParquetFile.failure(
                code: CARROW_CORRUPT, "no schema", in: file.shard, group: group)
        }
    }

    deinit {
        array.release?(&array)
        stream.release?(&stream)
    }

    /// Decodes the next batch; the one before is gone then.
    ///
    /// - Returns: its rows, which `columns` is bound to; `nil` at the row group's end.
    /// - Throws: `ShardError`, of code `outOfMemory` where smaller batches may help.
    func next() throws -> Int? {
        if let schemaFailure { throw schemaFailure }
        array.release?(&array)
        array = ArrowArray()
        let result = stream.get_next(&stream, &array)
        guard result == 0 else {
            let text = stream.get_last_error(&stream).map { String(cString: $0) } ?? "no reason given"
            throw ParquetFile.failure(code: Self.code(ofErrno: result), text, in: file.shard, group: group)
        }
        guard array.release != nil else { return nil }
        columns.bind(array)
        return Int(array.length)
    }

    private static func code(ofErrno number: Int32) -> Int {
        switch number {
        case ENOMEM: CARROW_MEMORY
        case ENOSYS: CARROW_UNSUPPORTED
        case ECANCELED: CARROW_ENCRYPTED
        default: CARROW_CORRUPT
        }
    }
}
