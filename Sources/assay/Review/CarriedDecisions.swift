import Findings
import Reporting
import Review

/// What became of an earlier run's decisions, for people.
enum CarriedDecisions {
    /// Leftovers that are listed.
    private static let listed = 20

    static func lines(_ carrier: DecisionCarrier) -> [String] {
        var lines = ["\(Format.count(carrier.carried.count, "decision")) carried over from the earlier run"]
        if carrier.alreadyCarried > 0 {
            lines.append("\(Format.count(carrier.alreadyCarried, "decision")) had been carried over before")
        }
        if carrier.ofPlanAlone > 0 {
            lines.append(
                "\(Format.number(carrier.ofPlanAlone)) acceptances, notes and sign-offs of the earlier plan not carried "
                    + "over: clusters are judged anew")
        }
        for (name, leftovers) in [("stale", carrier.stale), ("unused", carrier.unused)]
        where !leftovers.isEmpty {
            lines.append("\(Format.count(leftovers.count, "decision")) \(name), not carried over:")
            lines += leftovers.prefix(listed).map { leftover in
                let decision = leftover.decision
                let row =
                    decision.rows?.first.map { "\($0.shard):\($0.ordinal)" } ?? decision.item?.item ?? "-"
                return TerminalText.sanitized(
                    "  \(decision.action.rawValue) \(row) (\(decision.reviewer), \(decision.time)): \(leftover.reason)"
                )
            }
            if leftovers.count > listed { lines.append("  and \(leftovers.count - listed) more") }
        }
        return lines
    }
}
