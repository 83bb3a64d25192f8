/// An eval item in a row, as `explain` tells it.
package struct OverlapLine: Sendable, Equatable, Encodable {
    package var set: String
    package var item: String
    package var verdict: String
    package var component: String
    package var role: String
    package var turn: Int
    package var coverage: Double

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
