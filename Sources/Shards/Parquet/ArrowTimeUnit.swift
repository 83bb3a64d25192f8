/// What a time column counts.
enum ArrowTimeUnit {
    case seconds, milliseconds, microseconds, nanoseconds

    /// By the letter of the Arrow C data interface.
    init?(letter: UInt8) {
        switch letter {
        case UInt8(ascii: "s"): self = .seconds
        case UInt8(ascii: "m"): self = .milliseconds
        case UInt8(ascii: "u"): self = .microseconds
        case UInt8(ascii: "n"): self = .nanoseconds
        default: return nil
        }
    }

    /// In a second.
    var count: Int64 {
        switch self {
        case .seconds: 1
        case .milliseconds: 1_000
        case .microseconds: 1_000_000
        case .nanoseconds: 1_000_000_000
        }
    }

    /// Digits of a second's fraction.
    var digits: Int {
        switch self {
        case .seconds: 0
        case .milliseconds: 3
        case .microseconds: 6
        case .nanoseconds: 9
        }
    }
}
