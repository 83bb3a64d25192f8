import Findings
import Reporting

/// What an `apply` came to.
struct ApplyResult {
    let out: String
    let shards: [AppliedShard]
    let rowSetDigest: String
    let planSHA256: String
    let hasChanges: Bool

    /// - Throws: `UsageError` where the rows written are not the rows that the run kept.
    init(run: StoredRun, out: String, shards: [AppliedShard], inputs: ApplyInputs) throws {
        self.out = out
        self.shards = shards
        hasChanges = inputs.hasChanges
        var kept = RowSetDigest()
        for shard in shards { kept.merge(shard.kept) }
        rowSetDigest = kept.hexadecimal
        planSHA256 = run.manifest.digest(of: .plan)?.sha256 ?? ""
        guard hasChanges || rowSetDigest == run.manifest.rowSetDigest.kept else {
            throw UsageError(
                "\(run.path): the rows written are not those that the run kept; scan the corpus again")
        }
    }
}
