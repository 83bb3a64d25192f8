import Comparison
import Findings
import NearDuplicates
import Reporting
import Shards

/// The comparison of two sides from their inputs to figures, files and tables; of a run of its own or of a scan.
final class ComparisonEngine {
    /// Similarity from which two sampled rows are no independent draws.
    static let duplicateThreshold = 0.6
    /// Bytes of a row that `--show-text` shows.
    private static let shownBytes = 160

    let request: ComparisonRequest
    /// The left shards, then the right ones.
    let inputs: InputSet
    let sources: WordSources
    private let progress: Progress
    private(set) var accounts: [ShardAccount] = []
    private var comparison: SampleComparison?
    private(set) var samples: [ComparisonSample] = []
    /// Of the left rows.
    private(set) var kept = RowSetDigest()
    private var pairsLeftOut = 0

    init(_ request: ComparisonRequest, inputs: InputSet, sources: WordSources, progress: Progress) {
        self.request = request
        self.inputs = inputs
        self.sources = sources
        self.progress = progress
    }

    /// Reads all rows and draws the samples.
    func survey() throws -> [SampledRow] {
        let stage = ComparisonSurveyStage(inputs: inputs, request: request, progress: progress)
        let rows = try stage.run()
        accounts = stage.accounts
        if let field = request.slice, !rows.isEmpty,
            !rows.contains(where: { !$0.slices.isEmpty })
        {
            throw UsageError(
                "--slice \(field): no row has the field \(field); `assay look` lists the fields that slice well"
            )
        }
        return rows
    }

    /// Refuses a side of which nothing can be compared, though all of it was read.
    ///
    /// - Throws: `UsageError`.
    func checkSides() throws {
        let left = 0..<inputs.trainingCount
        for (name, shards) in [(request.left, left), (request.right, left.upperBound..<inputs.shards.count)] {
            let own = accounts[shards]
            guard own.allSatisfy({ $0.error == nil && $0.badOrdinals.isEmpty }) else { continue }
            let rows = own.reduce(0) { $0 + $1.goodRows }
            if rows == 0 { throw UsageError("\(name): its files hold no row; name others") }
            guard own.reduce(0, { $0 + $1.withoutText }) == rows else { continue }
            let roles = request.turns.roles.map(\.name).sorted().joined(separator: ", ")
            throw UsageError(
                "\(name): none of \(Format.count(rows, "row")) has a turn of \(roles), or plain text; name the fields by "
                    + "--text \(name)=FIELD, or the turns by --role (`assay look` shows what was found)")
        }
    }

    /// Compares the samples.
    func decide(_ rows: [SampledRow]) throws {
        let components = try PairComponents(
            of: rows.map(\.text), threshold: Self.duplicateThreshold, threads: request.threads)
        pairsLeftOut = components.pairsLeftOut
        comparison = try SampleComparison(
            request, sample: RowSample(rows, roots: components.roots), shardNames: inputs.shards.map(\.name),
            makeMarker: { [sources] in try RowMarker(sources) })
    }

    /// Reads the rows again: coverage, weights, what is quarantined.
    ///
    /// - Returns: the figures, and each file with its digest.
    func finish(
        outputs: ComparisonOutputs, holdsRaw: Bool
    ) throws -> (figures: ComparisonFigures, digests: [(file: RunFile, digest: FileDigest)]) {
        guard var comparison else { throw UsageError("comparison: nothing was sampled") }
        let stage = try ComparisonEvidenceStage(
            inputs: inputs, accounts: accounts, comparison: comparison, holdsRaw: holdsRaw,
            progress: progress)
        try stage.run(frames: outputs.frames) { try outputs.write($0) }
        kept = stage.kept
        let names = inputs.shards.map(\.name)
        if let indexes = stage.coverage {
            try comparison.addCoverage(
                right: (indexes.right, stage.rightNearest), left: (indexes.left, stage.leftNearest),
                shardNames: names)
            try outputs.writeNearest(
                comparison.sample, indexes.right, stage.rightNearest, shardNames: names)
        }
        var figures = comparison.figures
        fill(&figures, stage)
        ComparisonVerdict.judge(&figures)
        collectSamples(comparison, figures)
        return (figures, try outputs.finish(figures))
    }

    private func fill(_ figures: inout ComparisonFigures, _ stage: ComparisonEvidenceStage) {
        figures.roles = request.turns.roles.map(\.name).sorted()
        figures.firstTurnOnly = request.turns.onlyFirst
        figures.pairsLeftOut = pairsLeftOut
        let names = inputs.shards.map(\.name)
        figures.sharesShardNames =
            Set(names[..<inputs.trainingCount]).isDisjoint(with: names[inputs.trainingCount...]) ? nil : true
        for (number, shard) in inputs.shards.enumerated() {
            let account = accounts[number]
            func add(to side: inout ComparisonFigures.Side) {
                side.rows += account.goodRows
                side.quarantined += account.badOrdinals.count
                side.withoutText += account.withoutText
                if let error = account.error {
                    side.incompleteShards.append("\(shard.name): \(error.message)")
                }
            }
            if inputs.isRight(number) { add(to: &figures.right) } else { add(to: &figures.left) }
        }
        guard stage.weighed.rows > 0 else { return }
        var weights = ComparisonFigures.Weights()
        weights.rows = stage.weighed.rows
        weights.clip = ImportanceModel.clip
        weights.clipped = stage.weighed.clipped
        if stage.weighed.squares > 0 {
            weights.effectiveRows = stage.weighed.sum * stage.weighed.sum / stage.weighed.squares
        }
        figures.weights = weights
    }

    /// The shards of both sides for the store.
    func shards() -> [ShardRecord] { records(inputs.shards.indices, firstRow: 0) }

    /// Those of the right side.
    ///
    /// - Parameter firstRow: the number of their first row.
    func productionShards(firstRow: Int) -> [ShardRecord] {
        records(inputs.trainingCount..<inputs.shards.count, firstRow: firstRow)
    }

    private func records(_ numbers: Range<Int>, firstRow: Int) -> [ShardRecord] {
        var firstRow = firstRow
        return numbers.map { number in
            defer { firstRow += accounts[number].goodRows }
            return ShardRecord(
                corpus: inputs.isRight(number) ? request.right : request.left,
                name: inputs.shards[number].name,
                firstRow: firstRow, rows: accounts[number].goodRows)
        }
    }

    /// A shard as an input of the manifest.
    func manifestInput(_ index: Int) -> RunManifest.Input {
        var input = accounts[index].input(of: inputs.shards[index])
        input.corpus = inputs.isRight(index) ? "production" : "training"
        return input
    }

    private func collectSamples(_ comparison: SampleComparison, _ figures: ComparisonFigures) {
        for example in comparison.examples {
            for (rows, side) in [(example.left, figures.left.name), (example.right, figures.right.name)] {
                for number in rows {
                    let row = comparison.sample.rows[number]
                    samples.append(
                        ComparisonSample(
                            feature: example.feature, side: side, shard: inputs.shards[row.shard].name,
                            ordinal: row.ordinal, text: Array(row.text.prefix(Self.shownBytes)),
                            isCut: row.text.count > Self.shownBytes))
                }
            }
        }
    }
}
