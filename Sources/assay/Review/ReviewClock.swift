import Foundation

/// Names and times of decisions.
enum ReviewClock {
    static func makeID() -> String { UUID().uuidString.lowercased() }

    /// Who is logged in, where no name is given.
    static func reviewer() -> String { NSUserName() }
}
