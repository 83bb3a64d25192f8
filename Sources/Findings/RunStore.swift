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
        let version = try meta("schemaVersion")
        guard version == "\(StoreSchema.version)" else {
            throw FindingsError(
                .damaged, "has schema version \(version ?? "none"), not \(StoreSchema.version)", place: path)
        }
    }

    /// A value that was stored with the run.
    ///
    /// - Throws: `library`; so do all that follow.
    package func meta(_ key: String) throws -> String? {
        var values: [String: String] = [:]
        try forEach("SELECT key, value FROM meta") { values[$0.text(0)] = $0.text(1) }
        return values[key]
    }

    /// All shards, by their numbers.
    package func shards() throws -> [ShardRecord] {
        var shards: [ShardRecord] = []
        try forEach("SELECT corpus, name, first_row, rows FROM shards ORDER BY shard") { row in
            shards.append(
                ShardRecord(
                    corpus: row.text(0), name: row.text(1), firstRow: row.int(2), rows: row.int(3)))
        }
        return shards
    }

    /// Names of the rules, by their numbers.
    package func rules() throws -> [String] {
        var rules: [String] = []
        try forEach("SELECT name FROM rules ORDER BY rule") { rules.append($0.text(0)) }
        return rules
    }

    /// The row's removal; `nil` if it is not removed.
    package func removal(ofRow row: Int) throws -> RemovalRecord? {
        try matches("removals", where: "row", row).first
    }

    /// The row's record among those spared; `nil` if it is not.
    package func spared(row: Int) throws -> RemovalRecord? {
        try matches("spared_rows", where: "row", row).first
    }

    /// Rows removed for a keeper, in order.
    ///
    /// - Complexity: O(removed rows): there is no index by keeper.
    package func removals(ofKeeper keeper: Int) throws -> [RemovalRecord] {
        try matches("removals", where: "keeper", keeper)
    }

    /// Calls `body` with every removed row, in order.
    ///
    /// - Throws: also what `body` throws.
    package func forEachRemoval(_ body: (RemovalRecord) throws -> Void) throws {
        try forEach("SELECT \(Self.matchColumns) FROM removals ORDER BY row") { try body(record($0)) }
    }

    /// Calls `body` with every spared row, in order.
    ///
    /// - Throws: also what `body` throws.
    package func forEachSpared(_ body: (RemovalRecord) throws -> Void) throws {
        try forEach("SELECT \(Self.matchColumns) FROM spared_rows ORDER BY row") { try body(record($0)) }
    }

    /// Calls `body` with every accepted pair, in the order in which they were stored.
    ///
    /// - Throws: also what `body` throws.
    package func forEachPair(_ body: (PairRecord) throws -> Void) throws {
        try forEach("SELECT row, keeper, similarity, kind FROM pairs ORDER BY rowid") { row in
            guard let kind = CasualtyKind(rawValue: row.int(3, as: UInt8.self)) else {
                throw damaged("pairs")
            }
            try body(PairRecord(row: row.int(0), keeper: row.int(1), similarity: row.double(2), kind: kind))
        }
    }

    /// Calls `body` with every cluster, the largest first.
    ///
    /// - Throws: also what `body` throws.
    package func forEachCluster(_ body: (ClusterRecord) throws -> Void) throws {
        try forEach("SELECT \(Self.clusterColumns) FROM cluster_rows ORDER BY rank") { try body(cluster($0)) }
    }

    static let clusterColumns = "rank, keeper, keeper_shard, keeper_ordinal, members, frame, frame_offset"

    func cluster(_ row: BulkQuery) -> ClusterRecord {
        ClusterRecord(
            rank: row.int(0), keeper: row.int(1), keeperShard: row.int(2, as: Int32.self),
            keeperOrdinal: row.int(3), memberCount: row.int(4, as: Int32.self),
            position: FramePosition(frame: row.int(5, as: Int32.self), offset: row.int(6, as: Int32.self)))
    }

    /// Interned slice values and sets, as they were added.
    package func slices() throws -> (values: [SliceValue], sets: [[Int32]]) {
        var values: [SliceValue] = []
        try forEach("SELECT field, value FROM slice_values ORDER BY slice_value") { row in
            values.append(SliceValue(field: row.text(0), value: row.text(1)))
        }
        var sets: [[Int32]] = []
        let sql = "SELECT slice_set, slice_value FROM slice_sets ORDER BY slice_set, slice_value"
        try forEach(sql) { row in
            let set = row.int(0)
            let value = row.int(1, as: Int32.self)
            // Empty sets have no row in the table and lie between.
            guard set >= sets.count - 1, set >= 0, set < 1 << 24, values.indices.contains(Int(value)) else {
                throw damaged("slice_sets")
            }
            while sets.count <= set { sets.append([]) }
            sets[set].append(value)
        }
        return (values, sets)
    }

    /// Bytes of a file before one of its frames.
    ///
    /// - Throws: `damaged` for a frame that the file has not.
    package func byteOffset(ofFrame frame: Int32, in file: RunFile) throws -> Int {
        var offset: Int?
        // The name is one of ours and holds no quote.
        try forEach(
            "SELECT byte_offset FROM frames WHERE file = '\(file.name)' AND frame = ?1", parameter: Int(frame)
        ) { offset = $0.int(0) }
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

    private func matches(_ table: String, where column: String, _ value: Int) throws -> [RemovalRecord] {
        var records: [RemovalRecord] = []
        let sql = "SELECT \(Self.matchColumns) FROM \(table) WHERE \(column) = ?1 ORDER BY row"
        try forEach(sql, parameter: value) { records.append(try record($0)) }
        return records
    }

    private func record(_ row: BulkQuery) throws -> RemovalRecord {
        guard let kind = CasualtyKind(rawValue: row.int(6, as: UInt8.self)),
            let difference = DifferenceClass(rawValue: row.int(9, as: UInt8.self))
        else { throw damaged("removals") }
        return RemovalRecord(
            row: row.int(0), shard: row.int(1, as: Int32.self), ordinal: row.int(2), keeper: row.int(3),
            keeperShard: row.int(4, as: Int32.self), keeperOrdinal: row.int(5), kind: kind,
            similarity: row.double(7), textLost: Float(row.double(8)), difference: difference,
            rule: row.int(10, as: UInt16.self), sliceSet: row.int(11, as: Int32.self),
            position: FramePosition(frame: row.int(12, as: Int32.self), offset: row.int(13, as: Int32.self)))
    }

    func forEach(
        _ sql: String, parameter: Int? = nil, _ body: (BulkQuery) throws -> Void
    ) throws {
        try read { database in
            guard let connection = database.sqliteConnection else { return }
            let query = try BulkQuery(sql, connection)
            defer { query.finalize() }
            if let parameter { query.bind(1, parameter) }
            while try query.next() { try body(query) }
        }
    }

    private func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try RunStoreWriter.reporting(path) { try queue.read(body) }
    }

    func damaged(_ table: String) -> FindingsError {
        FindingsError(.damaged, "table \(table) is not what this version writes; scan again", place: path)
    }
}
