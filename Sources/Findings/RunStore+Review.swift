extension RunStore {
    /// Calls `body` with every line of overlaps, in the order in which they were stored.
    ///
    /// - Throws: `library`, `damaged`, and what `body` throws.
    package func forEachOverlap(_ body: (OverlapRecord) throws -> Void) throws {
        let sql = """
            SELECT row, shard, ordinal, item, verdict, component, role, turn, coverage, frame, frame_offset
            FROM overlap_rows ORDER BY rowid
            """
        try forEach(sql) { line in
            guard let verdict = OverlapVerdict(rawValue: line.int(4, as: UInt8.self)) else {
                throw damaged("overlap_rows")
            }
            try body(
                OverlapRecord(
                    row: line.int(0), shard: line.int(1, as: Int32.self), ordinal: line.int(2),
                    item: line.int(3),
                    verdict: verdict, component: line.text(5), role: line.text(6), turn: line.int(7),
                    coverage: line.double(8),
                    position: FramePosition(
                        frame: line.int(9, as: Int32.self), offset: line.int(10, as: Int32.self))))
        }
    }

    /// Eval items that stand in a row, flagged or labelled.
    package func overlapItems() throws -> [(item: Int, set: String, name: String, ordinal: Int)] {
        var found: [(item: Int, set: String, name: String, ordinal: Int)] = []
        try forEach("SELECT item, eval_set, name, ordinal FROM eval_items WHERE rows > 0 ORDER BY item") {
            found.append(($0.int(0), $0.text(1), $0.text(2), $0.int(3)))
        }
        return found
    }
}
