import CText
import Corpus

/// What lies outside the compared text and differs between two rows.
package enum RowDifference {
    /// The name under which a differing system or developer turn counts.
    package static let systemPrompt = "system prompt"

    /// The hash by which `systemPrompt` counts.
    package static let systemPromptHash: UInt32 = 0

    /// The name and hash under which another label counts, and one that a row lacks.
    package static let label = "label"
    package static let labelHash: UInt32 = 1

    /// Hashes of the names of the differing fields, each once.
    package static func fields(_ row: RowRecord, _ keeper: RowRecord) -> [UInt32] {
        var differing = Set<UInt32>()
        let left = row.fields
        let right = keeper.fields
        var a = 0
        var b = 0
        while a < left.count || b < right.count {
            if a < left.count, b < right.count, left[a] == right[b] {
                a += 1
                b += 1
            } else if b == right.count || (a < left.count && left[a] < right[b]) {
                differing.insert(left[a].name)
                a += 1
            } else {
                differing.insert(right[b].name)
                b += 1
            }
        }
        if !sameSystem(row.text, keeper.text) { differing.insert(systemPromptHash) }
        if row.header.labelHash != keeper.header.labelHash { differing.insert(labelHash) }
        return differing.sorted()
    }

    private static func sameSystem(_ row: RowText, _ keeper: RowText) -> Bool {
        let left = row.turns.filter { $0.role.side == nil }
        let right = keeper.turns.filter { $0.role.side == nil }
        return left.count == right.count
            && zip(left, right).allSatisfy { row.bytes(of: $0).equals(keeper.bytes(of: $1)) }
    }
}
