import Corpus

/// Groups rows that are equal in every turn, part, tool call and mapped field.
struct IdentityLayer {
    /// For each row the first row, in priority order, of its group; rows without text stand alone.
    let representative: [UInt32]
    /// For each row the first row with the same normal form.
    let firstOfText: [UInt32]

    /// - Throws: `ScratchError`.
    /// - Complexity: O(rows); while it runs 24 bytes a row for hashes, and a table of 4 bytes for up to three
    ///   times the rows.
    init(table: RowTable, order: PriorityOrder) throws {
        let texts: [Hash128] = try table.column(.textHash)
        firstOfText = Self.first(of: table.flags) {
            texts[$0].low
        } same: {
            texts[$0] == texts[$1]
        }
        let identities: [UInt64] = try table.column(.identityHash)
        let leader = Self.first(of: table.flags) {
            texts[$0].low ^ identities[$0]
        } same: {
            identities[$0] == identities[$1] && texts[$0] == texts[$1]
        }
        representative = Self.firstByPriority(leader, order: order)
    }

    /// For each row the first row that is the same; rows without text are the same as none.
    @inline(__always)
    private static func first(
        of flags: [RowFlags], hash: (Int) -> UInt64, same: (Int, Int) -> Bool
    ) -> [UInt32] {
        let count = flags.count
        var capacity = 16
        while capacity < count + count / 2 { capacity *= 2 }
        let empty = UInt32.max
        var slots = [UInt32](repeating: empty, count: capacity)
        var leader = [UInt32](repeating: 0, count: count)
        let mask = capacity - 1
        for row in 0..<count {
            leader[row] = UInt32(row)
            guard flags[row].contains(.hasText) else { continue }
            var at = Int(truncatingIfNeeded: hash(row)) & mask
            while slots[at] != empty {
                if same(Int(slots[at]), row) {
                    leader[row] = slots[at]
                    break
                }
                at = (at + 1) & mask
            }
            if slots[at] == empty { slots[at] = UInt32(row) }
        }
        return leader
    }

    private static func firstByPriority(_ leader: [UInt32], order: PriorityOrder) -> [UInt32] {
        var first = leader
        for row in leader.indices where Int(leader[row]) != row {
            let group = Int(leader[row])
            if order.precedes(row, Int(first[group])) { first[group] = UInt32(row) }
        }
        var result = leader
        for row in leader.indices { result[row] = first[Int(leader[row])] }
        return result
    }
}
