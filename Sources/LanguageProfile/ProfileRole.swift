import Corpus

/// Whose language a turn is, as a profile tells it apart: what assistants write is what a model learns to write.
package enum ProfileRole: UInt8, Sendable, CaseIterable {
    /// System and developer turns.
    case system
    case user
    case assistant
    /// Assistant turns of a rejected answer.
    case rejected
    case tool
    /// Plain text without a speaker.
    case text

    package init(_ turn: Turn) {
        switch turn.role {
        case .system, .developer: self = .system
        case .user: self = .user
        case .assistant: self = turn.mark == .rejected ? .rejected : .assistant
        case .tool: self = .tool
        case .text: self = .text
        }
    }

    package var name: String {
        switch self {
        case .system: "system"
        case .user: "user"
        case .assistant: "assistant"
        case .rejected: "rejected"
        case .tool: "tool"
        case .text: "text"
        }
    }

    /// Whether a model learns to write it.
    package var isLearned: Bool { self == .assistant || self == .text }

    package static let count = allCases.count
}
