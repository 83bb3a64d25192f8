import Corpus
import Findings
import LanguageProfile
import NearDuplicates
import Pipeline

/// The second pass of a profile: goes through the traces of all rows and counts the decided forms by role, slice and
/// author, features by turn, and phrases.
final class ProfileEvidenceStage {
    let tap: ProfileTap
    let decision: ProfileDecision
    let shardNames: [String]
    let accounts: [ShardAccount]
    /// What the dedup of the same scan does with each row.
    let fates: RowFates?
    let watch: SpellingWatch
    let index: TraceIndex
    /// Of a row's number: rows above it are not kept for clusters, by pair; 0 for pairs that need none.
    let witnessLimits: [UInt64]

    private(set) var tallies: [PairTally]
    private(set) var features = FeatureTallies()
    private(set) var signals = RowSignals()
    private(set) var phrases = PhraseReport(.none, [], least: 0)
    private(set) var removals = RemovalTallies()
    private(set) var sliceRows: [[String: Int]]
    private var authors: Set<UInt64> = []
    private(set) var rowsWithoutAuthor = 0

    /// Rows with a wrong form that clusters are made of, for each form about: those of the smallest numbers.
    static let witnessRows = 10_000

    init(
        tap: ProfileTap, decision: ProfileDecision, inputs: InputSet, accounts: [ShardAccount],
        fates: RowFates?
    ) {
        self.tap = tap
        self.decision = decision
        self.accounts = accounts
        self.fates = fates
        let pairs = decision.spelling.pairs
        watch = SpellingWatch(pairs)
        index = TraceIndex(watch, decision.phrases)
        tallies = Array(repeating: PairTally(), count: pairs.count)
        witnessLimits = pairs.map { pair in
            !pair.kind.isError
                ? 0
                : pair.tokens <= Self.witnessRows
                    ? .max : UInt64(Double(UInt64.max) * Double(Self.witnessRows) / Double(pair.tokens))
        }
        shardNames = inputs.shards.map(\.name)
        sliceRows = Array(repeating: [:], count: tap.slices.count)
    }

    var authorCount: Int { authors.count }

    /// Whether rows are drawn by near-duplicate clusters, since nothing else says who wrote them.
    var drawsByCluster: Bool { tap.options.author == nil && !decision.sharesConversations }

    /// - Throws: `ScratchError`.
    /// - Complexity: O(words).
    func run(threads: Int) throws {
        let traces = tap.traces
        traces.seal()
        let workers = (0..<threads).map { _ in ProfileEvidenceWorker(self) }
        try parallelFor(traces.count, threads: threads) { worker, number in
            try workers[worker].work(traces, number)
        }
        for worker in workers {
            for (pair, tally) in worker.counts.finish().enumerated() { tallies[pair].merge(tally) }
            features.merge(worker.reader.counter.tallies)
            removals.merge(worker.reader.counter.removals)
            signals.merge(worker.reader.counter.signals)
            authors.formUnion(worker.authors)
            rowsWithoutAuthor += worker.rowsWithoutAuthor
            for (dimension, rows) in worker.sliceRows.enumerated() {
                sliceRows[dimension].merge(rows, uniquingKeysWith: +)
            }
        }
        for pair in tallies.indices { tallies[pair].seal() }
        features.seal()
        removals.seal()
        phrases = PhraseReport(decision.phrases, workers.map(\.reader), least: decision.recurrentRows)
    }

    /// The turns with wrong forms that clusters are made of.
    var witnesses: [EvidencePart] { tallies.flatMap { $0.witnesses.map(\.part) } }
}
