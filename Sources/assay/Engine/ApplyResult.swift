import Findings
import Reporting

/// What an `apply` came to.
struct ApplyResult {
    let out: String
    let shards: [AppliedShard]
    let rowSetDigest: String
    let planSHA256: String
    let hasChanges: Bool
    /// What reviewers decided; `nil` for a run without decisions.
    let decisions: DecisionAccount?

    /// - Parameter kept: the rows that the run keeps, with the decisions on it.
    /// - Throws: `UsageError` where other rows were written.
    init(
        run: StoredRun, out: String, shards: [AppliedShard], inputs: ApplyInputs, kept expected: RowSetDigest,
        decisions: DecisionAccount?
    ) throws {
        self.decisions = decisions
        self.out = out
        self.shards = shards
        hasChanges = inputs.hasChanges
        var kept = RowSetDigest()
        for shard in shards { kept.merge(shard.kept) }
        rowSetDigest = kept.hexadecimal
        planSHA256 = run.manifest.digest(of: .plan)?.sha256 ?? ""
        guard hasChanges || rowSetDigest == expected.hexadecimal else {
            throw UsageError(
                "\(run.path): the rows written are not those that the run kept; scan the corpus again")
        }
    }
}
