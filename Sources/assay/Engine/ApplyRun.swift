import Dispatch
import Findings
import Glibc
import Reporting
import Shards
import Synchronization

/// One `apply`: checks everything that can be checked first, then writes the kept rows of every shard.
final class ApplyRun {
    struct Request {
        var run: String
        var out: String
        var accepted: Set<Acceptance>
        /// `nil`: as in the run.
        var maximumBadRows: Int?
        /// A folder that holds the shards by their names.
        var inputs: String?
        var threads: Int
        /// Decisions of an earlier run, in place of the run's own.
        var decisions: String?
        var requiresSignOff = false
        var progress: Progress
    }

    private let request: Request
    private let run: StoredRun
    private let training: [RunManifest.Input]

    init(_ request: Request) throws {
        self.request = request
        run = try StoredRun(request.run)
        training = run.inputs(of: "training")
    }

    /// - Throws: `UsageError` for a refusal, `FindingsError`, `ShardError`; nothing is left of the output then.
    func perform() throws -> ApplyResult {
        let reviewed = try ReviewedRun.find(run, decisions: request.decisions)
        if request.requiresSignOff { try requireSignOff(reviewed?.trail) }
        var refusals = Refusals()
        refusals.add(
            run, gates: try reviewed?.session.reviewedSummary().gates ?? run.summary.gates,
            maximumBadRows: request.maximumBadRows ?? run.maximumBadRows, unless: request.accepted)
        try refuse(refusals)
        try OutputFolder.checkFree(request.out)
        var plan = try ApplyPlan(run: run, shards: training.map(\.name))
        var kept = try run.keptRows()
        let decided = try reviewed?.session.reviewedPlan()
        if let decided { try plan.carryOut(decided, kept: &kept) }
        let inputs = try ApplyInputs(run: run, folder: request.inputs, progress: request.progress)
        for name in inputs.changedNames {
            refusals.add(.changedInput, "\(name) has changed since the run", unless: request.accepted)
        }
        try refuse(refusals)
        if inputs.hasChanges, let decided, decided.added.contains(where: { $0.rule == "keeper" }) {
            throw UsageError(
                "\(run.path): decisions made other rows keepers, and inputs have changed since: whether a keeper still "
                    + "stands cannot be told; scan the changed corpus and carry the decisions over by --decisions"
            )
        }
        let folder = try OutputFolder(request.out)
        defer { folder.cancel() }
        let restored = try inputs.hasChanges ? RestoredRows(run: run, inputs: inputs).ordinals : [:]
        let written = try write(plan, inputs: inputs, restored: restored, folder: folder)
        let result = try ApplyResult(
            run: run, out: folder.path, shards: written, inputs: inputs, kept: kept,
            decisions: reviewed.map { DecisionAccount($0, decided) })
        try folder.commit()
        request.progress.end()
        return result
    }

    private func requireSignOff(_ trail: DecisionTrail?) throws {
        guard trail?.signOff == nil else { return }
        let reason =
            trail?.decisions.contains { $0.action == .signOff } ?? false
            ? "decisions were made after the last sign-off" : "nobody has signed off"
        throw UsageError(
            "\(run.path): not applied: \(reason); to sign off: assay review \(Format.shellWord(run.path)) --sign-off "
                + "\"what you looked at\"")
    }

    /// One line with every reason and what to type to apply all the same.
    private func refuse(_ refusals: Refusals) throws {
        guard !refusals.isEmpty else { return }
        let words = request.accepted.map(\.word) + refusals.words.map(\.word)
        let command =
            "assay apply \(Format.shellWord(run.path)) --out \(Format.shellWord(request.out)) --accept "
            + words.sorted().joined(separator: " ")
        throw UsageError(
            "\(run.path): not applied: \(refusals.reasons.joined(separator: "; ")); to apply it all the same: \(command)"
        )
    }

    private func write(
        _ plan: ApplyPlan, inputs: ApplyInputs, restored: [Int: Set<Int>], folder: OutputFolder
    ) throws -> [AppliedShard] {
        let jobs = try training.indices.map { index in
            ShardJob(
                input: training[index], shard: inputs.shards[index], isChanged: inputs.isChanged[index],
                lines: plan.lines[index], restored: restored[index] ?? [],
                path: try folder.place(of: training[index].name), limits: run.limits)
        }
        request.progress.begin("writing", total: jobs.reduce(0) { $0 + $1.input.bytes })
        let next = Atomic<Int>(0)
        let failure = Mutex<(any Error)?>(nil)
        let results = Mutex([AppliedShard?](repeating: nil, count: jobs.count))
        let progress = request.progress
        DispatchQueue.concurrentPerform(iterations: min(request.threads, jobs.count)) { _ in
            while failure.withLock({ $0 == nil }) {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < jobs.count else { return }
                do {
                    let applied = try jobs[index].perform()
                    results.withLock { $0[index] = applied }
                    progress.advance(jobs[index].input.bytes)
                } catch {
                    failure.withLock { if $0 == nil { $0 = error } }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return results.withLock { $0.compactMap { $0 } }
    }
}
