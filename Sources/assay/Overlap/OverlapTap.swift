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
    private let doorOptions: DoorOptions
    private let slices: [String]
    private let own: SelfShards
    private let doors: RowDoors
    private let key: IdentityKey?
    private let rubric: RubricReader?
    private let results: ResultsDoor
    private var looks: [Look] = []
    private var doorRows = DoorRows()
    private var candidates: [[Bool]]
    private var sliceRows: [[String: Int]]
    private(set) var samples: [OverlapSample] = []
    /// What was not searched, and what the lists leave out.
    private var bounds: [String] = []

    /// What one batch gives.
    struct Output {
        var candidates: [Bool] = []
        var slices: [UInt8] = []
        var watched = RowWatch.Output()
    }

    /// A thread's own part.
    struct Look {
        let surveyor: OverlapSurveyor
        /// For shards that are an eval set: its counts are not used.
        let aside: OverlapSurveyor?
        let watch: RowWatch
    }

    /// What a scan is asked about eval sets.
    struct Request {
        var eval: EvalOptions
        var doors: DoorOptions
        var rubric: RubricOptions
    }

    /// - Throws: `UsageError`, `ShardError`, `TextFormsError`.
    init(_ request: Request, inputs: InputSet, slices: [String], spoolFolder: String, threads: Int) throws {
        options = request.eval
        doorOptions = request.doors
        self.slices = slices
        key = try request.doors.key()
        reader = try EvalReader(
            options, limits: inputs.limits, spoolFolder: spoolFolder, identities: request.doors.identities)
        rubric = try RubricReader(request.rubric, limits: inputs.limits, spoolFolder: spoolFolder)
        results = try ResultsDoor(options, sets: reader.sets, limits: inputs.limits)
        doors = try request.doors.doors(reader.sets)
        try request.doors.check(doors)
        index = try EvalIndex(reader.sets, threads: threads)
        own = try SelfShards(inputs.training, reader, threads: threads)
        candidates = Array(repeating: [], count: inputs.shards.count)
        sliceRows = Array(repeating: [:], count: slices.count)
    }

    /// A thread's own part; all are asked for before the pass.
    func makeLook() throws -> Look {
        let made = Look(
            surveyor: try OverlapSurveyor(index),
            aside: try own.setsOfShard.isEmpty ? nil : OverlapSurveyor(index),
            watch: RowWatch(doors, cues: rubric?.phrases))
        looks.append(made)
        return made
    }

    /// Looks at the row mapped last; called by the thread that owns the look.
    func add(_ node: JSONNode, _ mapper: RowMapper, shard: Int, with look: Look, to output: inout Output) {
        output.slices += mapper.sliceValues
        let isLeftOut = own.setsOfShard[shard] != nil
        output.candidates.append(
            mapper.withRowText { row in
                if isLeftOut { return look.aside?.add(row) ?? false }
                let isCandidate = look.surveyor.add(row)
                look.watch.add(
                    node, row, look.surveyor.text, number: output.candidates.count, to: &output.watched)
                return isCandidate
            })
    }

    /// Takes what a batch gave, in order within a shard; one thread at a time.
    func take(_ output: Output, shard: Int) {
        guard shard < candidates.count else { return }
        doorRows.take(output.watched, shard: shard, first: candidates[shard].count)
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
        clusters: RowClusters, holdsRaw: Bool, threads: Int, progress: Progress
    ) throws -> (figures: EvalOverlapFigures, digests: [(file: RunFile, digest: FileDigest)]) {
        var counts = OverlapCounts(index)
        for look in looks { counts.merge(look.surveyor.counts) }
        var cues = rubric.map { CueCounts($0.phrases) }
        for look in looks { if let own = look.watch.cues { cues?.merge(own.counts) } }
        try doorOptions.check(doorRows, rows: counts.rows)
        let decision = OverlapDecision(index, counts)
        let training = inputs.training
        let survey = OverlapSurvey(
            accounts: Array(accounts.prefix(training.shards.count)), candidates: candidates,
            sliceRows: sliceRows, doorRows: doorRows, cues: cues)
        let evidence = OverlapEvidenceStage(
            inputs: training, survey: survey, decision: decision, own: own, planned: [], holdsRaw: holdsRaw,
            slices: slices, doors: doors, findsLikeness: false, threads: threads, progress: progress)
        let outputs = try OverlapOutputs(folder: folder, threads: threads, shared: store)
        try evidence.run(frames: outputs.frames) { try outputs.write($0) }
        samples = evidence.samples
        bounds = counts.notes + evidence.tally.notes
        let power = try OverlapPower(decision).measure(options.plant, threads: threads)
        var figures = OverlapSummary(
            inputs: training, survey: survey, evidence: evidence, own: own, slices: slices, power: power,
            reader: reader, rubric: rubric
        ).overlap()
        let found = DoorFigures(doors: doors, evidence: evidence, key: key, clusters: clusters)
        figures.doors = found.lines + results.figures(evidence.tally, decision)
        let digests = try outputs.finish(
            evidence, inputs: training, figures: figures, joins: found.joins, quarantined: reader.quarantined)
        return (figures, digests)
    }
}

extension OverlapTap {
    /// Eval sets, rubrics and baselines as inputs of a manifest.
    var logInputs: [RunLog.Input] { reader.logInputs }
    var manifestInputs: [RunManifest.Input] {
        reader.manifestInputs + (rubric?.sources ?? []) + results.sources
    }

    var notes: [String] { reader.notes + (rubric?.notes ?? []) + results.notes + bounds }
}
