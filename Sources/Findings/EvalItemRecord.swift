/// One eval item in the store.
package struct EvalItemRecord: Sendable, Equatable {
    package enum State: String, Sendable {
        case flagged, unflagged, uncheckable
    }

    package var set: String
    package var item: String
    package var ordinal: Int
    package var state: State
    /// Of a flagged or labelled item.
    package var verdict: OverlapVerdict?
    /// Of an uncheckable item.
    package var reason: String?
    package var rows: Int

    package init(
        set: String, item: String, ordinal: Int, state: State, verdict: OverlapVerdict?, reason: String?,
        rows: Int
    ) {
        self.set = set
        self.item = item
        self.ordinal = ordinal
        self.state = state
        self.verdict = verdict
        self.reason = reason
        self.rows = rows
    }
}
