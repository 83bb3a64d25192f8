import Corpus
import Findings
import NearDuplicates
import Review
import Shards
import TextForms

/// The rows of a finished run as a review asks for them.
final class RunRows: RowReading {
    private let run: StoredRun
    private let store: RunStore
    private let shards: [ShardRecord]
    private let texts: StoredRows
    private let mapped: MappedRows
    private let lines: [RunFile: CasualtyLines]
    private let verifier: PairVerifier
    private let diffs: SideDiffs
    /// Rows that were asked for last, by number.
    private var recent: [Int: MappedRows.Mapped] = [:]
    private var verified: [Int: PairVerifier.Row] = [:]

    /// Rows that are kept in memory.
    private static let recentRows = 64

    /// - Throws: `FindingsError`, `UsageError` for a run that cannot be read.
    init(run: StoredRun, store: RunStore) throws {
        self.run = run
        self.store = store
        shards = try store.shards()
        texts = StoredRows(run: run, store: store)
        mapped = try MappedRows(run: run.path, manifest: run.manifest)
        var lines: [RunFile: CasualtyLines] = [:]
        for file in [RunFile.casualties, .keepers, .overlaps] where run.manifest.digest(of: file) != nil {
            lines[file] = try CasualtyLines(run: run.path, store: store, file: file)
        }
        self.lines = lines
        let configuration = try StoredConfiguration.dedup(of: run)
        verifier = try PairVerifier(configuration: configuration)
        diffs = SideDiffs()
    }

    // MARK: Names

    func reference(of row: ReviewedRow) throws -> Decision.Row {
        try line(of: row) { line in
            guard let id = line.id else { throw self.damaged(row) }
            let (shard, ordinal) = place(of: row)
            let corpus = shards[Int(shard)].corpus
            return Decision.Row(
                corpus: corpus == "training" ? nil : corpus, shard: shards[Int(shard)].name, ordinal: ordinal,
                id: id.hexadecimal,
                textId: line.textID?.hexadecimal ?? "")
        }
    }

    func slices(of row: ReviewedRow) throws -> [SliceValue]? {
        let bytes = try line(of: row) { line in line.slices.map { Array($0) } }
        return bytes.map { texts.slices($0) }
    }

    private func place(of row: ReviewedRow) -> (shard: Int32, ordinal: Int) {
        switch row {
        case .removed(let removal): (removal.shard, removal.ordinal)
        case .keeper(let cluster): (cluster.keeperShard, cluster.keeperOrdinal)
        case .overlap(let pair): (pair.shard, pair.ordinal)
        }
    }

    private func line<Result>(of row: ReviewedRow, _ body: (RunLine) throws -> Result) throws -> Result {
        let (file, position): (RunFile, FramePosition) =
            switch row {
            case .removed(let removal): (.casualties, removal.position)
            case .keeper(let cluster): (.keepers, cluster.position)
            case .overlap(let pair): (.overlaps, pair.position)
            }
        guard let lines = lines[file] else { throw damaged(row) }
        return try lines.line(at: position) { try body(RunLine($0)) }
    }

    private func damaged(_ row: ReviewedRow) -> FindingsError {
        FindingsError(
            .damaged, "the run's files do not hold row \(row.row); scan the corpus again", place: run.path)
    }

    // MARK: Text

    func similarity(of row: ReviewedRow, to keeper: ReviewedRow) throws -> Double? {
        guard let own = try verifiable(row), let other = try verifiable(keeper) else { return nil }
        return verifier.similarity(of: own, to: other)
    }

    private func verifiable(_ row: ReviewedRow) throws -> PairVerifier.Row? {
        if let known = verified[row.row] { return known }
        guard let raw = try raw(of: row) else { return nil }
        let made = mapped.withMapped(raw, shard: Int(place(of: row).shard)) { mapper in
            raw.withUnsafeBytes { verifier.row(mapper, raw: $0) }
        }
        if verified.count >= Self.recentRows { verified.removeAll() }
        verified[row.row] = made
        return made
    }

    func diff(_ row: ReviewedRow, _ keeper: ReviewedRow) throws -> [SideDiff]? {
        guard let own = try mappedRow(row), let other = try mappedRow(keeper) else { return nil }
        return diffs.diff(own, other)
    }

    private func mappedRow(_ row: ReviewedRow) throws -> MappedRows.Mapped? {
        if let known = recent[row.row] { return known }
        guard let raw = try raw(of: row),
            let made = mapped.map(row: raw, shard: Int(place(of: row).shard))
        else { return nil }
        if recent.count >= Self.recentRows { recent.removeAll() }
        recent[row.row] = made
        return made
    }

    /// The row's bytes: from the run, else from its shard.
    private func raw(of row: ReviewedRow) throws -> [UInt8]? {
        switch row {
        case .removed(let removal):
            if let raw = try texts.raw(of: .casualties, at: removal.position) { return raw }
        case .keeper(let cluster):
            if let raw = try texts.raw(of: .keepers, at: cluster.position) { return raw }
        case .overlap: break
        }
        let reference = try reference(of: row)
        guard let id = UInt128(reference.id, radix: 16) else { return nil }
        let isAgainst = shards[Int(place(of: row).shard)].corpus != "training"
        return texts.rawFromInput(
            RowPlace(isAgainst: isAgainst, shard: reference.shard, ordinal: reference.ordinal, id: id))
    }

    func sharedText(of pair: OverlapPair) throws -> (row: String, item: String)? {
        try texts.sharedText(at: pair.position)
    }

    // MARK: Rows by text

    func removals(ofTexts texts: Set<String>, in table: ReviewTable) throws -> [String: [Int]] {
        guard !texts.isEmpty else { return [:] }
        return try places(table.removals.map { ReviewedRow.removed($0) }, texts) { $0.textID }
    }

    func overlaps(ofTexts texts: Set<String>, in table: ReviewTable) throws -> [String: [Int]] {
        guard !texts.isEmpty else { return [:] }
        return try places(table.overlaps.map { ReviewedRow.overlap($0) }, texts) { $0.textID }
    }

    private func places(
        _ rows: [ReviewedRow], _ wanted: Set<String>, _ key: (RunLine) -> UInt128?
    ) throws -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        for (place, row) in rows.enumerated() {
            guard let name = try line(of: row, { key($0)?.hexadecimal }), wanted.contains(name) else {
                continue
            }
            found[name, default: []].append(place)
        }
        return found
    }
}
