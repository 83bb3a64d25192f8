import Corpus
import Findings

/// What the decisions come to, kept in step with each of them.
extension ReviewSession {
    /// Clusters whose figures a decision may change.
    func affected(by decision: Decision) -> [Int] {
        var clusters = Set<Int>()
        if let keeper = decision.keeper, let cluster = state.cluster(ofKeeper: keeper) {
            clusters.insert(cluster)
        }
        for row in decision.rows ?? [] { clusters.formUnion(state.clusters(holding: row)) }
        return clusters.sorted()
    }

    func rebuildBoard() {
        board = SliceBoard(scope.summary.nearDuplicates.slices, table)
        for cluster in state.changedClusters { countChanges(cluster, 1) }
        countTaken(1)
        for cluster in table.clusters.indices where state.status(ofCluster: cluster) != .open {
            countOpen(cluster, -1)
        }
    }

    func count(_ cluster: Int, _ sign: Int) {
        countChanges(cluster, sign)
        if state.status(ofCluster: cluster) != .open { countOpen(cluster, -sign) }
    }

    /// What a cluster's outcome changes of the slices' rows, added or taken away.
    private func countChanges(_ cluster: Int, _ sign: Int) {
        let outcome = state.outcome(ofCluster: cluster)
        for place in outcome.restored { board.add(-sign, removal: table.removals[place]) }
        if outcome.formerKeeper != nil {
            let keeper = table.clusters[cluster]
            let slices = (try? rows.slices(of: .keeper(keeper))) ?? nil
            board.add(sign, slices: slices ?? [], shard: keeper.keeperShard)
        }
    }

    /// Rows that leave for an eval item's sake and that the plan keeps.
    func countTaken(_ sign: Int) {
        for row in state.takenRows.keys where table.removal(ofRow: row) == nil {
            guard let held = state.reviewedRow(row) else { continue }
            let (shard, slices) =
                takenSlices[row] ?? (held.shard, (try? rows.slices(of: held.row)) ?? nil ?? [])
            takenSlices[row] = (shard, slices)
            board.add(sign, slices: slices, shard: shard)
        }
    }

    private func countOpen(_ cluster: Int, _ change: Int) {
        for place in table.members(ofCluster: cluster) {
            board.addOpen(change, removal: table.removals[Int(place)])
        }
    }

    /// The audit so far: the one at hand, else the last one of the trail; `nil` where there was none.
    package var auditFigure: AuditFigure? {
        let drawn = auditSize == nil ? trail.standing.last { $0.audit != nil }?.audit : order.count
        guard let drawn else { return nil }
        let sample =
            auditSize == nil ? AuditSample(table, count: drawn, plan: scope.plan).clusters : order
        let judged = sample.filter { state.status(ofCluster: Int($0)) != .open }
        return AuditFigure(
            audited: judged.count, drawn: sample.count, clusters: table.clusters.count,
            wrong: judged.count { state.status(ofCluster: Int($0)) == .changed })
    }

    /// How much of the run has been decided, copies included.
    package var progress: ReviewProgress {
        ReviewProgress(
            clusters: table.clusters.count, decidedClusters: state.decidedClusters,
            findings: table.overlaps.count, decidedFindings: table.overlaps.count { state.isDecided($0) })
    }

    /// The plan with all decisions.
    ///
    /// - Throws: `FindingsError` of reading rows.
    package func reviewedPlan() throws -> ReviewedPlan {
        try ReviewedPlan(state, rows: rows, plannedVerdicts: scope.plannedVerdicts)
    }

    /// The run's figures with all decisions, and its gates judged by them.
    ///
    /// - Parameter gates: in place of the run's own.
    /// - Throws: `FindingsError`.
    package func reviewedSummary(gates: [Gate]? = nil) throws -> RunSummary {
        var summary = scope.summary.reviewed(try reviewedPlan(), board, table)
        summary.gates = try (gates ?? scope.gates).flatMap { try $0.judge(summary) }
        return summary
    }
}
