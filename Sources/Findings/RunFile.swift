/// The files of a run's folder; their names are a contract.
package enum RunFile: String, Sendable, CaseIterable {
    case manifest = "run.json"
    case log = "run.log.json"
    case summary = "summary.json"
    case plan = "plan.jsonl.zst"
    case casualties = "casualties.jsonl.zst"
    case keepers = "keepers.jsonl.zst"
    case spared = "spared.jsonl.zst"
    case overlaps = "overlaps.jsonl.zst"
    case misspellings = "misspellings.jsonl.zst"
    case unflaggedItems = "unflagged-items.txt"
    case weights = "weights.jsonl.zst"
    case nearest = "nearest.jsonl.zst"
    case quarantine = "quarantine.jsonl.zst"
    case store = "findings.sqlite"
    case report = "report.html"
    case decisions = "decisions.jsonl"

    package var name: String { rawValue }

    /// Whether it may hold the text of rows and so is readable by its owner alone.
    package var holdsRowText: Bool {
        switch self {
        case .casualties, .keepers, .spared, .overlaps, .quarantine, .report: true
        default: false
        }
    }

    /// Whether the manifest lists it with its digest.
    package var isOutput: Bool {
        switch self {
        case .manifest, .log, .decisions: false
        default: true
        }
    }

    /// Rights before the process's mask.
    package var mode: UInt32 { holdsRowText ? 0o600 : 0o644 }
}
