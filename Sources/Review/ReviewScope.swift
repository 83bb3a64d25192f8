import Corpus
import Findings

/// What of a run a review rests on.
package struct ReviewScope: Sendable {
    package var summary: RunSummary
    package var command: String
    /// SHA-256 of the plan.
    package var plan: String
    package var normalForm: String
    /// Verdicts whose rows the plan removes; empty but in a run of overlaps.
    package var plannedVerdicts: Set<OverlapVerdict>
    /// Slices whose rows are never removed.
    package var protected: [SliceSelector]
    package var gates: [Gate]

    package init(
        summary: RunSummary, command: String, plan: String, normalForm: String,
        plannedVerdicts: Set<OverlapVerdict>, protected: [SliceSelector], gates: [Gate]
    ) {
        self.summary = summary
        self.command = command
        self.plan = plan
        self.normalForm = normalForm
        self.plannedVerdicts = plannedVerdicts
        self.protected = protected
        self.gates = gates
    }

    package var threshold: Double { summary.nearDuplicates.threshold }
}
