/// Damerau distance of two words, restricted to adjacent transpositions (optimal string alignment).
///
/// Source: F. Damerau, "A Technique for Computer Detection and Correction of Spelling Errors", 1964.
struct EditDistance {
    private var first: [UInt32] = []
    private var second: [UInt32] = []

    /// Words of over 40 code points have no distance.
    private static let maximumCount = 40

    init(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, _ table: inout ScalarTable) {
        self.first = Self.letters(first, &table)
        self.second = Self.letters(second, &table)
    }

    private static func letters(_ word: UnsafeRawBufferPointer, _ table: inout ScalarTable) -> [UInt32] {
        var letters: [UInt32] = []
        var offset = 0
        while offset < word.count, letters.count <= maximumCount {
            let (scalar, length) = Tokeniser.decode(word, offset, word.count)
            offset += length
            letters.append(scalar < 0x80 ? UInt32(ascii: UInt8(scalar)) : table.lookUp(scalar).folded)
        }
        return letters
    }

    var shorterCount: Int { min(first.count, second.count) }
    var startsAlike: Bool { first.first == second.first }
    var isPrefix: Bool { first.starts(with: second) || second.starts(with: first) }
    /// Letters alone: no digit, no underscore.
    var isSpelledOut: Bool { (first + second).allSatisfy { $0 > 0x39 && $0 != 0x5F || $0 == 0x27 } }

    /// - Complexity: O(count²), at most 1,600 steps.
    func isAtMost(_ limit: Int) -> Bool {
        if max(first.count, second.count) > Self.maximumCount || abs(first.count - second.count) > limit {
            return false
        }
        let width = second.count + 1
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: (first.count + 1) * width) { cells in
            for column in 0..<width { cells.initializeElement(at: column, to: column) }
            for row in 1..<max(1, first.count) + 1 where row <= first.count {
                cells.initializeElement(at: row * width, to: row)
                for column in 1..<max(2, width) where column < width {
                    cells.initializeElement(at: row * width + column, to: step(row, column, cells, width))
                }
            }
            return cells[first.count * width + second.count] <= limit
        }
    }

    /// One cell of the table from its neighbours above and to the left.
    private func step(_ row: Int, _ column: Int, _ cells: UnsafeMutableBufferPointer<Int>, _ width: Int)
        -> Int
    {
        let at = row * width + column
        let cost = first[row - 1] == second[column - 1] ? 0 : 1
        var best = min(cells[at - width] + 1, cells[at - 1] + 1, cells[at - width - 1] + cost)
        if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
            best = min(best, cells[at - 2 * width - 2] + 1)
        }
        return best
    }
}
