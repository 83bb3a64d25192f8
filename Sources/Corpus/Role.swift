/// Who speaks in a turn.
package enum Role: UInt8, Sendable, CaseIterable {
    case system, developer, user, assistant, tool
    /// Plain text without a speaker (a `text` field); it lies on the prompt side, alone.
    case text

    /// The side that a turn of this role lies on; `nil` for system and developer turns, which stay out of the
    /// compared text unless `--on all` asks for them.
    package var side: Side? {
        switch self {
        case .system, .developer: nil
        case .user, .tool, .text: .prompt
        case .assistant: .response
        }
    }

    package var name: String {
        switch self {
        case .system: "system"
        case .developer: "developer"
        case .user: "user"
        case .assistant: "assistant"
        case .tool: "tool"
        case .text: "text"
        }
    }
}
