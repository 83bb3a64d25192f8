import GRDB
import GRDBSQLite

/// A prepared SELECT, stepped on SQLite's own interface: a column of the wrong type reads as 0 or an empty text
/// and never ends the process.
struct BulkQuery {
    private let statement: OpaquePointer
    private let connection: OpaquePointer

    /// - Throws: `library`.
    init(_ sql: String, _ connection: OpaquePointer) throws {
        self.connection = connection
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw Self.failure(connection) }
        self.statement = statement
    }

    /// Frees the statement; the value is not to be used again.
    func finalize() { sqlite3_finalize(statement) }

    func bind(_ parameter: Int32, _ value: Int) { sqlite3_bind_int64(statement, parameter, Int64(value)) }

    /// Moves to the next row.
    ///
    /// - Returns: `false` after the last.
    /// - Throws: `library`.
    func next() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw Self.failure(connection)
        }
    }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

    /// The value if the narrower type can hold it, else 0.
    func int<Narrow: FixedWidthInteger>(_ column: Int32, as type: Narrow.Type) -> Narrow {
        Narrow(exactly: int(column)) ?? 0
    }

    func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private static func failure(_ connection: OpaquePointer) -> FindingsError {
        FindingsError(
            .library, "cannot read the findings", place: RunFile.store.name,
            cause: String(cString: sqlite3_errmsg(connection)))
    }
}
