import Corpus
import Findings

extension ReviewSession {
    /// Members of a cluster that are shown at once.
    package static let membersShown = 20
    /// Slices that are shown.
    static let slicesShown = 40

    /// - Throws: `ReviewError`, `FindingsError`.
    package func clusterView(place: Int, from: Int) throws -> ReviewViews.Cluster {
        guard order.indices.contains(place) else { throw ReviewError.noSuchRow }
        let cluster = Int(order[place])
        let record = table.clusters[cluster]
        let outcome = state.outcome(ofCluster: cluster)
        let keeper = state.row(outcome.keeper, in: cluster)
        let members = table.members(ofCluster: cluster).map { Int($0) }
        let shown = members.dropFirst(max(0, from)).prefix(Self.membersShown)
        let keeperStays =
            table.isAgainst(cluster: cluster) ? ReviewError.keeperOfAnotherCorpus.description : nil
        return ReviewViews.Cluster(
            place: place, count: order.count, cluster: cluster, risk: Double(queue.risks[cluster]),
            status: Self.name(state.status(ofCluster: cluster)), isAudited: auditSize != nil,
            keeperStays: keeperStays,
            keeper: ReviewViews.Row(
                shard: table.shardName(record.keeperShard), ordinal: record.keeperOrdinal,
                slices: names(try rows.slices(of: .keeper(record)) ?? [])),
            keeperState: outcome.formerKeeper == nil ? "kept" : "removed",
            keeperSides: try rows.diff(.keeper(record), keeper), memberCount: members.count,
            from: max(0, from),
            members: try shown.map { try memberView($0, outcome, keeper) },
            words: state.decisions(onCluster: cluster).map(Self.word))
    }

    private func memberView(
        _ place: Int, _ outcome: ClusterOutcome, _ keeper: ReviewedRow
    ) throws -> ReviewViews.Member {
        let removal = table.removals[place]
        let state =
            if outcome.taken.contains(place) {
                "overlap"
            } else if outcome.keeper == place {
                "keeper"
            } else if outcome.isRemoved(place) {
                "removed"
            } else {
                outcome.freed.contains(place) ? "freed" : "kept"
            }
        return ReviewViews.Member(
            member: place,
            row: ReviewViews.Row(
                shard: table.shardName(removal.shard), ordinal: removal.ordinal,
                slices: names(table.slices(of: removal))), kind: removal.kind.name,
            similarity: removal.similarity, difference: removal.difference.name,
            textLost: Double(removal.textLost), state: state, sides: try rows.diff(.removed(removal), keeper))
    }

    private func names(_ slices: [SliceValue]) -> [String] { slices.map { "\($0.field)=\($0.value)" } }

    private static func name(_ status: ReviewState.Status) -> String {
        switch status {
        case .open: "open"
        case .accepted: "accepted"
        case .changed: "changed"
        }
    }

    private static func word(_ decision: Decision) -> ReviewViews.Word {
        ReviewViews.Word(
            reviewer: decision.reviewer, time: decision.time, action: decision.action.rawValue,
            reason: decision.reason, note: decision.note)
    }

    /// - Throws: `ReviewError`, `FindingsError`.
    package func overlapView(place: Int) throws -> ReviewViews.Overlap {
        guard table.overlaps.indices.contains(place) else { throw ReviewError.noSuchRow }
        let pair = table.overlaps[place]
        let isPlanned = scope.plannedVerdicts.contains(pair.verdict)
        let decided =
            if state.takenRows[pair.row] != nil {
                "the row is removed"
            } else if state.action(on: pair) == .dismiss {
                "not contamination"
            } else if state.retired.contains(pair.item) {
                "the item is to be retired"
            } else if state.action(on: pair) == .accept {
                "left as planned"
            } else {
                isPlanned ? "open; the plan removes the row" : "open"
            }
        let text = try rows.sharedText(of: pair)
        return ReviewViews.Overlap(
            place: place, count: table.overlaps.count,
            row: ReviewViews.Row(shard: table.shardName(pair.shard), ordinal: pair.ordinal, slices: []),
            set: table.items[pair.item]?.set ?? "?", item: table.items[pair.item]?.item ?? "?",
            verdict: pair.verdict.name, coverage: pair.coverage, state: decided, rowText: text?.row,
            itemText: text?.item)
    }

    /// Slices of five rows or more by the share that goes, then the others.
    private var slicesByLoss: [SliceBoard.Line] {
        func share(_ line: SliceBoard.Line) -> Double {
            line.loss.before == 0 ? 0 : Double(line.removed) / Double(line.loss.before)
        }
        let sorted = board.lines.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if (a.loss.before >= 5) != (b.loss.before >= 5) { return a.loss.before >= 5 }
            return share(a) == share(b) ? left.offset < right.offset : share(a) > share(b)
        }
        return sorted.prefix(Self.slicesShown).map(\.element)
    }

    /// - Parameters:
    ///   - message: what was just done.
    ///   - place: the cluster after which to go on.
    /// - Throws: `FindingsError`.
    package func stateView(message: String? = nil, after place: Int = -1) throws -> ReviewViews.State {
        let summary = try reviewedSummary()
        let share =
            scope.summary.rows.in == 0 ? 0 : Double(summary.rows.removed) / Double(scope.summary.rows.in)
        return ReviewViews.State(
            command: scope.command, reviewer: reviewer, clusters: table.clusters.count, shown: order.count,
            decided: order.count { state.status(ofCluster: Int($0)) != .open },
            copiesAlone: auditSize == nil ? order.count - queue.losingCount : 0,
            overlaps: table.overlaps.count,
            overlapsDecided: table.overlaps.count { state.isDecided($0) }, rowsIn: summary.rows.in,
            kept: summary.rows.kept, removed: summary.rows.removed, quarantined: summary.rows.quarantined,
            corpusShare: share,
            slices: slicesByLoss.map { line in
                ReviewViews.Slice(
                    name: "\(line.loss.field)=\(line.loss.value)", before: line.loss.before,
                    planned: line.loss.before - line.loss.removed, after: line.after, open: line.open)
            },
            gates: summary.gates.map { gate in
                ReviewViews.Gate(
                    name: gate.name.rawValue + (gate.slice.map { " \($0)" } ?? ""), observed: gate.observed,
                    limit: gate.limit, passed: gate.passed, isShare: gate.name.isShare)
            },
            audit: auditFigure?.description,
            signOff: trail.signOff.map {
                "signed off by \($0.reviewer): \($0.statement ?? "") (\($0.progress?.description ?? ""))"
            },
            decisions: trail.decisions.count, message: message, next: nextOpen(after: place))
    }
}
