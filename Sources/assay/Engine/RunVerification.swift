import Findings
import NearDuplicates
import Reporting
import Shards

/// Whether a run's files, its inputs and a cleaned folder are what the run says.
struct RunVerification {
    /// What one check found.
    struct Finding: Encodable {
        /// `outputs`, `inputs` or `rows`.
        var check: String
        var passed: Bool
        /// What is as it was, or what is not; a line each.
        var lines: [String]
    }

    private let run: StoredRun
    private let progress: Progress

    init(run: StoredRun, progress: Progress) {
        self.run = run
        self.progress = progress
    }

    /// The run's own files against the digests of its manifest.
    ///
    /// - Complexity: O(bytes of the run).
    func outputs() -> Finding {
        let changed = run.manifest.changedOutputs(run: run.path)
        let count = run.manifest.outputs.count
        let lines =
            changed.isEmpty
            ? ["\(Format.count(count, "file")) as the run wrote them"]
            : changed.map { "\($0): missing or changed" }
        return Finding(check: "outputs", passed: changed.isEmpty, lines: lines)
    }

    /// The inputs against the digests that the run read.
    ///
    /// - Throws: `FindingsError` where the run's log cannot be read.
    /// - Complexity: O(bytes of the inputs).
    func inputs() throws -> Finding {
        let log = try RunLog(run: run.path)
        progress.begin("reading inputs", total: run.manifest.inputs.reduce(0) { $0 + $1.bytes })
        var lines: [String] = []
        var unplaced: [String] = []
        for input in run.manifest.inputs {
            let path = log.inputs.first { $0.corpus == input.corpus && $0.name == input.name }?.path
            if let path {
                if let difference = difference(of: input, at: path) {
                    lines.append("\(input.name): \(difference)")
                }
            } else {
                unplaced.append(input.name)
            }
            progress.advance(input.bytes)
        }
        let passed = lines.isEmpty
        if passed {
            let count = run.manifest.inputs.count - unplaced.count
            lines = ["\(Format.count(count, "input")) as the run read them"]
        }
        lines += unplaced.map { "\($0): not checked, the run's log does not say where it lies" }
        return Finding(check: "inputs", passed: passed, lines: lines)
    }

    /// What is not as the run read it.
    private func difference(of input: RunManifest.Input, at path: String) -> String? {
        if input.state == .unreadable { return "the run could not read it" }
        do {
            let shard = try Shard.reopen(name: input.name, path: path, format: run.format)
            // One that could not be read to its end has no digest.
            let isEqual =
                input.state == .complete
                ? try shard.digest() == input.sha256 : Int(shard.byteCount) == input.bytes
            return isEqual ? nil : "changed since the run"
        } catch {
            return Failure.message(of: error) ?? "\(error)"
        }
    }

    /// The trail of decisions: whether each line follows the one before it, and all are of this plan.
    ///
    /// - Returns: `nil` for a run without decisions.
    func decisions() -> Finding? {
        do {
            let trail = try DecisionTrail(run: run.path, plan: run.planDigest)
            if trail.decisions.isEmpty, !trail.hasTornLine { return nil }
            var lines = [
                "\(Format.count(trail.decisions.count, "decision")), an unbroken chain, sha256 \(trail.head)"
            ]
            if trail.hasTornLine { lines.append("a last line without an end: a write was interrupted") }
            if let signOff = trail.signOff {
                lines.append("signed off by \(signOff.reviewer), \(signOff.time)")
            }
            return Finding(check: "decisions", passed: true, lines: lines)
        } catch {
            return Finding(
                check: "decisions", passed: false, lines: [Failure.message(of: error) ?? "\(error)"])
        }
    }

    /// Whether a folder holds exactly the rows that the run keeps, with the decisions on it, under the run's shard names.
    ///
    /// - Throws: `ShardError` for a folder that cannot be read.
    /// - Complexity: O(bytes of the folder's shards).
    func rows(in folder: String, decisions: String?) throws -> Finding {
        let training = run.inputs(of: "training")
        var wanted = try run.keptRows()
        var summary = run.summary
        if let reviewed = try ReviewedRun.find(run, decisions: decisions) {
            var plan = try ApplyPlan(run: run, shards: training.map(\.name))
            try plan.carryOut(try reviewed.session.reviewedPlan(), kept: &wanted)
            summary = try reviewed.session.reviewedSummary()
        }
        let kept = Dictionary(
            summary.shards.map { ($0.name, $0.kept) }, uniquingKeysWith: { first, _ in first })
        let names = Set(training.map(\.name))
        let found = try InputResolver.resolve([folder], format: run.format, spoolFolder: folder).shards
        let root = folder.hasSuffix("/") ? folder : folder + "/"
        var lines: [String] = []
        var digest = RowSetDigest()
        progress.begin("reading rows", total: found.reduce(0) { $0 + Int($1.byteCount) })
        for input in training {
            let path = root + input.name
            guard let shard = try? Shard.reopen(name: input.name, path: path, format: run.format) else {
                if kept[input.name] ?? 0 > 0 { lines.append("\(input.name): missing") }
                continue
            }
            let rows = try add(shard, to: &digest)
            let expected = kept[input.name] ?? rows
            if rows != expected { lines.append("\(input.name): \(rows) rows, the run keeps \(expected)") }
        }
        for shard in found where !names.contains(where: { shard.path == root + $0 }) {
            lines.append("\(shard.name): is no shard of the run")
        }
        let isEqual = digest.hexadecimal == wanted.hexadecimal
        if !isEqual, lines.isEmpty {
            lines.append("as many rows in each shard, but not the same: rowSetDigest \(digest.hexadecimal)")
        }
        let passed = lines.isEmpty
        if passed { lines = ["\(Format.count(digest.rowCount, "row")), exactly those that the run keeps"] }
        return Finding(check: "rows", passed: passed, lines: lines)
    }

    /// - Returns: the rows of the shard.
    private func add(_ shard: Shard, to digest: inout RowSetDigest) throws -> Int {
        let reader = try ShardReader(shard: shard, shardIndex: 0, limits: run.limits, hashes: false)
        let before = digest.rowCount
        while let batch = try reader.next() {
            for row in batch.rows {
                digest.add(shard: shard.name, id: Hash128(of: batch.bytes(of: row)).value)
            }
        }
        progress.advance(Int(shard.byteCount))
        return digest.rowCount - before
    }
}
