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
