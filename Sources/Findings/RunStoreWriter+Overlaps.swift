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

    /// Adds the table of doors, and the rows and items that they join.
    package func addDoors(_ doors: [EvalOverlapFigures.Door], joins: [DoorJoinRecord]) throws {
        try insert(into: "doors", columnCount: 6, Array(doors.enumerated())) { insert, door in
            insert.bind(1, door.offset)
            insert.bind(2, door.element.door)
            insert.bind(3, door.element.set)
            insert.bind(4, door.element.rows)
            insert.bind(5, door.element.items)
            insert.bind(6, door.element.detail)
        }
        try insert(into: "door_joins", columnCount: 6, joins) { insert, join in
            insert.bind(1, join.door)
            insert.bind(2, join.hmac)
            insert.bind(3, join.row)
            insert.bind(4, join.shard)
            insert.bind(5, join.ordinal)
            insert.bind(6, join.item)
        }
    }

    package func addCues(_ cues: [EvalOverlapFigures.Cue]) throws {
        try insert(into: "cues", columnCount: 11, Array(cues.enumerated())) { insert, cue in
            insert.bind(1, cue.offset)
            insert.bind(2, cue.element.phrase)
            insert.bind(3, cue.element.isQuoted ? 1 : 0)
            insert.bind(4, cue.element.rows)
            insert.bind(5, cue.element.of)
            insert.bind(6, cue.element.occurrences)
            insert.bind(7, cue.element.words)
            insert.bind(8, cue.element.baselineRows)
            insert.bind(9, cue.element.baselineOf)
            insert.bind(10, cue.element.baselineOccurrences)
            insert.bind(11, cue.element.baselineWords)
        }
    }

    package func addQuarantinedItems(_ records: [QuarantinedItemRecord]) throws {
        try insert(into: "quarantined_items", columnCount: 6, records) { insert, record in
            insert.bind(1, record.item)
            insert.bind(2, record.record.file)
            insert.bind(3, record.record.record)
            insert.bind(4, record.record.byteOffset)
            insert.bind(5, record.record.code)
            insert.bind(6, record.record.message)
        }
    }
}
