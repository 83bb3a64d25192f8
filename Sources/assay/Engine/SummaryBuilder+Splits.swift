import Findings

extension SummaryBuilder {
    /// Notes of the splits that training rows overlap, at the first shard of each.
    func addSplitOverlap(to summary: inout RunSummary) {
        let overlap = SplitOverlap(
            splits: inputs.splits, inputs: inputs, accounts: accounts, decision: decision)
        for finding in overlap.findings {
            summary.shards[finding.shard].notes.append(
                SplitOverlap.text(finding, threshold: configuration.threshold))
        }
    }
}
