import Corpus

/// Which turns of a row are compared.
package struct ComparedTurns: Sendable, Equatable {
    /// Whose turns; plain text without a speaker is always compared.
    package var roles: Set<Role>
    /// Only the first turn of these roles.
    package var onlyFirst: Bool

    package init(roles: Set<Role> = [.user], onlyFirst: Bool = false) {
        self.roles = roles
        self.onlyFirst = onlyFirst
    }

    /// Appends the compared turns of a row, one on a line, in order. Rejected answers are left out.
    ///
    /// - Returns: how many turns were appended.
    /// - Complexity: O(bytes).
    package func append(_ row: RowText, to text: inout [UInt8]) -> Int {
        var count = 0
        for turn in row.turns where turn.role == .text || roles.contains(turn.role) {
            if turn.mark == .rejected || turn.length == 0 { continue }
            if count > 0 { text.append(UInt8(ascii: "\n")) }
            text.append(contentsOf: row.bytes(of: turn))
            count += 1
            if onlyFirst { break }
        }
        return count
    }
}
