/// Why a run does not end with status 0.
package struct ExitCause: Sendable, Equatable, Codable {
    package enum Code: String, Sendable, CaseIterable, Codable {
        case gate
        case error
        case unreadableInput = "unreadable-input"
        case badRows = "bad-rows"

        /// 1 a gate is violated; 2 wrong use or an error; 3 input that could not be read, or too many bad rows.
        package var status: Int32 {
            switch self {
            case .gate: 1
            case .error: 2
            case .unreadableInput, .badRows: 3
            }
        }
    }

    package let code: Code
    /// What is wrong, without row text.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The causes that lie in a summary's figures: failed gates, shards that were not read whole, and more
    /// quarantined rows than allowed.
    package static func all(in summary: RunSummary, maximumBadRows: Int) -> [ExitCause] {
        var causes: [ExitCause] = []
        for shard in summary.shards where shard.state != .complete {
            causes.append(ExitCause(.unreadableInput, "\(shard.name): \(shard.state.rawValue)"))
        }
        if summary.rows.quarantined > maximumBadRows {
            causes.append(
                ExitCause(
                    .badRows,
                    "\(summary.rows.quarantined) \(summary.rows.quarantined == 1 ? "row" : "rows") quarantined, "
                        + "\(maximumBadRows) allowed by --max-bad-rows"
                ))
        }
        let figures = summary.evalOverlap
        let sets =
            (figures?.sets ?? []).map { ($0.name, $0.quarantined) }
            + (figures?.control ?? []).map { ($0.name, $0.quarantined) }
        for (name, records) in sets where records > maximumBadRows {
            causes.append(
                ExitCause(
                    .badRows,
                    "eval set \(name): \(records) \(records == 1 ? "record" : "records") quarantined, "
                        + "\(maximumBadRows) allowed by --max-bad-rows"))
        }
        if let comparison = summary.comparison {
            causes += Self.causes(comparison.right, maximumBadRows: maximumBadRows)
        }
        for gate in summary.gates where !gate.passed {
            let slice = gate.slice.map { " \($0)" } ?? ""
            let reason = gate.reason.map { ": \($0)" } ?? ""
            causes.append(ExitCause(.gate, "\(gate.name.rawValue)\(slice)\(reason)"))
        }
        return causes
    }

    /// The right side of a comparison is no part of the summary's rows.
    private static func causes(_ side: ComparisonFigures.Side, maximumBadRows: Int) -> [ExitCause] {
        var causes = side.incompleteShards.map { ExitCause(.unreadableInput, "\(side.name): \($0)") }
        if side.quarantined > maximumBadRows {
            causes.append(
                ExitCause(
                    .badRows,
                    "\(side.name): \(side.quarantined) \(side.quarantined == 1 ? "row" : "rows") quarantined, "
                        + "\(maximumBadRows) allowed by --max-bad-rows"))
        }
        return causes
    }

    /// The status of a process that ends for these causes: 2 before 3 before 1; 0 for none.
    package static func status(of causes: [ExitCause]) -> Int32 {
        let statuses = Set(causes.map(\.code.status))
        for status in [2, 3, 1] as [Int32] where statuses.contains(status) { return status }
        return 0
    }
}
