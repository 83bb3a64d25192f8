extension RunStore {
    /// The removal of the row at a place; `nil` if it is not removed.
    ///
    /// A row's number is that of its shard's first row and its ordinal, less the quarantined rows before it.
    ///
    /// - Parameter shard: its number in the store.
    /// - Throws: `library`; so do all that follow.
    /// - Complexity: O(quarantined rows of the shard) for a removed row, else O(removed rows of the shard).
    package func removal(shard: Int, ordinal: Int) throws -> RemovalRecord? {
        var row: Int?
        let first = "(SELECT first_row FROM shards WHERE shard = \(shard))"
        let sql = """
            SELECT row FROM removals WHERE row BETWEEN \(first) AND \(first) + ?1 AND ordinal = ?1
            AND shard = \(shard) ORDER BY row DESC LIMIT 1
            """
        try forEach(sql, parameter: ordinal) { row = $0.int(0) }
        return try row.flatMap { try removal(ofRow: $0) }
    }

    /// The cluster of a keeper; `nil` for a row that no row was removed for.
    ///
    /// - Complexity: O(clusters): there is no index by keeper.
    package func cluster(ofKeeper row: Int) throws -> ClusterRecord? {
        var found: ClusterRecord?
        let sql = "SELECT \(Self.clusterColumns) FROM cluster_rows WHERE keeper = ?1"
        try forEach(sql, parameter: row) { found = cluster($0) }
        return found
    }

    /// How many clusters there are.
    package func clusterCount() throws -> Int {
        var count = 0
        try forEach("SELECT count(*) FROM cluster_rows") { count = $0.int(0) }
        return count
    }

    /// The eval items that were found in a row, the first verdict of the list first.
    ///
    /// - Complexity: O(lines of overlaps): there is no index by row.
    package func overlaps(ofRow row: Int) throws -> [OverlapLine] {
        var found: [OverlapLine] = []
        let sql = """
            SELECT o.verdict, i.eval_set, i.name, o.component, o.role, o.turn, o.coverage FROM overlap_rows o
            JOIN eval_items i ON i.item = o.item WHERE o.row = ?1 ORDER BY o.verdict, o.item
            """
        try forEach(sql, parameter: row) { line in
            guard let verdict = OverlapVerdict(rawValue: UInt8(clamping: line.int(0))) else { return }
            found.append(
                OverlapLine(
                    set: line.text(1), item: line.text(2), verdict: verdict.name, component: line.text(3),
                    role: line.text(4), turn: line.int(5), coverage: line.double(6)))
        }
        return found
    }

    /// Where the lines of `overlaps(ofRow:)` stand in `overlaps.jsonl.zst`, in the same order.
    ///
    /// - Complexity: O(lines of overlaps).
    package func overlapPositions(ofRow row: Int) throws -> [FramePosition] {
        var found: [FramePosition] = []
        let sql = "SELECT frame, frame_offset FROM overlap_rows WHERE row = ?1 ORDER BY verdict, item"
        try forEach(sql, parameter: row) { line in
            found.append(
                FramePosition(frame: line.int(0, as: Int32.self), offset: line.int(1, as: Int32.self)))
        }
        return found
    }

    /// The row as it was set aside; `nil` if it was not.
    ///
    /// - Parameter shard: its number in the store.
    package func quarantined(shard: Int, ordinal: Int) throws -> QuarantineRecord? {
        var found: QuarantineRecord?
        let sql = """
            SELECT byte_offset, code, message, frame, frame_offset FROM quarantined_rows
            WHERE shard = \(shard) AND ordinal = ?1
            """
        try forEach(sql, parameter: ordinal) { row in
            let position = FramePosition(
                frame: row.int(3, as: Int32.self), offset: row.int(4, as: Int32.self))
            found = QuarantineRecord(
                shard: Int32(shard), ordinal: ordinal, byteOffset: row.int(0), code: row.text(1),
                message: row.text(2), position: position)
        }
        return found
    }

    /// Quarantined rows of a shard before an ordinal: rows are numbered without them.
    package func quarantinedRows(shard: Int, before ordinal: Int) throws -> Int {
        var count = 0
        let sql = "SELECT count(*) FROM quarantined_rows WHERE shard = \(shard) AND ordinal < ?1"
        try forEach(sql, parameter: ordinal) { count = $0.int(0) }
        return count
    }

    /// The forms of a profile that are wrong, with their right ones, in the order of the report.
    package func misspellings() throws -> [(wrong: String, right: String, kind: MisspellingKind)] {
        var forms: [(wrong: String, right: String, kind: MisspellingKind)] = []
        try forEach("SELECT wrong, \"right\", kind FROM misspelling_forms ORDER BY form") { line in
            guard let kind = MisspellingKind(name: line.text(2)), kind.isError else { return }
            forms.append((line.text(0), line.text(1), kind))
        }
        return forms
    }
}
