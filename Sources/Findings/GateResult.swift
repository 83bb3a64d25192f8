/// How a run stands against a gate.
package struct GateResult: Sendable, Equatable, Codable {
    package let name: GateName
    /// `FIELD=VALUE` where the gate is judged on a slice.
    package let slice: String?
    /// The share found; exact, while files show six decimals.
    package let observed: Double
    package let limit: Double
    /// Rows that the share is of.
    package let rows: Int
    package let passed: Bool

    package init(name: GateName, slice: String?, observed: Double, limit: Double, rows: Int, passed: Bool) {
        self.name = name
        self.slice = slice
        self.observed = observed
        self.limit = limit
        self.rows = rows
        self.passed = passed
    }
}
