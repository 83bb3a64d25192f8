extension RunStoreWriter {
    /// Adds the names of verdicts and the eval items; an item's number is its place here.
    ///
    /// - Throws: `library`, `fileSystem`, `closed`; so does the other.
    package func addEvalItems(_ items: [EvalItemRecord]) throws {
        try insert(into: "verdicts", columnCount: 2, OverlapVerdict.allCases) { insert, verdict in
            insert.bind(1, Int(verdict.rawValue))
            insert.bind(2, verdict.name)
        }
        try insert(into: "eval_items", columnCount: 8, Array(items.enumerated())) { insert, item in
            insert.bind(1, item.offset)
            insert.bind(2, item.element.set)
            insert.bind(3, item.element.item)
            insert.bind(4, item.element.ordinal)
            insert.bind(5, item.element.state.rawValue)
            insert.bind(6, Int(item.element.verdict?.rawValue ?? UInt8.max))
            insert.bind(7, item.element.reason ?? "")
            insert.bind(8, item.element.rows)
        }
    }

    package func appendOverlaps(_ records: [OverlapRecord]) throws {
        try insert(into: "overlap_rows", columnCount: 11, records) { insert, record in
            insert.bind(1, record.row)
            insert.bind(2, Int(record.shard))
            insert.bind(3, record.ordinal)
            insert.bind(4, record.item)
            insert.bind(5, Int(record.verdict.rawValue))
            insert.bind(6, record.component)
            insert.bind(7, record.role)
            insert.bind(8, record.turn)
            insert.bind(9, record.coverage)
            insert.bind(10, Int(record.position.frame))
            insert.bind(11, Int(record.position.offset))
        }
    }
}
