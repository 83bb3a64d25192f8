import Corpus
import Findings
import NearDuplicates
import Reporting

/// Word diffs of casualties with their keepers, from a finished run's folder.
struct CasualtyDiffs {
    private let rows: MappedRows
    private let casualties: CasualtyLines
    private let keepers: CasualtyLines
    private let classifier: DifferenceClassifier
    /// Where the line of each keeper stands.
    private let keeperPlaces: [Int: FramePosition]

    /// Whether a run holds the text of its rows.
    static func holdsText(_ manifest: RunManifest) -> Bool { manifest.configuration["raw"] != .bool(false) }

    /// - Parameter keepers: those whose lines will be asked for.
    /// - Throws: `FindingsError`, `UsageError` for a run that cannot be read.
    /// - Complexity: O(clusters).
    init(run: String, store: RunStore, manifest: RunManifest, on: String, keepers: Set<Int>) throws {
        rows = try MappedRows(run: run, manifest: manifest)
        casualties = try CasualtyLines(run: run, store: store)
        self.keepers = try CasualtyLines(run: run, store: store, file: .keepers)
        classifier = DifferenceClassifier(on: ComparedSides(rawValue: on) ?? .sides)
        var places: [Int: FramePosition] = [:]
        try store.forEachCluster { if keepers.contains($0.keeper) { places[$0.keeper] = $0.position } }
        keeperPlaces = places
    }

    /// - Throws: `FindingsError`.
    func diff(_ removal: RemovalRecord) throws -> DiffSample {
        guard let place = keeperPlaces[removal.keeper],
            let row = try casualties.line(
                removal, { RunLine($0).raw.flatMap { rows.map(raw: $0, shard: Int(removal.shard)) } }),
            let kept = try keepers.line(
                at: place,
                { RunLine($0).raw.flatMap { rows.map(raw: $0, shard: Int(removal.keeperShard)) } })
        else { return DiffSample(pieces: [.same("its text is not in the run's files")]) }
        let hunks = row.withRowText { row in
            kept.withRowText { keeper in classifier.diff(row: row, keeper: keeper).hunks }
        }
        var pieces: [DiffSample.Piece] = []
        for hunk in hunks {
            let lost = row.text(hunk.rowRange)
            let other = kept.text(hunk.keeperRange)
            switch hunk.kind {
            case .equal: pieces.append(.same(lost))
            case .rowOnly: pieces.append(.lost(lost))
            case .keeperOnly: pieces.append(.kept(other))
            case .replaced: pieces += [.lost(lost), .kept(other)]
            }
        }
        return DiffSample(pieces: pieces)
    }
}
