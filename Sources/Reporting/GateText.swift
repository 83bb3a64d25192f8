import Findings

/// A gate's result in words: the same on every screen, page and file.
package enum GateText {
    /// What was observed, of how many, and the limit.
    package static func figures(_ gate: GateResult) -> String {
        if let reason = gate.reason, isUnjudged(gate) {
            return "not judged, limit \(limit(gate)): \(TerminalText.sanitized(reason))"
        }
        let figures =
            switch gate.name {
            case .maxOverlapItems:
                "\(Format.number(Int(gate.observed))) of \(Format.count(gate.rows, "item")), limit "
                    + Format.number(Int(gate.limit))
            case .maxDrop, .maxDropPerSlice, .maxUncoveredShare:
                "\(observed(gate)) of \(Format.count(gate.rows, "row")), limit \(limit(gate))"
            case .maxAucRegister, .maxFeatureDelta: "\(observed(gate)), limit \(limit(gate))"
            }
        return figures + (gate.reason.map { "; " + TerminalText.sanitized($0) } ?? "")
    }

    /// `FAILED name slice: figures`.
    package static func line(_ gate: GateResult) -> String {
        let slice = gate.slice.map { " " + TerminalText.sanitized($0) } ?? ""
        return "\(gate.passed ? "passed" : "FAILED") \(gate.name.rawValue)\(slice): \(figures(gate))"
    }

    package static func observed(_ gate: GateResult) -> String {
        if isUnjudged(gate) { return "not judged" }
        return (gate.isLowerBound == true ? "at least about " : "") + shown(gate.observed, gate.name)
    }

    /// Whether the figure means nothing.
    private static func isUnjudged(_ gate: GateResult) -> Bool {
        gate.reason != nil && gate.name.subject == .comparison
    }

    package static func limit(_ gate: GateResult) -> String { shown(gate.limit, gate.name) }

    private static func shown(_ value: Double, _ name: GateName) -> String {
        switch name {
        case .maxOverlapItems: Format.number(Int(value))
        case .maxDrop, .maxDropPerSlice, .maxUncoveredShare: Format.percent(value)
        case .maxAucRegister, .maxFeatureDelta: Format.thousandths(value)
        }
    }
}
