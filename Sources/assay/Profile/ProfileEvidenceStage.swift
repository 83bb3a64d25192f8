import CText
import Corpus
import Findings
import Glibc
import LanguageProfile
import NearDuplicates
import Pipeline
import Shards

/// The second pass of a profile: counts the rows of the decided forms by role, slice and author, and keeps the rows
/// with a wrong form for their near-duplicate clusters.
final class ProfileEvidenceStage {
    /// What the pass makes of one batch.
    struct Batch {
        var tallies: [Int32: PairTally] = [:]
        var samples: [Int32: [ProfileSample]] = [:]
        var authors: Set<UInt64> = []
        var witnesses = SurveyChunkBox()
        var rowCount = 0
        var byteCount = 0
        var quarantine = LineList<QuarantineRecord>()
        var plan = LineList<Void>()
        var kept = RowSetDigest()
        var sliceRows: [[String: Int]] = []
    }

    let tap: ProfileTap
    let decision: ProfileDecision
    let inputs: InputSet
    let accounts: [ShardAccount]
    let holdsRaw: Bool
    let showsText: Bool
    let watch: SpellingWatch
    let shardNames: [String]
    let quotedShardNames: [[UInt8]]
    /// Of a row's hash: rows above it are not kept for clusters, by pair.
    let witnessLimits: [UInt64]
    /// Near duplicates of witnesses are found as a dedup with all its defaults would, but for the sparing rules.
    let clustering: DedupConfiguration
    private let threads: Int
    private let progress: Progress
    private let witnesses: RowTable

    private(set) var tallies: [PairTally]
    private var samples: [Int32: [ProfileSample]] = [:]
    private var authors: Set<UInt64> = []
    private(set) var kept = RowSetDigest()
    private(set) var sliceRows: [[String: Int]]
    private(set) var features = FeatureTallies()
    private(set) var signals = RowSignals()
    private(set) var phrases = PhraseReport([], least: 0)
    private(set) var removals = RemovalTallies()
    /// What the dedup of the same scan does with each row.
    let fates: RowFates?
    /// Fields that hold a label or score, of any shard.
    let labelFields: [String]

    /// Rows with a wrong form that clusters are made of, for each form about: those of the smallest hashes.
    static let witnessRows = 10_000

    init(
        tap: ProfileTap, decision: ProfileDecision, inputs: InputSet, accounts: [ShardAccount],
        fates: RowFates?, holdsRaw: Bool,
        threads: Int, memoryBytes: Int, scratch: String, showsText: Bool, progress: Progress
    ) throws {
        self.tap = tap
        self.decision = decision
        self.inputs = inputs
        self.accounts = accounts
        self.fates = fates
        self.holdsRaw = holdsRaw
        self.showsText = showsText
        self.threads = threads
        self.progress = progress
        let pairs = decision.spelling.pairs
        watch = SpellingWatch(pairs)
        tallies = Array(repeating: PairTally(), count: pairs.count)
        witnessLimits = pairs.map { pair in
            !pair.kind.isError
                ? 0
                : pair.tokens <= Self.witnessRows
                    ? .max : UInt64(Double(UInt64.max) * Double(Self.witnessRows) / Double(pair.tokens))
        }
        var clustering = DedupConfiguration()
        clustering.sparedClasses = []
        clustering.threads = threads
        clustering.memoryBytes = memoryBytes / 4
        self.clustering = clustering
        let folder = scratch + "/witnesses"
        guard mkdir(folder, 0o700) == 0 else {
            throw ProfileError(
                .scratch,
                "\(folder): \(String(cString: strerror(errno))); choose another folder with --scratch")
        }
        witnesses = try RowTable(shardCount: 1, memoryBytes: memoryBytes / 4, scratch: folder)
        labelFields = Set(inputs.mappings.flatMap { $0.uses.filter { $0.value == .label }.map(\.key) })
            .subtracting(tap.slices).sorted()
        shardNames = inputs.shards.map(\.name)
        quotedShardNames = shardNames.map { name in
            var json = JSONBytes()
            json.string(name)
            return json.bytes
        }
        sliceRows = Array(repeating: [:], count: tap.slices.count)
    }

