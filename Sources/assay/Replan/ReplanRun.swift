import Findings
import Glibc
import Reporting

/// Makes a whole new run folder from a stored run and a higher threshold.
final class ReplanRun {
    private let from: String
    private let thresholdMillionths: Int
    private let gates: [Gate]
    private let options: RunOptions
    private let source: StoredRun
    private let store: RunStore
    private let started = ProcessFacts.now()

    private var manifest: RunManifest { source.manifest }
    private var old: RunSummary { source.summary }
    private var threshold: Double { Double(thresholdMillionths) / 1e6 }
    private var holdsRaw: Bool { !options.noRaw && manifest.configuration["raw"] != .bool(false) }

    /// - Throws: `FindingsError` for a folder that is no run; `UsageError` for a threshold below the run's, and for
    ///   a run whose files were changed.
    init(from: String, thresholdMillionths: Int, gates: [Gate], options: RunOptions) throws {
        self.from = from
        self.thresholdMillionths = thresholdMillionths
        self.gates = gates
        self.options = options
        source = try StoredRun(from)
        guard ["dedup", "scan"].contains(source.manifest.command) else {
            throw UsageError(
                "--from: \(from) is a run of \(source.manifest.command), without duplicates; name one of dedup or scan"
            )
        }
        store = try RunStore(run: from)
        let runThreshold = old.nearDuplicates.threshold
        guard Double(thresholdMillionths) / 1e6 >= runThreshold else {
            throw UsageError(
                "--threshold: \(Format.plain(Double(thresholdMillionths) / 1e6)) is below the run's "
                    + "\(Format.plain(runThreshold)), whose pairs are all that is stored; scan the corpus again"
            )
        }
        let changed = manifest.changedOutputs(run: from)
        guard changed.isEmpty else {
            throw UsageError(
                "\(from): \(changed.joined(separator: ", ")) changed since the run was written; scan the corpus again"
            )
        }
    }

    /// - Returns: what there is to report, with the number of freed rows and the command of the full scan.
    /// - Throws: `FindingsError`, `UsageError`.
    func perform() throws -> (result: DedupRun.Result, closing: String) {
        let folder = try RunFolder(folderName(), force: options.force, processID: getpid())
        Cleanup.register(folder.partialPath)
        defer { Cleanup.unregister(folder.partialPath) }
        var removals: [RemovalRecord] = []
        try store.forEachRemoval { removals.append($0) }
        var decision = ReplanDecision(removals, threshold: threshold)
        try decision.joinCopies(
            lines: try CasualtyLines(run: from, store: store),
            rows: try MappedRows(run: from, manifest: manifest))
        let files = ReplanFiles(
            run: from, store: store, decision: decision, threshold: threshold, holdsRaw: holdsRaw)
        let summary = try write(folder, decision, files)
        let notes = notes()
        try writeLog(folder, notes: notes)
        let path = try folder.commit()
        let result = DedupRun.Result(path: path, summary: summary, groups: groups(), notes: notes)
        return (result, closing(freed: decision.freedCount))
    }

    private func write(_ folder: RunFolder, _ decision: ReplanDecision, _ files: ReplanFiles) throws
        -> RunSummary
    {
        let shards = try store.shards()
        let slices = try store.slices()
        let rules = try store.rules()
        let target = try RunStoreWriter(path: folder.path(of: .store), rules: rules)
        try target.addShards(shards)
        try target.addSlices(values: slices.values, sets: slices.sets)
        var digests = try files.write(to: folder, target)
        var summary = ReplanSummary(
            old: old, shards: shards, slices: slices, decision: decision, files: files, threshold: threshold,
            sparedClasses: names(in: "spared"), rules: rules,
            splits: PublishedSplits(configuration: manifest.configuration)
        ).build()
        let judged = try effectiveGates()
        summary.gates = try judged.flatMap { try $0.judge(summary) }
        summary.causes = ExitCause.all(in: summary, maximumBadRows: maximumBadRows)
        try target.addLosses(slices: summary.nearDuplicates.slices, terms: [])
        try copyPairs(to: target)
        try target.finish()
        digests.append((.store, try FileDigest(ofFile: folder.path(of: .store))))
        digests.append((.summary, try folder.write(try summary.encoded(), to: .summary)))
        try writeManifest(folder, files, digests, gates: judged)
        return summary
    }

    private func copyPairs(to target: RunStoreWriter) throws {
        var pairs: [PairRecord] = []
        try store.forEachPair { pair in
            guard pair.similarity >= threshold else { return }
            pairs.append(pair)
            if pairs.count == 50_000 {
                try target.appendPairs(pairs)
                pairs = []
            }
        }
        try target.appendPairs(pairs)
    }

