import Corpus
import GRDB

/// Reads `findings.sqlite` of a finished run; never writes.
package final class RunStore {
    private let path: String
    private let queue: DatabaseQueue

    /// - Throws: `fileSystem`, `library`; `damaged` for another schema version.
    package init(run folder: String) throws {
        path = "\(folder)/\(RunFile.store.name)"
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -8192") }
        let path = path
        queue = try RunStoreWriter.reporting(path) {
            try DatabaseQueue(path: path, configuration: configuration)
        }
        let version = try read {
            try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = 'schemaVersion'")
        }
        guard version == "\(StoreSchema.version)" else {
            throw FindingsError(
                .damaged, "has schema version \(version ?? "none"), not \(StoreSchema.version)", place: path)
        }
    }

    /// A value that was stored with the run.
    ///
    /// - Throws: `library`; so do all that follow.
    package func meta(_ key: String) throws -> String? {
        try read { try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key]) }
    }

    /// All shards, by their numbers.
    package func shards() throws -> [ShardRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT corpus, name, first_row, rows FROM shards ORDER BY shard")
                .map {
                    ShardRecord(corpus: $0[0], name: $0[1], firstRow: $0[2], rows: $0[3])
                }
        }
    }

    /// Names of the rules, by their numbers.
    package func rules() throws -> [String] {
        try read { try String.fetchAll($0, sql: "SELECT name FROM rules ORDER BY rule") }
    }

    /// The row's removal; `nil` if it is not removed.
    package func removal(ofRow row: Int) throws -> RemovalRecord? {
        try matches("removals", where: "row = ?", row).first
    }

    /// The row's record among those spared; `nil` if it is not.
    package func spared(row: Int) throws -> RemovalRecord? {
        try matches("spared_rows", where: "row = ?", row).first
    }

    /// Rows removed for a keeper, in order.
    ///
    /// - Complexity: O(removed rows): there is no index by keeper.
    package func removals(ofKeeper keeper: Int) throws -> [RemovalRecord] {
        try matches("removals", where: "keeper = ?", keeper)
    }

    /// Calls `body` with every removed row, in order.
    package func forEachRemoval(_ body: (RemovalRecord) throws -> Void) throws {
        try forEachMatch("removals", body)
    }

    /// Calls `body` with every spared row, in order.
    package func forEachSpared(_ body: (RemovalRecord) throws -> Void) throws {
        try forEachMatch("spared_rows", body)
    }

    /// Calls `body` with every accepted pair, in the order in which they were stored.
    package func forEachPair(_ body: (PairRecord) throws -> Void) throws {
        try read { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT row, keeper, similarity, kind FROM pairs ORDER BY rowid")
            while let row = try rows.next() {
                guard let kind = CasualtyKind(rawValue: row[3]) else { throw damaged("pairs") }
                try body(PairRecord(row: row[0], keeper: row[1], similarity: row[2], kind: kind))
            }
        }
    }

    /// Interned slice values and sets, as they were added.
    package func slices() throws -> (values: [SliceValue], sets: [[Int32]]) {
        try read { database in
            let values = try Row.fetchAll(
                database, sql: "SELECT field, value FROM slice_values ORDER BY slice_value"
            ).map { SliceValue(field: $0[0], value: $0[1]) }
            var sets: [[Int32]] = []
            let rows = try Row.fetchCursor(
                database, sql: "SELECT slice_set, slice_value FROM slice_sets ORDER BY slice_set, slice_value"
            )
            while let row = try rows.next() {
                let set: Int = row[0]
                guard set >= sets.count, set < 1 << 24 else {
                    if set >= 0, set < sets.count { sets[set].append(row[1]) }
                    continue
                }
                while sets.count <= set { sets.append([]) }
                sets[set].append(row[1])
            }
            return (values, sets)
        }
    }

    /// Bytes of a file before one of its frames.
    ///
    /// - Throws: `damaged` for a frame that the file has not.
    package func byteOffset(ofFrame frame: Int32, in file: RunFile) throws -> Int {
        let offset = try read {
            try Int.fetchOne(
                $0, sql: "SELECT byte_offset FROM frames WHERE file = ? AND frame = ?",
                arguments: [file.name, frame])
        }
        guard let offset else { throw damaged("frames") }
        return offset
    }

    /// Runs a query for people and tests; each value as text, `nil` for NULL.
    package func query(_ sql: String) throws -> [[String?]] {
        try read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { $0.isNull ? nil : String.fromDatabaseValue($0) ?? "\($0)" }
            }
        }
    }

    // MARK: Parts

    private static let matchColumns = """
        row, shard, ordinal, keeper, keeper_shard, keeper_ordinal, kind, similarity, text_lost, difference, rule,
        slice_set, frame, frame_offset
        """

    private func matches(_ table: String, where condition: String, _ value: Int) throws -> [RemovalRecord] {
        let sql = "SELECT \(Self.matchColumns) FROM \(table) WHERE \(condition) ORDER BY row"
        return try read { try Row.fetchAll($0, sql: sql, arguments: [value]).map(record) }
    }

    private func forEachMatch(_ table: String, _ body: (RemovalRecord) throws -> Void) throws {
        let sql = "SELECT \(Self.matchColumns) FROM \(table) ORDER BY row"
        try read { database in
            let rows = try Row.fetchCursor(database, sql: sql)
            while let row = try rows.next() { try body(record(row)) }
        }
    }

    private func record(_ row: Row) throws -> RemovalRecord {
        guard let kind = CasualtyKind(rawValue: row[6]), let difference = DifferenceClass(rawValue: row[9])
        else {
            throw damaged("removals")
        }
        return RemovalRecord(
            row: row[0], shard: row[1], ordinal: row[2], keeper: row[3], keeperShard: row[4],
            keeperOrdinal: row[5], kind: kind, similarity: row[7], textLost: row[8], difference: difference,
            rule: row[10], sliceSet: row[11], position: FramePosition(frame: row[12], offset: row[13]))
    }

    private func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try RunStoreWriter.reporting(path) { try queue.read(body) }
    }

    private func damaged(_ table: String) -> FindingsError {
        FindingsError(.damaged, "table \(table) is not what this version writes; scan again", place: path)
    }
}