    var authorCount: Int { authors.count }

    /// Whether rows are drawn by near-duplicate clusters, since nothing else says who wrote them.
    var drawsByCluster: Bool { tap.options.author == nil && !decision.sharesConversations }

    /// - Parameter write: takes each batch, in row order.
    /// - Throws: `UsageError` where an input has changed since the first pass; what `write` throws.
    func run(write: @escaping (Batch) throws -> Void) throws {
        let readers = ReaderSlots(count: inputs.shards.count)
        let workers = try (0..<threads).map { _ in try ProfileEvidenceWorker(self) }
        var seen = [Int](repeating: 0, count: inputs.shards.count)
        let pipeline = Pipeline<RawBatch, Batch>(
            sourceCount: inputs.shards.count, threads: threads, order: .global,
            open: { [inputs] source in try readers.open(inputs, source, hashes: false) },
            work: { worker, batch in workers[worker].work(batch) },
            sink: { [self] source, batch in
                seen[source] += batch.rowCount
                progress.advance(batch.byteCount)
                try take(batch)
                try write(batch)
            },
            ended: { [self] source, error in
                let error = try SurveyStage.shardError(error, inputs.shards[source])
                let first = accounts[source]
                guard readers.outcome(of: source).contentHash == first.outcome.contentHash,
                    seen[source] == first.rows, (error == nil) == (first.error == nil)
                else {
                    throw UsageError(
                        "\(inputs.shards[source].name): changed while it was being scanned; scan again when "
                            + "nothing writes to it")
                }
                readers.close(source)
            })
        try pipeline.run()
        for worker in workers {
            features.merge(worker.counter.tallies)
            removals.merge(worker.counter.removals)
            signals.merge(worker.counter.signals)
        }
        features.seal()
        removals.seal()
        phrases = PhraseReport(workers.map(\.counter.phrases), least: decision.recurrentRows)
    }

    private var witnessCount = 0

    private func take(_ batch: Batch) throws {
        let base = witnessCount
        if let chunk = batch.witnesses.chunk {
            witnessCount += chunk.rowCount
            try witnesses.append(chunk, shard: 0)
        }
        for (pair, tally) in batch.tallies {
            var tally = tally
            for at in tally.witnesses.indices { tally.witnesses[at] += base }
            tallies[Int(pair)].merge(tally)
        }
        for (pair, more) in batch.samples where samples[pair, default: []].count < Self.samplesKept {
            samples[pair, default: []] += more.prefix(Self.samplesKept - samples[pair, default: []].count)
        }
        authors.formUnion(batch.authors)
        kept.merge(batch.kept)
        for (dimension, rows) in batch.sliceRows.enumerated() where dimension < sliceRows.count {
            sliceRows[dimension].merge(rows, uniquingKeysWith: +)
        }
    }

    /// Examples of each form.
    static let samplesKept = 2

    /// The near-duplicate cluster of each witness: the number of its keeper.
    func clusters() throws -> [Int] {
        try witnesses.seal()
        guard witnesses.rowCount > 0 else { return [] }
        let decision = try DedupDecision(table: witnesses, declared: [], configuration: clustering)
        return (0..<witnesses.rowCount).map { row in
            decision.verdicts.casualty(row).map { Int($0.keeper) } ?? row
        }
    }

    func samples(of report: SpellingReport) -> [ProfileSample] {
        guard showsText else { return [] }
        let numbers = Dictionary(
            decision.spelling.pairs.enumerated().map { ($0.element.wrong, Int32($0.offset)) }
        ) { first, _ in first }
        let shown = report.misspellings.prefix(5) + report.entrenched.prefix(5)
        return shown.compactMap { numbers[$0.wrong] }.flatMap { samples[$0] ?? [] }
    }
}

/// A chunk of witness rows, made with the first of them.
struct SurveyChunkBox {
    var chunk: SurveyChunk?
}
