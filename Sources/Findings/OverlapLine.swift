/// An eval item in a row, as `explain` tells it.
package struct OverlapLine: Sendable, Equatable, Encodable {
    package var set: String
    package var item: String
    package var verdict: String
    package var component: String
    package var role: String
    package var turn: Int
    package var coverage: Double
    /// The shared text as the row and as the item have it; only where text may be shown.
    package var rowText: String?
    package var itemText: String?

    package init(
        set: String, item: String, verdict: String, component: String, role: String, turn: Int,
        coverage: Double
    ) {
        self.set = set
        self.item = item
        self.verdict = verdict
        self.component = component
        self.role = role
        self.turn = turn
        self.coverage = coverage
    }
}
