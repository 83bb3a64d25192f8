import Findings
import Review

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
    private let shards: [String: Int]

    /// - Parameter shards: names of the run's shards, in their order.
    /// - Throws: `FindingsError`, also where the plan names a shard that the run has not.
    /// - Complexity: O(lines of the plan); removed rows take 48 bytes each.
    init(run: StoredRun, shards: [String]) throws {
        try run.check(.plan)
        let path = "\(run.path)/\(RunFile.plan.name)"
        let numbers = Dictionary(shards.enumerated().map { ($1, $0) }) { first, _ in first }
        lines = Array(repeating: [], count: shards.count)
        self.shards = numbers
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

    /// Carries decisions out: their rows are removed, or no longer so.
    ///
    /// - Parameter kept: the digest of the rows that the plan keeps; of those that stay afterwards.
    /// - Throws: `UsageError` where decisions and plan are not of one run.
    mutating func carryOut(_ decided: ReviewedPlan, kept: inout RowSetDigest) throws {
        func wrong(_ shard: String, _ ordinal: Int) -> UsageError {
            UsageError(
                "\(shard):\(ordinal): decisions and plan do not agree on the row; scan the corpus again")
        }
        for row in decided.restored {
            guard let shard = shards[row.shard],
                let place = lines[shard].firstIndex(where: { $0.ordinal == row.ordinal && !$0.isQuarantine })
            else { throw wrong(row.shard, row.ordinal) }
            kept.add(shard: row.shard, id: lines[shard].remove(at: place).id)
        }
        for row in decided.added {
            let reference = row.reference
            guard let shard = shards[reference.shard], let id = UInt128(reference.id, radix: 16) else {
                throw wrong(reference.shard, reference.ordinal)
            }
            let place =
                lines[shard].firstIndex { $0.ordinal >= reference.ordinal } ?? lines[shard].count
            if lines[shard].indices.contains(place), lines[shard][place].ordinal == reference.ordinal {
                throw wrong(reference.shard, reference.ordinal)
            }
            lines[shard].insert(Line(ordinal: reference.ordinal, id: id, isQuarantine: false), at: place)
            kept.remove(shard: reference.shard, id: id)
        }
    }
}
