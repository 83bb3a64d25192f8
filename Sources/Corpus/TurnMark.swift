/// Which answer of a preference pair a turn belongs to.
package enum TurnMark: UInt8, Sendable {
    case none, chosen, rejected
}
