/// One message of a row: who speaks, and where its text lies in the row's text (byte offsets).
package struct Turn: Sendable, Equatable {
    package var role: Role
    package var mark: TurnMark
    package var offset: UInt32
    package var length: UInt32

    package init(role: Role, mark: TurnMark = .none, offset: Int, length: Int) {
        self.role = role
        self.mark = mark
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.length = UInt32(truncatingIfNeeded: length)
    }

    package var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

/// What of a row is compared (`--on`).
package enum ComparedSides: String, Sendable, CaseIterable, Codable {
    /// Both sides must reach the threshold.
    case sides
    /// The whole row as one side.
    case row
    case prompt, response
    /// As `sides`, with system and developer turns and tool schemas on the prompt side.
    case all

    /// The side that a turn of this role is compared on; `nil` if it is left out.
    @inlinable
    package func side(of role: Role) -> Side? {
        switch self {
        case .sides: role.side
        case .row: role.side == nil ? nil : .prompt
        case .prompt: role.side == .prompt ? .prompt : nil
        case .response: role.side == .response ? .response : nil
        case .all: role.side ?? .prompt
        }
    }
}

/// The turns of one row with the bytes they lie in; borrowed, valid only as long as its owner says.
package struct RowText {
    package var bytes: UnsafeRawBufferPointer
    package var turns: UnsafeBufferPointer<Turn>

    package init(bytes: UnsafeRawBufferPointer, turns: UnsafeBufferPointer<Turn>) {
        self.bytes = bytes
        self.turns = turns
    }

    /// The text of one turn, decoded from JSON, as it stood in the row.
    package func bytes(of turn: Turn) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[turn.range])
    }
}
