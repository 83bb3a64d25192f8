import Corpus
import Findings
import Pipeline

/// Rows that share one side with another row, not the other.
package struct SameSideCounts: Sendable {
    /// Rows with the same request as another row and another reply.
    package var sameRequest = 0
    /// Rows with the same reply as another row and another request.
    package var sameReply = 0

    package init() {}

    /// - Complexity: O(n log n) in the rows with both sides, 16 bytes each.
    /// - Throws: `ScratchError`.
    init(table: RowTable) throws {
        let prompts: [UInt64] = try table.column(.promptHash)
        let responses: [UInt64] = try table.column(.responseHash)
        let both: RowFlags = [.hasPrompt, .hasResponse]
        func counts(_ row: Int) -> Bool {
            table.flags[row].isSuperset(of: both) && !table.flags[row].contains(.against)
        }
        var sides: [Sides] = []
        sides.reserveCapacity(prompts.indices.lazy.filter(counts).count)
        for row in prompts.indices where counts(row) {
            sides.append(Sides(same: prompts[row], other: responses[row]))
        }
        sameRequest = Self.count(&sides)
        for place in sides.indices {
            sides[place] = Sides(same: sides[place].other, other: sides[place].same)
        }
        sameReply = Self.count(&sides)
    }

    private struct Sides {
        var same: UInt64
        var other: UInt64
    }

    private static func count(_ sides: inout [Sides]) -> Int {
        sides.sort { $0.same == $1.same ? $0.other < $1.other : $0.same < $1.same }
        var rows = 0
        var start = 0
        while start < sides.count {
            var end = start + 1
            while end < sides.count, sides[end].same == sides[start].same { end += 1 }
            if sides[end - 1].other != sides[start].other { rows += end - start }
            start = end
        }
        return rows
    }
}
