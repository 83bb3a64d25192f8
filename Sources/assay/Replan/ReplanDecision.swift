import Corpus
import Findings

/// What becomes of each row that a run removed, at a higher threshold.
struct ReplanDecision {
    enum Fate: Equatable {
        case staysRemoved
        /// Kept now.
        case freed
        /// Removed as a copy of a freed row, which is given by its place among the removals.
        case copy(of: Int, difference: DifferenceClass)
    }

    /// The run's removals, by row.
    let removals: [RemovalRecord]
    /// A fate a removal.
    private(set) var fates: [Fate]
    /// Hashes of the freed rows' normal forms, by place among the removals.
    private(set) var textIDs: [Int: UInt128] = [:]
    /// Rows of class `fields` that came anew, by differing field.
    private(set) var differingFields = CountTable()

    /// - Throws: `FindingsError`.
    init(_ removals: [RemovalRecord], threshold: Double) {
        self.removals = removals
        let removed = Set(removals.map(\.row))
        fates = removals.map { removal in
            // A removed keeper cannot be, and would leave the row without one.
            let isFreed =
                removed.contains(removal.keeper) || (removal.kind == .near && removal.similarity < threshold)
            return isFreed ? .freed : .staysRemoved
        }
    }

    var freedCount: Int { fates.count { $0 == .freed } }

    /// Leaves one row of each set of copies among the freed ones: the first. Copies share their normal form, and
    /// are equal in every turn and mapped field where the run stores the rows, else byte for byte.
    ///
    /// - Parameter evidence: the casualty's line, by place among the removals.
    /// - Throws: `FindingsError`.
    /// - Complexity: O(freed rows); rows of one normal form are mapped again.
    mutating func joinCopies(lines evidence: CasualtyLines, rows: MappedRows) throws {
        var groups: [UInt128: [Int]] = [:]
        var order: [UInt128] = []
        for place in removals.indices where fates[place] == .freed {
            guard let textID = try evidence.line(removals[place], { RunLine($0).textID }) else { continue }
            textIDs[place] = textID
            if groups[textID] == nil { order.append(textID) }
            groups[textID, default: []].append(place)
        }
        for textID in order {
            guard let group = groups[textID], group.count > 1 else { continue }
            try joinCopies(in: group, lines: evidence, rows: rows)
        }
    }

    private mutating func joinCopies(in group: [Int], lines: CasualtyLines, rows: MappedRows) throws {
        var leaders: [(place: Int, id: UInt128?, mapped: MappedRows.Mapped?)] = []
        for place in group {
            let record = removals[place]
            let (id, mapped) = try lines.line(record) { bytes in
                let line = RunLine(bytes)
                return (line.id, line.raw.flatMap { rows.map(raw: $0, shard: Int(record.shard)) })
            }
            let leader = leaders.first { leader in
                if let mapped, let other = leader.mapped { return mapped.isIdentical(to: other) }
                return id != nil && id == leader.id
            }
            guard let leader else {
                leaders.append((place, id, mapped))
                continue
            }
            let isWhole = mapped?.outside == leader.mapped?.outside
            fates[place] = .copy(of: leader.place, difference: isWhole ? .identical : .fields)
            if !isWhole, let mapped, let other = leader.mapped { count(mapped.outside, other.outside, rows) }
        }
    }

    private mutating func count(_ left: [OutsideField], _ right: [OutsideField], _ rows: MappedRows) {
        let names = Set(left.filter { !right.contains($0) }.map(\.name))
            .union(right.filter { !left.contains($0) }.map(\.name))
        for name in names { differingFields[rows.fieldNames[name] ?? "?"] += 1 }
    }

    /// The removal as the new plan has it; `nil` for a freed row. Its place in the file is still the old one.
    func removal(_ place: Int) -> RemovalRecord? {
        var record = removals[place]
        switch fates[place] {
        case .staysRemoved: return record
        case .freed: return nil
        case .copy(let leader, let difference):
            record.keeper = removals[leader].row
            record.keeperShard = removals[leader].shard
            record.keeperOrdinal = removals[leader].ordinal
            record.kind = .identical
            record.similarity = 1
            record.textLost = 0
            record.difference = difference
            record.rule = Rules.number(of: CasualtyKind.identical.name)
            return record
        }
    }
}
