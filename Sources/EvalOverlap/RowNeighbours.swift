/// Matches of one row by where they stand in it, so that each is held against those in its place alone.
struct RowNeighbours {
    /// Words of a cell; chosen: a question has about as many.
    private static let cell = 64
    private var cells: [Int: [Int]] = [:]

    mutating func insert(_ number: Int, _ spans: [TextMatch.Span]) {
        for cell in Self.cells(of: spans) { cells[cell, default: []].append(number) }
    }

    /// Whether one of the matches that may share words with spans is as `isWanted` says.
    func contains(near spans: [TextMatch.Span], where isWanted: (Int) -> Bool) -> Bool {
        var seen = Set<Int>()
        for cell in Self.cells(of: spans) {
            for number in cells[cell] ?? [] where seen.insert(number).inserted {
                if isWanted(number) { return true }
            }
        }
        return false
    }

    /// Each cell once: the spans are in order of the row.
    private static func cells(of spans: [TextMatch.Span]) -> [Int] {
        var cells: [Int] = []
        for span in spans where !span.row.isEmpty {
            let first = max(span.row.lowerBound / cell, (cells.last ?? -1) + 1)
            let last = (span.row.upperBound - 1) / cell
            if first <= last { cells += first...last }
        }
        return cells
    }

    /// The share of the first spans' words of the row that lie in the second.
    ///
    /// - Complexity: O(spans log others + pairs that overlap).
    static func shared(_ spans: [TextMatch.Span], _ others: [TextMatch.Span]) -> Double {
        // The furthest end up to each: spans are in order of their beginnings alone.
        var ends: [Int] = []
        for other in others { ends.append(max(ends.last ?? 0, other.row.upperBound)) }
        var all = 0
        var common = 0
        for span in spans {
            all += span.row.count
            var low = 0
            var high = ends.count
            while low < high {
                let middle = (low + high) / 2
                if ends[middle] <= span.row.lowerBound { low = middle + 1 } else { high = middle }
            }
            while low < others.count, others[low].row.lowerBound < span.row.upperBound {
                common += span.row.clamped(to: others[low].row).count
                low += 1
            }
        }
        return all == 0 ? 0 : Double(common) / Double(all)
    }
}
