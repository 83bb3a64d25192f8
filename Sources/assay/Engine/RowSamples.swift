import Findings
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
        guard CasualtyDiffs.holdsText(manifest) else {
            return doubtful.map { _ in
                DiffSample(pieces: [.same("no text is stored: the run was made with --no-raw")])
            }
        }
        let store = try RunStore(run: run)
        let removals = try removals(of: doubtful, in: store)
        let diffs = try CasualtyDiffs(
            run: run, store: store, manifest: manifest, on: summary.nearDuplicates.on,
            keepers: Set(removals.compactMap { $0?.keeper }))
        return try removals.map {
            try $0.map(diffs.diff) ?? DiffSample(pieces: [.same("its text is not in the run's files")])
        }
    }

    /// The records of doubtful casualties, in their order.
    static func removals(
        of doubtful: some Sequence<RunSummary.DoubtfulCasualty>, in store: RunStore
    ) throws -> [RemovalRecord?] {
        let shards = try store.shards().enumerated().filter { $0.element.corpus == "training" }
        return try doubtful.map { line in
            let shard = shards.first { $0.element.name.utf8.elementsEqual(line.shard.utf8) }?.offset ?? -1
            return try store.removal(shard: shard, ordinal: line.ordinal)
        }
    }
}
