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
    /// Why it fails whatever was observed; `nil` where the figure alone decides.
    package let reason: String?
    /// Whether more may be there than was observed; `nil` where all was.
    package let isLowerBound: Bool?

    package init(
        name: GateName, slice: String?, observed: Double, limit: Double, rows: Int, passed: Bool,
        reason: String? = nil, isLowerBound: Bool? = nil
    ) {
        self.name = name
        self.slice = slice
        self.observed = observed
        self.limit = limit
        self.rows = rows
        self.passed = passed
        self.reason = reason
        self.isLowerBound = isLowerBound
    }
}
