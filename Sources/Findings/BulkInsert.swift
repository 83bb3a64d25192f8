import GRDB
import GRDBSQLite

/// A prepared INSERT, stepped on SQLite's own interface: no value is boxed on the way.
struct BulkInsert {
    private let statement: OpaquePointer
    private let connection: OpaquePointer

    /// - Throws: `library`.
    init(into table: String, columnCount: Int, _ connection: OpaquePointer) throws {
        self.connection = connection
        let marks = Array(repeating: "?", count: columnCount).joined(separator: ",")
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, "INSERT INTO \(table) VALUES (\(marks))", -1, UInt32(SQLITE_PREPARE_PERSISTENT),
            &statement, nil)
        guard code == SQLITE_OK, let statement else { throw Self.failure(connection) }
        self.statement = statement
    }

    /// Frees the statement; the value is not to be used again.
    func finalize() { sqlite3_finalize(statement) }

    @inline(__always)
    func bind(_ column: Int32, _ value: Int) { sqlite3_bind_int64(statement, column, Int64(value)) }

    @inline(__always)
    func bind(_ column: Int32, _ value: Double) { sqlite3_bind_double(statement, column, value) }

    func bind(_ column: Int32, _ value: Double?) {
        if let value { bind(column, value) } else { sqlite3_bind_null(statement, column) }
    }

    func bind(_ column: Int32, _ value: Int?) {
        if let value { bind(column, value) } else { sqlite3_bind_null(statement, column) }
    }

    func bind(_ column: Int32, _ value: String?) {
        if let value { bind(column, value) } else { sqlite3_bind_null(statement, column) }
    }

    func bind(_ column: Int32, _ value: String) {
        // SQLITE_TRANSIENT, a cast that C's macro hides from Swift: SQLite copies the bytes.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        var value = value
        value.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(statement, column, $0.baseAddress, Int32($0.count), transient)
            }
        }
    }

    /// Inserts the row that is bound.
    ///
    /// - Throws: `library`, with SQLite's message, or `fileSystem` for a full disk.
    @inline(__always)
    func step() throws {
        guard sqlite3_step(statement) == SQLITE_DONE else {
            let error = Self.failure(connection)
            sqlite3_reset(statement)
            throw error
        }
        sqlite3_reset(statement)
    }

    private static func failure(_ connection: OpaquePointer) -> FindingsError {
        let cause = String(cString: sqlite3_errmsg(connection))
        if sqlite3_errcode(connection) == SQLITE_FULL {
            return FindingsError(
                .fileSystem, "cannot write the findings; free space or choose another folder with --out",
                place: RunFile.store.name, cause: cause)
        }
        return FindingsError(.library, "cannot write the findings", place: RunFile.store.name, cause: cause)
    }
}
