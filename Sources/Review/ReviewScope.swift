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
    /// Whether slices are protected: their rows are never removed.
    package var protectsSlices: Bool
    package var gates: [Gate]

    package init(
        summary: RunSummary, command: String, plan: String, normalForm: String,
        plannedVerdicts: Set<OverlapVerdict>, protectsSlices: Bool, gates: [Gate]
    ) {
        self.summary = summary
        self.command = command
        self.plan = plan
        self.normalForm = normalForm
        self.plannedVerdicts = plannedVerdicts
        self.protectsSlices = protectsSlices
        self.gates = gates
    }

    package var threshold: Double { summary.nearDuplicates.threshold }
}
