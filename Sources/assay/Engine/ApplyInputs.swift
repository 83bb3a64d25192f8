import Findings
import Shards

/// The shards of a run, found again and held against its digests.
struct ApplyInputs {
    /// Training shards, in the run's order; `nil` for one of which the run could read nothing.
    let shards: [Shard?]
    let isChanged: [Bool]
    /// Shards of `--against` corpora, by name.
    let against: [String: Shard]
    private let changedTraining: [String]
    private let changedAgainst: [String]

    /// Reads every input whole.
    ///
    /// - Parameter folder: where the training shards lie by their names; `nil` for the run's own paths.
    /// - Throws: `ShardError` for a shard that is not there; `FindingsError`.
    /// - Complexity: O(bytes of the inputs).
    init(run: StoredRun, folder: String?, progress: Progress) throws {
        let log = try RunLog(run: run.path)
        let training = run.inputs(of: "training")
        let others = run.inputs(of: "against")
        progress.begin("checking inputs", total: run.manifest.inputs.reduce(0) { $0 + $1.bytes })
        func open(_ input: RunManifest.Input) throws -> Shard {
            let logged = log.inputs.first { $0.corpus == input.corpus && $0.name == input.name }?.path
            let moved = input.corpus == "training" ? folder.map { "\($0)/\(input.name)" } : nil
            return try Shard.reopen(name: input.name, path: moved ?? logged ?? input.name, format: run.format)
        }
        func hasChanged(_ input: RunManifest.Input, _ shard: Shard) throws -> Bool {
            defer { progress.advance(input.bytes) }
            // A shard that could not be read to its end has no digest.
            if input.state != .complete { return Int(shard.byteCount) != input.bytes }
            return try shard.digest() != input.sha256
        }
        shards = try training.map { $0.state == .unreadable ? nil : try open($0) }
        isChanged = try zip(training, shards).map { input, shard in
            try shard.map { try hasChanged(input, $0) } ?? false
        }
        let opened = try others.filter { $0.state != .unreadable }.map { ($0, try open($0)) }
        against = Dictionary(opened.map { ($0.0.name, $0.1) }) { first, _ in first }
        changedAgainst = try opened.filter { try hasChanged($0.0, $0.1) }.map { $0.0.name }
        changedTraining = zip(training, isChanged).filter { $0.1 }.map { $0.0.name }
    }

    var changedNames: [String] { changedTraining + changedAgainst }

    func isChangedAgainst(_ name: String) -> Bool { changedAgainst.contains(name) }

    var hasChanges: Bool { !changedNames.isEmpty }
}
