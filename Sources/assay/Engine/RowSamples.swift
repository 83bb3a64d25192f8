import Corpus
import Findings
import NearDuplicates
import Reporting

/// Word diffs of the most doubtful casualties with their keepers, from a finished run's folder.
enum RowSamples {
    /// Casualties that the screen shows with their text.
    static let shown = 5

    /// - Returns: a diff for each of the first doubtful casualties, in their order; where the run stores no text,
    ///   a line that says so.
    /// - Throws: `FindingsError`, `UsageError` for a run that cannot be read.
    static func read(run: String, summary: RunSummary) throws -> [DiffSample] {
        let doubtful = summary.nearDuplicates.doubtful.prefix(shown)
        guard !doubtful.isEmpty else { return [] }
        let manifest = try RunManifest(run: run)
        if manifest.configuration["raw"] == .bool(false) {
            return doubtful.map { _ in
                DiffSample(pieces: [.same("no text is stored: the run was made with --no-raw")])
            }
        }
        let store = try RunStore(run: run)
        let rows = try MappedRows(run: run, manifest: manifest)
        let casualties = try CasualtyLines(run: run, store: store)
        let keepers = try CasualtyLines(run: run, store: store, file: .keepers)
        let shards = try store.shards().enumerated().filter { $0.element.corpus == "training" }
        let on = ComparedSides(rawValue: summary.nearDuplicates.on) ?? .sides
        let classifier = DifferenceClassifier(on: on)
        return try doubtful.map { line in
            let shard = shards.first { $0.element.name.utf8.elementsEqual(line.shard.utf8) }?.offset ?? -1
            guard let removal = try removal(in: store, shard: shard, ordinal: line.ordinal),
                let keeper = try keeper(in: store, row: removal.keeper),
                let row = try casualties.line(
                    removal, { RunLine($0).raw.flatMap { rows.map(raw: $0, shard: shard) } }),
                let kept = try keepers.line(
                    at: keeper,
                    { RunLine($0).raw.flatMap { rows.map(raw: $0, shard: Int(removal.keeperShard)) } })
            else { return DiffSample(pieces: [.same("its text is not in the run's files")]) }
            return diff(row, kept, classifier)
        }
    }

    private static func removal(in store: RunStore, shard: Int, ordinal: Int) throws -> RemovalRecord? {
        let found = try store.query(
            "SELECT row FROM removals WHERE shard = \(shard) AND ordinal = \(ordinal)")
        guard let row = found.first?.first.flatMap({ $0 }).flatMap({ Int($0) }) else { return nil }
        return try store.removal(ofRow: row)
    }

    private static func keeper(in store: RunStore, row: Int) throws -> FramePosition? {
        let found = try store.query("SELECT frame, frame_offset FROM cluster_rows WHERE keeper = \(row)")
        let numbers = (found.first ?? []).compactMap { $0.flatMap { Int32($0) } }
        return numbers.count == 2 ? FramePosition(frame: numbers[0], offset: numbers[1]) : nil
    }

    private static func diff(
        _ row: MappedRows.Mapped, _ keeper: MappedRows.Mapped, _ classifier: DifferenceClassifier
    ) -> DiffSample {
        let hunks = row.withRowText { row in
            keeper.withRowText { keeper in classifier.diff(row: row, keeper: keeper).hunks }
        }
        var pieces: [DiffSample.Piece] = []
        for hunk in hunks {
            let lost = row.text(hunk.rowRange)
            let kept = keeper.text(hunk.keeperRange)
            switch hunk.kind {
            case .equal: pieces.append(.same(lost))
            case .rowOnly: pieces.append(.lost(lost))
            case .keeperOnly: pieces.append(.kept(kept))
            case .replaced: pieces += [.lost(lost), .kept(kept)]
            }
        }
        return DiffSample(pieces: pieces)
    }
}