    private func writeManifest(
        _ folder: RunFolder, _ files: ReplanFiles,
        _ digests: [(file: RunFile, digest: FileDigest)], gates: [Gate]
    ) throws {
        var fresh = manifest
        guard case .object(var configuration) = manifest.configuration,
            var kept = RowSetDigest(hexadecimal: manifest.rowSetDigest.kept, rowCount: 0)
        else { throw FindingsError(.damaged, "is not what this version writes; scan again", place: from) }
        configuration["from"] = .object([
            "run": .string(Self.baseName(from)), "threshold": .decimal(old.nearDuplicates.threshold),
            "plan": .string(manifest.digest(of: .plan)?.sha256 ?? ""),
        ])
        configuration["threshold"] = .decimal(threshold)
        configuration["gates"] = EffectiveConfiguration.gates(gates)
        configuration["raw"] = .bool(holdsRaw)
        configuration["maxBadRows"] = .integer(maximumBadRows)
        fresh.configuration = .object(configuration)
        fresh.tool.version = Version.tool
        fresh.outputs = digests.map { RunManifest.Output(name: $0.file.name, digest: $0.digest) }
        for (shard, id) in files.freedIDs { kept.add(shard: shard, id: id) }
        fresh.rowSetDigest.kept = kept.hexadecimal
        fresh.rowSetDigest.removed = files.removed.hexadecimal
        try RunEnd.write(fresh, to: folder)
    }

    private func writeLog(_ folder: RunFolder, notes: [String]) throws {
        var log = RunLog()
        log.arguments = CommandLine.arguments
        log.workingFolder = ProcessFacts.workingFolder()
        log.host = ProcessFacts.hostName()
        log.started = started
        log.finished = ProcessFacts.now()
        log.threads = 1
        log.peakMemory = ProcessFacts.peakMemory()
        log.inputs = (try? RunLog(run: from))?.inputs ?? []
        log.notes = notes
        try folder.write(try log.encoded(), to: .log)
    }

    // MARK: Configuration

    private func folderName() -> RunFolder.Name {
        if let out = options.out { return .path(out) }
        let base = Self.baseName(from)
        return .automatic(
            parent: RunFolder.defaultParent, verb: "dedup",
            firstShard: base.hasPrefix("dedup-") ? String(base.dropFirst(6)) : base)
    }

    private static func baseName(_ path: String) -> String {
        String(path.split(separator: "/").last ?? "run")
    }

    private func names(in key: String) -> Set<String> {
        guard case .array(let values)? = manifest.configuration[key] else { return [] }
        return Set(values.compactMap(\.string))
    }

    private var maximumBadRows: Int { max(options.maxBadRows, source.maximumBadRows) }

    /// The run's gates, with those that were named anew in their place.
    private func effectiveGates() throws -> [Gate] {
        let former = try source.gates().filter { old in
            !gates.contains { $0.name == old.name && $0.slice == old.slice }
        }
        return former + gates
    }

    private func groups() -> [(mapping: String, shards: Int)] {
        let mappings = MappingRecord.mappings(in: manifest.configuration) ?? []
        var order: [String] = []
        var counts: [String: Int] = [:]
        for (mapping, input) in zip(mappings, manifest.inputs) where input.corpus == "training" {
            if counts[mapping.summary] == nil { order.append(mapping.summary) }
            counts[mapping.summary, default: 0] += 1
        }
        return order.map { ($0, counts[$0] ?? 0) }
    }

    // MARK: Words

    private func notes() -> [String] {
        var notes = [
            "planned from \(from) (threshold \(Format.plain(old.nearDuplicates.threshold))) without a scan; losses of "
                + "terms and q are left out, distinct texts are counted from the removed rows"
        ]
        if let note = DedupRun.noteOnLeftOutText(old) { notes.append(note) }
        if access("\(from)/\(RunFile.decisions.name)", F_OK) == 0 {
            notes.append(
                "decisions on \(from) are not carried over; to do so: assay review RUN --decisions \(from)/\(RunFile.decisions.name)"
            )
        }
        return notes
    }

    private func closing(freed: Int) -> String {
        guard freed > 0 else {
            return "No row was freed: all pairs reach \(Format.plain(threshold))."
        }
        return
            "\(Format.count(freed, "row")) freed: no kept row matches them at \(Format.plain(threshold)); they were "
            + "not compared with each other. The full scan: \(scanCommand())"
    }

    /// The run's own command with the new threshold.
    private func scanCommand() -> String {
        guard let log = try? RunLog(run: from), log.arguments.count > 1 else {
            return "assay dedup INPUT --threshold \(Format.plain(threshold))"
        }
        var words = ["assay"]
        var skips = 0
        for word in log.arguments.dropFirst() {
            if skips > 0 {
                skips -= 1
            } else if ["--threshold", "--out"].contains(word) {
                skips = 1
            } else if !word.hasPrefix("--threshold="), !word.hasPrefix("--out="), word != "--force" {
                words.append(word)
            }
        }
        words += ["--threshold", Format.plain(threshold)]
        let command = words.map(Format.shellWord).joined(separator: " ")
        let isHere = log.workingFolder == ProcessFacts.workingFolder()
        return isHere ? command : "cd \(Format.shellWord(log.workingFolder)) && \(command)"
    }
}
