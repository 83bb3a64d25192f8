/// The removed rows that lose no text since their keeper has the same normal form, by keeper: what is counted of a
/// text need be read once for all its copies.
struct CopyGroups: Sendable {
    /// Keeper above copy, in ascending order.
    private let pairs: [UInt64]
    private let isKeeper: [Bool]

    /// - Complexity: O(rows + copies log copies); a byte a row and 8 a copy.
    init(table: RowTable, verdicts: Verdicts) {
        var pairs: [UInt64] = []
        var isKeeper = [Bool](repeating: false, count: table.rowCount)
        for row in 0..<table.rowCount {
            guard let match = verdicts.casualty(row), match.textLost <= 0,
                table.firstOfText[row] == table.firstOfText[Int(match.keeper)]
            else { continue }
            pairs.append(UInt64(match.keeper) << 32 | UInt64(row))
            isKeeper[Int(match.keeper)] = true
        }
        pairs.sort()
        self.pairs = pairs
        self.isKeeper = isKeeper
    }

    func hasCopies(_ row: Int) -> Bool { isKeeper[row] }

    /// - Complexity: O(log copies).
    func forEachCopy(of keeper: Int, _ body: (Int) throws -> Void) rethrows {
        var low = 0
        var high = pairs.count
        while low < high {
            let middle = (low + high) / 2
            if pairs[middle] >> 32 < UInt64(keeper) { low = middle + 1 } else { high = middle }
        }
        while low < pairs.count, pairs[low] >> 32 == UInt64(keeper) {
            try body(Int(UInt32(truncatingIfNeeded: pairs[low])))
            low += 1
        }
    }
}
