import Findings
import Shards

extension ShardAccount {
    /// The shard's line in a summary.
    func figures(of shard: Shard, removed: Int = 0) -> RunSummary.Shard {
        var figures = RunSummary.Shard()
        figures.name = shard.name
        figures.rows = rows
        figures.removed = removed
        figures.quarantined = badOrdinals.count
        figures.firstQuarantined = badOrdinals.first
        figures.kept = goodRows - removed
        figures.blankLines = outcome.blankLineCount
        figures.bytes = Int(shard.byteCount)
        figures.notes = outcome.notes
        figures.state = state
        if let error { figures.notes.append(error.note) }
        return figures
    }

    /// The shard's line in a manifest.
    func input(of shard: Shard) -> RunManifest.Input {
        var input = RunManifest.Input()
        input.name = shard.name
        input.bytes = Int(shard.byteCount)
        input.sha256 = outcome.sha256 ?? ""
        input.rows = rows
        input.quarantined = badOrdinals.count
        input.state = state
        return input
    }

    private var state: ShardState {
        error == nil ? .complete : rows == 0 ? .unreadable : .endedEarly
    }
}

extension RunSummary {
    /// Adds a shard's line to the figures of all.
    mutating func add(_ shard: Shard, withoutText: Int) {
        rows.in += shard.rows
        rows.kept += shard.kept
        rows.removed += shard.removed
        rows.quarantined += shard.quarantined
        self.withoutText += withoutText
        if shard.state != .complete { complete = false }
        shards.append(shard)
    }
}

extension ReadLimits {
    /// For the effective configuration.
    var record: JSONValue {
        .object([
            "maxRowBytes": .integer(maxRowBytes), "maxNesting": .integer(maxNesting),
            "maxWindowLog": .integer(maxWindowLog), "maxRatio": .integer(maxRatio),
        ])
    }
}
