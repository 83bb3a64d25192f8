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
        try refuseDecisions()
        var refusals = Refusals()
        refusals.add(
            run, maximumBadRows: request.maximumBadRows ?? run.maximumBadRows, unless: request.accepted)
        try refuse(refusals)
        try OutputFolder.checkFree(request.out)
        let plan = try ApplyPlan(run: run, shards: training.map(\.name))
        let inputs = try ApplyInputs(run: run, folder: request.inputs, progress: request.progress)
        for name in inputs.changedNames {
            refusals.add(.changedInput, "\(name) has changed since the run", unless: request.accepted)
        }
        try refuse(refusals)
        let folder = try OutputFolder(request.out)
        defer { folder.cancel() }
        let restored = try inputs.hasChanges ? RestoredRows(run: run, inputs: inputs).ordinals : [:]
        let written = try write(plan, inputs: inputs, restored: restored, folder: folder)
        let result = try ApplyResult(run: run, out: folder.path, shards: written, inputs: inputs)
        try folder.commit()
        request.progress.end()
        return result
    }

    private func refuseDecisions() throws {
        var status = stat()
        let path = "\(run.path)/\(RunFile.decisions.name)"
        guard lstat(path, &status) != 0 else {
            throw UsageError(
                "\(path): decisions are not supported by this version; move the file away to apply the plan as it is"
            )
        }
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
