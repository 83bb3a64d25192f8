/// Prompt side: all user and tool turns; response side: all assistant turns.
package enum Side: UInt8, Sendable, CaseIterable {
    case prompt, response
}
