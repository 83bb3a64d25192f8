import Findings

extension ReportPage {
    /// Shards that are listed.
    private static let mostShards = 500

    var rowsSection: PageSection {
        var section = PageSection(
            anchor: "rows", heading: "Rows and gates",
            meaning: "where each row went, shard by shard; they always add up.",
            limit: "whether a removed row was worth keeping: that is below.")
        if !summary.gates.isEmpty { section.blocks.append(.table(gates)) }
        var table = PageTable(
            "Rows by shard", anchor: "shards",
            [
                .init("shard"), .init("rows", isFigure: true), .init("kept", isFigure: true),
                .init("removed", isFigure: true), .init("quarantined", isFigure: true), .init("remarks"),
            ])
        table.fill(summary.shards, most: Self.mostShards) { shard in
            let state = shard.state == .complete ? [] : ["not read to its end"]
            return [
                .head(shard.name), .count(shard.rows), .count(shard.kept), .count(shard.removed),
                .count(shard.quarantined), .text((state + shard.notes).joined(separator: "; ")),
            ]
        }
        section.blocks.append(.table(table))
        return section
    }

    private var gates: PageTable {
        var table = PageTable(
            "Gates", anchor: "gates",
            [
                .init("gate"), .init("result"), .init("observed", isFigure: true),
                .init("limit", isFigure: true),
                .init("of", isFigure: true), .init("why"),
            ])
        table.fill(summary.gates, most: Self.mostShards) { gate in
            let name = gate.name.rawValue + (gate.slice.map { " " + $0 } ?? "")
            return [
                .head(name), .text(gate.passed ? "passed" : "FAILED"),
                .figure(gate.observed, GateText.observed(gate)),
                .figure(gate.limit, GateText.limit(gate)),
                .count(gate.rows), .text(gate.reason ?? ""),
            ]
        }
        return table
    }

    /// `nil` where nothing was set aside.
    var quarantineSection: PageSection? {
        guard !content.quarantined.isEmpty else { return nil }
        var section = PageSection(
            anchor: "quarantine", heading: "Quarantine",
            meaning: "rows that could not be read, with their reason; they are in no output.",
            limit: "what they say: their bytes are in quarantine.jsonl.zst.")
        var table = PageTable(
            "Quarantined rows by shard and code", anchor: "quarantine-table",
            [.init("shard"), .init("code"), .init("rows", isFigure: true), .init("one of the messages")])
        table.fill(content.quarantined, most: Self.mostShards) {
            [.head($0.shard), .text($0.code), .count($0.rows), .text($0.message)]
        }
        section.blocks.append(.table(table, query: "select * from quarantine"))
        return section
    }
}
