extension RunStore {
    /// Flagged items with the first row of each, those in most rows first.
    ///
    /// - Parameter most: items that are read.
    /// - Throws: `library`; so do all that follow.
    /// - Complexity: O(lines of overlaps log items).
    package func flaggedItems(most: Int) throws -> [FlaggedItemRecord] {
        var found: [FlaggedItemRecord] = []
        let sql = """
            SELECT i.eval_set, i.name, v.name, i.rows, s.name, o.ordinal, o.coverage, o.frame, o.frame_offset
            FROM (SELECT e.item, min(l.rowid) AS line FROM eval_items e JOIN overlap_rows l
                ON l.item = e.item AND l.verdict = e.verdict WHERE e.state = 'flagged' GROUP BY e.item
                ORDER BY e.rows DESC, e.item LIMIT ?1) f
            JOIN eval_items i ON i.item = f.item JOIN verdicts v ON v.verdict = i.verdict
            JOIN overlap_rows o ON o.rowid = f.line JOIN shards s ON s.shard = o.shard
            ORDER BY i.rows DESC, i.item
            """
        try forEach(sql, parameter: most) { line in
            found.append(
                FlaggedItemRecord(
                    set: line.text(0), item: line.text(1), verdict: line.text(2), rows: line.int(3),
                    shard: line.text(4), ordinal: line.int(5), coverage: line.double(6),
                    position: FramePosition(
                        frame: line.int(7, as: Int32.self), offset: line.int(8, as: Int32.self))))
        }
        return found
    }

    /// Flagged items of all sets, controls too.
    package func flaggedItemCount() throws -> Int {
        var count = 0
        try forEach("SELECT count(*) FROM eval_items WHERE state = 'flagged'") { count = $0.int(0) }
        return count
    }

    /// Clusters by the number of their rows, the keeper among them; the smallest first.
    package func clusterSizes() throws -> [(rows: Int, clusters: Int)] {
        var sizes: [Int: Int] = [:]
        try forEach("SELECT members FROM cluster_rows") { sizes[$0.int(0) + 1, default: 0] += 1 }
        return sizes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What a removed row lost, without where it stands.
    package struct Loss {
        package var row: Int
        package var kind: CasualtyKind
        package var similarity: Double
        package var textLost: Float
        package var sliceSet: Int32
    }

    /// Calls `body` with every removed row, in order, at half the time of `forEachRemoval`.
    ///
    /// - Throws: also what `body` throws.
    package func forEachLoss(_ body: (Loss) throws -> Void) throws {
        try forEach("SELECT row, kind, similarity, text_lost, slice_set FROM removals ORDER BY row") { line in
            guard let kind = CasualtyKind(rawValue: line.int(1, as: UInt8.self)) else {
                throw damaged("removals")
            }
            try body(
                Loss(
                    row: line.int(0), kind: kind, similarity: line.double(2), textLost: Float(line.double(3)),
                    sliceSet: line.int(4, as: Int32.self)))
        }
    }

    /// Features by slice and role, those with most turns first.
    ///
    /// - Parameter most: lines that are read.
    package func featureSlices(most: Int) throws -> [FeatureSliceRecord] {
        var found: [FeatureSliceRecord] = []
        let sql = """
            SELECT feature, field, value, role, turns, hits FROM feature_slices WHERE hits > 0
            ORDER BY hits DESC, feature, field, value, role LIMIT ?1
            """
        try forEach(sql, parameter: most) { line in
            found.append(
                FeatureSliceRecord(
                    feature: line.text(0), slice: SliceValue(field: line.text(1), value: line.text(2)),
                    role: line.text(3), turns: line.int(4), hits: line.int(5)))
        }
        return found
    }

    /// Quarantined rows and eval records by shard or file and code, with the message of one of them.
    package func quarantineCounts() throws -> [(shard: String, code: String, rows: Int, message: String)] {
        var found: [(shard: String, code: String, rows: Int, message: String)] = []
        let sql = """
            SELECT shard, code, count(*), min(message) FROM quarantine GROUP BY corpus, shard, code
            ORDER BY 3 DESC, 1, 2
            """
        try forEach(sql) { found.append(($0.text(0), $0.text(1), $0.int(2), $0.text(3))) }
        return found
    }
}
