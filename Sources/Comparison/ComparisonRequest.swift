/// What a comparison is told.
package struct ComparisonRequest: Sendable {
    /// Names of the sides.
    package var left = "synthetic"
    package var right = "production"
    package var turns = ComparedTurns()
    /// Rows drawn from each side at most.
    package var sample = 10_000
    package var seed: UInt64 = 1
    /// A slice field that both sides have: areas are matched by it, and coverage is told by it.
    package var slice: String?
    /// Threads; never changes a result.
    package var threads = 1

    package init() {}
}
