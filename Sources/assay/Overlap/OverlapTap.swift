import Corpus
import EvalOverlap
import Findings
import Shards

/// The overlap engine inside a scan: it looks at the rows of the other detector's first pass, so that they are read
/// and mapped once, and reads the candidates again afterwards.
final class OverlapTap {
    let index: EvalIndex
    let reader: EvalReader
    private let options: EvalOptions
    private let slices: [String]
    private let own: SelfShards
    private var surveyors: [OverlapSurveyor] = []
    private var candidates: [[Bool]]
    private var sliceRows: [[String: Int]]
    private(set) var samples: [OverlapSample] = []

    /// What one batch gives.
    struct Output {
        var candidates: [Bool] = []
        var slices: [UInt8] = []
    }

    /// - Throws: `UsageError`, `ShardError`, `TextFormsError`.
    init(_ options: EvalOptions, inputs: InputSet, slices: [String], spoolFolder: String, threads: Int)
        throws
    {
        self.options = options
        self.slices = slices
        reader = try EvalReader(options, limits: inputs.limits, spoolFolder: spoolFolder)
        index = try EvalIndex(reader.sets, threads: threads)
        own = try SelfShards(inputs, reader)
        candidates = Array(repeating: [], count: inputs.shards.count)
        sliceRows = Array(repeating: [:], count: slices.count)
    }

    /// A thread's own part; all are asked for before the pass.
    func makeSurveyor() throws -> OverlapSurveyor {
        let made = try OverlapSurveyor(index)
        surveyors.append(made)
        return made
    }

    /// Looks at the row mapped last; called by the thread that owns the surveyor.
    func add(_ mapper: RowMapper, shard: Int, with surveyor: OverlapSurveyor, to output: inout Output) {
        output.slices += mapper.sliceValues
        let isLeftOut = own.setOfShard[shard] != nil
        output.candidates.append(!isLeftOut && mapper.withRowText { surveyor.add($0) })
    }

    /// Takes what a batch gave, in order within a shard; one thread at a time.
    func take(_ output: Output, shard: Int) {
        candidates[shard] += output.candidates
        for item in SliceSet.values(of: output.slices) where item.dimension < sliceRows.count {
            sliceRows[item.dimension][item.value, default: 0] += 1
        }
    }

    /// Decides, reads the candidates again and writes what they come to.
    ///
    /// - Returns: the figures, and each file with its digest.
    /// - Throws: as `OverlapEvidenceStage.run`.
    func finish(
        _ folder: RunFolder, store: RunStoreWriter, inputs: InputSet, accounts: [ShardAccount],
        holdsRaw: Bool,
        threads: Int, progress: Progress
    ) throws -> (figures: EvalOverlapFigures, digests: [(file: RunFile, digest: FileDigest)]) {
        var counts = OverlapCounts(index)
        for surveyor in surveyors { counts.merge(surveyor.counts) }
        let decision = OverlapDecision(index, counts)
        let training = inputs.training
        let survey = OverlapSurvey(
            accounts: Array(accounts.prefix(training.shards.count)), candidates: candidates,
            sliceRows: sliceRows)
        let evidence = OverlapEvidenceStage(
            inputs: training, survey: survey, decision: decision, planned: [], holdsRaw: holdsRaw,
            slices: slices,
            threads: threads, progress: progress)
        let outputs = try OverlapOutputs(folder: folder, threads: threads, shared: store)
        try evidence.run { try outputs.write($0) }
        samples = evidence.samples
        let power = try OverlapPower(decision).measure(options.plant)
        let figures = OverlapSummary(
            inputs: training, survey: survey, evidence: evidence, own: own, slices: slices, power: power
        ).overlap()
        return (figures, try outputs.finish(evidence, inputs: training))
    }
}

extension InputSet {
    /// The training shards alone.
    var training: InputSet {
        var copy = self
        copy.shards = Array(shards.prefix(trainingCount))
        copy.mappings = Array(mappings.prefix(trainingCount))
        return copy
    }
}

extension EvalReader {
    /// The eval files as inputs of a manifest.
    var manifestInputs: [RunManifest.Input] {
        sources.map { source in
            var input = RunManifest.Input()
            input.corpus = "\(source.isControl ? "control" : "eval"):\(source.set)"
            input.name = source.shard?.name ?? String(source.path.split(separator: "/").last ?? "")
            input.bytes = source.bytes
            input.sha256 = source.sha256
            input.rows = source.items
            return input
        }
    }
}
