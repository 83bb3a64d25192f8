import Corpus

/// How long a turn may be to be looked at by itself.
struct SideLimits {
    private let on: ComparedSides
    private var prompt: UInt32 = 0
    private var response: UInt32 = 0

    /// Chosen: a longer turn is hardly a request, and each pair of rows reads it anew.
    private static let most: UInt32 = 16 << 10

    init(on: ComparedSides) { self.on = on }

    mutating func add(_ turn: Turn) {
        switch on.side(of: turn.role) {
        case .prompt: prompt += turn.length
        case .response: response += turn.length
        case nil: break
        }
    }

    /// Bytes: half of the side that the role speaks on.
    subscript(role: Role) -> UInt32 {
        switch on.side(of: role) {
        case .prompt: min(prompt / 2, Self.most)
        case .response: min(response / 2, Self.most)
        case nil: 0
        }
    }
}
