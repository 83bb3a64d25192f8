import Findings

/// A run's plan by shard, for reading alone.
struct ApplyPlan: Sendable {
    /// A row that is not written, in order of ordinals.
    struct Line: Sendable {
        var ordinal: Int
        var id: UInt128
        var isQuarantine: Bool
    }

    /// A list a shard, in the order of the run's shards.
    private(set) var lines: [[Line]]

    /// - Parameter shards: names of the run's shards, in their order.
    /// - Throws: `FindingsError`, also where the plan names a shard that the run has not.
    /// - Complexity: O(lines of the plan); removed rows take 48 bytes each.
    init(run: StoredRun, shards: [String]) throws {
        try run.check(.plan)
        let path = "\(run.path)/\(RunFile.plan.name)"
        let numbers = Dictionary(shards.enumerated().map { ($1, $0) }) { first, _ in first }
        lines = Array(repeating: [], count: shards.count)
        let reader = try PlanReader(path: path, shards: shards)
        while let line = try reader.next() {
            guard let shard = numbers[line.shard] else {
                throw FindingsError(
                    .damaged, "the plan names a shard that run.json has not; scan the corpus again",
                    place: path)
            }
            if line.action == .spare { continue }
            lines[shard].append(
                Line(ordinal: line.ordinal, id: line.id, isQuarantine: line.action == .quarantine))
        }
    }
}
