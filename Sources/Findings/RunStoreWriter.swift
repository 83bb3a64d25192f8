import Corpus
import GRDB

/// Builds `findings.sqlite` inside a run's partial folder, in one transaction and without a journal: a run that
/// does not reach its end is removed as a whole.
///
/// Calls come from one thread at a time. Rows of `removals`, `spared_rows` and `quarantined_rows` are fastest in
/// ascending order of their keys. The file's bytes depend on the calls' rows and their order alone.
package final class RunStoreWriter {
    private let path: String
    private let queue: DatabaseQueue
    private var isOpen = true

    /// Creates the file with its tables.
    ///
    /// - Parameter rules: the names that `RemovalRecord.rule` is an index of.
    /// - Throws: `library`, `fileSystem`.
    package convenience init(path: String, rules: [String]) throws {
        try self.init(path: path, rules: rules, pageLimit: nil)
    }

    /// - Parameter pageLimit: pages after which SQLite finds the disk full; for tests.
    init(path: String, rules: [String], pageLimit: Int?) throws {
        self.path = path
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.label = "assay.findings"
        configuration.prepareDatabase { database in
            for setting in [
                "page_size = 8192", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                "cache_size = -8192", "temp_store = MEMORY",
            ] {
                try database.execute(sql: "PRAGMA \(setting)")
            }
            if let pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        queue = try Self.reporting(path) { try DatabaseQueue(path: path, configuration: configuration) }
        try write { database in
            try database.execute(sql: "BEGIN")
            try database.execute(sql: StoreSchema.tables)
            try database.execute(sql: StoreSchema.views)
        }
        try addMeta("schemaVersion", "\(StoreSchema.version)")
        try addNames(to: "kinds", CasualtyKind.allCases.map { (Int($0.rawValue), $0.name) })
        try addNames(to: "difference_classes", DifferenceClass.allCases.map { (Int($0.rawValue), $0.name) })
        try addNames(to: "rules", rules.enumerated().map { ($0.offset, $0.element) })
    }

    // MARK: Few rows

    /// - Throws: `library`, `fileSystem`, `closed`; so do all that follow.
    package func addMeta(_ key: String, _ value: String) throws {
        try insert(into: "meta", columnCount: 2, [(key, value)]) { insert, pair in
            insert.bind(1, pair.0)
            insert.bind(2, pair.1)
        }
    }

    /// Adds shards; a shard's number is its place here.
    ///
    /// - Parameter firstShard: the number of the first one.
    package func addShards(_ shards: [ShardRecord], firstShard: Int = 0) throws {
        try insert(into: "shards", columnCount: 5, Array(shards.enumerated())) { insert, shard in
            insert.bind(1, firstShard + shard.offset)
            insert.bind(2, shard.element.corpus)
            insert.bind(3, shard.element.name)
            insert.bind(4, shard.element.firstRow)
            insert.bind(5, shard.element.rows)
        }
    }

    /// Adds the interned slice values (by their place) and sets of them (by theirs).
    package func addSlices(values: [SliceValue], sets: [[Int32]]) throws {
        try insert(into: "slice_values", columnCount: 3, Array(values.enumerated())) { insert, value in
            insert.bind(1, value.offset)
            insert.bind(2, value.element.field)
            insert.bind(3, value.element.value)
        }
        let members = sets.enumerated().flatMap { set in
            Set(set.element).sorted().map { (set: set.offset, value: Int($0)) }
        }
        try insert(into: "slice_sets", columnCount: 2, members) { insert, member in
            insert.bind(1, member.set)
            insert.bind(2, member.value)
        }
    }

    package func addFrames(_ frames: [FrameEntry], of file: RunFile) throws {
        try insert(into: "frames", columnCount: 4, Array(frames.enumerated())) { insert, frame in
            insert.bind(1, file.name)
            insert.bind(2, frame.offset)
            insert.bind(3, frame.element.compressedOffset)
            insert.bind(4, frame.element.firstLine)
        }
    }

    /// Adds slice losses and terms in the order of the report.
    package func addLosses(slices: [RunSummary.SliceLoss], terms: [RunSummary.TermLoss]) throws {
        try insert(into: "slice_loss_rows", columnCount: 13, Array(slices.enumerated())) { insert, slice in
            let loss = slice.element
            insert.bind(1, slice.offset)
            insert.bind(2, loss.field)
            insert.bind(3, loss.value)
            for (column, count) in [
                (4, loss.before), (5, loss.removed), (6, loss.identical), (7, loss.after),
                (10, loss.distinctBefore), (11, loss.distinctAfter), (12, loss.clusters),
            ] as [(Int32, Int)] {
                insert.bind(column, count)
            }
            insert.bind(8, loss.share)
            insert.bind(9, loss.textLost)
            insert.bind(13, loss.q)
        }
        try insert(into: "terms", columnCount: 6, Array(terms.enumerated())) { insert, term in
            insert.bind(1, term.offset)
            insert.bind(2, term.element.term)
            insert.bind(3, term.element.before)
            insert.bind(4, term.element.after)
            insert.bind(5, term.element.share)
            insert.bind(6, term.element.textLost)
        }
    }

    // MARK: Many rows

    package func appendRemovals(_ records: [RemovalRecord]) throws {
        try appendMatches(records, to: "removals")
    }

    package func appendSpared(_ records: [RemovalRecord]) throws {
        try appendMatches(records, to: "spared_rows")
    }

    package func appendPairs(_ records: [PairRecord]) throws {
        try insert(into: "pairs", columnCount: 4, records) { insert, pair in
            insert.bind(1, pair.row)
            insert.bind(2, pair.keeper)
            insert.bind(3, pair.similarity)
            insert.bind(4, Int(pair.kind.rawValue))
        }
    }

    package func appendClusters(_ records: [ClusterRecord]) throws {
        try insert(into: "cluster_rows", columnCount: 7, records) { insert, cluster in
            insert.bind(1, cluster.rank)
            insert.bind(2, cluster.keeper)
            insert.bind(3, Int(cluster.keeperShard))
            insert.bind(4, cluster.keeperOrdinal)
            insert.bind(5, Int(cluster.memberCount))
            insert.bind(6, Int(cluster.position.frame))
            insert.bind(7, Int(cluster.position.offset))
        }
    }

    package func appendQuarantine(_ records: [QuarantineRecord]) throws {
        try insert(into: "quarantined_rows", columnCount: 7, records) { insert, row in
            insert.bind(1, Int(row.shard))
            insert.bind(2, row.ordinal)
            insert.bind(3, row.byteOffset)
            insert.bind(4, row.code)
            insert.bind(5, row.message)
            insert.bind(6, Int(row.position.frame))
            insert.bind(7, Int(row.position.offset))
        }
    }

    // MARK: End

    /// Commits and closes the file; `RunFolder.commit()` syncs it.
    ///
    /// - Throws: `library`, `fileSystem`, `closed`.
    package func finish() throws {
        try write { try $0.execute(sql: "COMMIT") }
        isOpen = false
        try Self.reporting(path) { try queue.close() }
    }

    // MARK: Parts

    private func addNames(to table: String, _ names: [(Int, String)]) throws {
        try insert(into: table, columnCount: 2, names) { insert, name in
            insert.bind(1, name.0)
            insert.bind(2, name.1)
        }
    }

    private func appendMatches(_ records: [RemovalRecord], to table: String) throws {
        try insert(into: table, columnCount: 14, records) { insert, record in
            insert.bind(1, record.row)
            insert.bind(2, Int(record.shard))
            insert.bind(3, record.ordinal)
            insert.bind(4, record.keeper)
            insert.bind(5, Int(record.keeperShard))
            insert.bind(6, record.keeperOrdinal)
            insert.bind(7, Int(record.kind.rawValue))
            insert.bind(8, record.similarity)
            insert.bind(9, Double(record.textLost))
            insert.bind(10, Int(record.difference.rawValue))
            insert.bind(11, Int(record.rule))
            insert.bind(12, Int(record.sliceSet))
            insert.bind(13, Int(record.position.frame))
            insert.bind(14, Int(record.position.offset))
        }
    }

    /// Inserts one row for each element.
    @inline(__always)
    func insert<Element>(
        into table: String, columnCount: Int, _ elements: [Element],
        bind: (BulkInsert, Element) -> Void
    ) throws {
        guard !elements.isEmpty else { return }
        try write { database in
            guard let connection = database.sqliteConnection else { return }
            let insert = try BulkInsert(into: table, columnCount: columnCount, connection)
            defer { insert.finalize() }
            for element in elements {
                bind(insert, element)
                try insert.step()
            }
        }
    }

    private func write(_ body: (Database) throws -> Void) throws {
        guard isOpen else { throw FindingsError(.closed, "the store is closed", place: path) }
        try Self.reporting(path) { try queue.inDatabase(body) }
    }

    static func reporting<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw FindingsError(
                error.resultCode == .SQLITE_FULL || error.resultCode == .SQLITE_CANTOPEN
                    ? .fileSystem : .library,
                "SQLite could not work on the file", place: path, cause: error.message)
        }
    }
}
