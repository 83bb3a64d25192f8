import ArgumentParser
import Findings

/// Reasons for which a run is not applied, with the words that accept them.
struct Refusals {
    private(set) var reasons: [String] = []
    private(set) var words: [Acceptance] = []

    var isEmpty: Bool { reasons.isEmpty }

    /// Notes a reason unless its word was given.
    mutating func add(_ acceptance: Acceptance, _ reason: String, unless accepted: Set<Acceptance>) {
        guard !accepted.contains(acceptance) else { return }
        reasons.append(reason)
        if !words.contains(acceptance) { words.append(acceptance) }
    }

    /// What a finished run alone gives reason for: failed gates, unread input, bad rows.
    ///
    /// - Parameter gates: as judged with the decisions on the run.
    mutating func add(
        _ run: StoredRun, gates: [GateResult], maximumBadRows: Int, unless accepted: Set<Acceptance>
    ) {
        for gate in gates where !gate.passed {
            let slice = gate.slice.map { " \($0)" } ?? ""
            add(.gate(gate.name), "gate \(gate.name.rawValue)\(slice) failed", unless: accepted)
        }
        if !run.manifest.complete {
            add(.incomplete, "some input could not be read to its end", unless: accepted)
        }
        let bad = run.summary.rows.quarantined
        if bad > maximumBadRows {
            add(
                .badRows,
                "\(bad) quarantined row\(bad == 1 ? "" : "s") would be left out, \(maximumBadRows) allowed",
                unless: accepted)
        }
    }
}
