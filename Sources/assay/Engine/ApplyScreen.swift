import Findings
import Reporting

/// The account of an `apply`: rows by shard, totals, and the line to keep beside a training configuration.
struct ApplyScreen {
    private let result: ApplyResult

    /// Rows that a note names.
    private static let named = 10

    init(_ result: ApplyResult) { self.result = result }

    func text() -> String {
        var table = TextTable([
            .init("shard", maximumWidth: 60), .init("rows in", .right), .init("removed", .right),
            .init("quarantined", .right), .init("out", .right), .init(""),
        ])
        var total = AppliedShard(name: "in all")
        for shard in result.shards {
            table.append(Self.cells(shard))
            total.rows += shard.rows
            total.removed += shard.removed
            total.quarantined += shard.quarantined
            total.out += shard.out
        }
        table.append(Self.cells(total))
        var lines = table.lines()
        for shard in result.shards { lines += notes(shard) }
        if total.removed == 0, total.quarantined == 0, total.rows > 0 {
            lines.append("note: the plan removes nothing, so that all rows were copied")
        }
        lines += result.decisions?.lines ?? []
        lines += [
            "", "written: \(Format.shellWord(result.out))",
            "assay \(Version.tool): \(total.out) of \(total.rows) rows, rowSetDigest \(result.rowSetDigest), "
                + "plan sha256 \(result.planSHA256)"
                + (result.decisions.map { ", decisions sha256 \($0.digest)" } ?? ""),
        ]
        return lines.joined(separator: "\n")
    }

    private static func cells(_ shard: AppliedShard) -> [String] {
        [
            TerminalText.sanitized(shard.name), Format.number(shard.rows), Format.number(shard.removed),
            Format.number(shard.quarantined), Format.number(shard.out),
            shard.isWritten ? (shard.isChanged ? "changed since the run" : "") : "unreadable, not written",
        ]
    }

    private func notes(_ shard: AppliedShard) -> [String] {
        var lines: [String] = []
        let moved = "not removed, another row stands there now"
        for (ordinals, reason) in [
            (shard.moved, moved), (shard.restored, "not removed, their keeper is gone"),
        ]
        where !ordinals.isEmpty {
            let name = TerminalText.sanitized(shard.name)
            let list = ordinals.prefix(Self.named).map { "\(name):\($0)" }.joined(separator: ", ")
            let more =
                ordinals.count > Self.named ? " and \(Format.number(ordinals.count - Self.named)) more" : ""
            lines.append("note: \(Format.count(ordinals.count, "planned removal")) \(reason): \(list)\(more)")
        }
        return lines
    }
}
