import Findings

/// A row and an eval item with their verdict.
package struct ItemMatch: Sendable {
    package var item: Int
    package var verdict: OverlapVerdict
    /// The text that the verdict rests on.
    package var match: TextMatch
    package var component: EvalComponent
    /// The turn that most of its words lie in.
    package var turn: Int
}
