import Corpus

/// Groups rows that are equal in every turn, part, tool call and mapped field.
struct IdentityLayer {
    /// For each row the first row, in priority order, of its group; rows without text stand alone.
    let representative: [UInt32]
    /// For each row the first row with the same normal form.
    let firstOfText: [UInt32]

    /// - Complexity: O(rows), one table of 4 bytes for up to three times the rows.
    init(table: RowTable, order: PriorityOrder) {
        firstOfText = Self.first(of: table) { table, row in
            table.textHash[row].low
        } same: { table, left, right in
            table.textHash[left] == table.textHash[right]
        }
        let leader = Self.first(of: table) { table, row in
            table.textHash[row].low ^ table.identityHash[row]
        } same: { table, left, right in
            table.identityHash[left] == table.identityHash[right] && table.textHash[left] == table.textHash[right]
        }
        representative = Self.firstByPriority(leader, order: order)
    }

    /// For each row the first row that is the same; rows without text are the same as none.
    @inline(__always)
    private static func first(
        of table: RowTable, hash: (RowTable, Int) -> UInt64, same: (RowTable, Int, Int) -> Bool
    ) -> [UInt32] {
        let count = table.rowCount
        var capacity = 16
        while capacity < count + count / 2 { capacity *= 2 }
        let empty = UInt32.max
        var slots = [UInt32](repeating: empty, count: capacity)
        var leader = [UInt32](repeating: 0, count: count)
        let mask = capacity - 1
        for row in 0..<count {
            leader[row] = UInt32(row)
            guard table.flags[row].contains(.hasText) else { continue }
            var at = Int(truncatingIfNeeded: hash(table, row)) & mask
            while slots[at] != empty {
                if same(table, Int(slots[at]), row) {
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
