/// What a comparison is told.
package struct ComparisonRequest: Sendable {
    /// Names of the sides.
    package var left = "synthetic"
    package var right = "production"
    package var turns = ComparedTurns()
    /// Rows drawn from each side at most.
    package var sample = 10_000
    /// Rows drawn of each value of `slice` at least, weighted for it; 0 draws all rows alike.
    package var perValue = 0
    package var seed: UInt64 = 1
    /// A slice field that both sides have: areas are matched by it, and coverage is told by it.
    package var slice: String?
    /// Threads; never changes a result.
    package var threads = 1

    package init() {}
}
