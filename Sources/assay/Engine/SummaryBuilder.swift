import Corpus
import Findings
import NearDuplicates

/// Builds the figures of a run from its accounts and its decision.
struct SummaryBuilder {
    let inputs: InputSet
    let accounts: [ShardAccount]
    let decision: DedupDecision
    let roster: RowRoster
    let sliceTop: Int?
    let configuration: DedupConfiguration

    /// Rows that the lists of clusters and of doubtful casualties hold.
    static let listed = 10

    /// The figures that the decision alone gives; differing fields follow from the evidence pass.
    func build() throws -> RunSummary {
        var summary = RunSummary()
        addRows(to: &summary)
        addKinds(to: &summary)
        try addLosses(to: &summary)
        addLargest(to: &summary)
        addDoubtful(to: &summary)
        addSplitOverlap(to: &summary)
        return summary
    }

    private func addRows(to summary: inout RunSummary) {
        for (index, shard) in inputs.shards.prefix(inputs.trainingCount).enumerated() {
            let account = accounts[index]
            let first = decision.table.firstRow[index]
            var line = RunSummary.Shard()
            line.name = shard.name
            line.rows = account.rows
            line.removed =
                (first..<first + account.goodRows).lazy.filter { decision.verdicts.isRemoved($0) }.count
            line.quarantined = account.badOrdinals.count
            line.firstQuarantined = account.badOrdinals.first
            line.kept = account.goodRows - line.removed
            line.blankLines = account.outcome.blankLineCount
            line.bytes = Int(shard.byteCount)
            line.notes = account.outcome.notes
            if account.error != nil { line.state = account.rows == 0 ? .unreadable : .endedEarly }
            if let error = account.error { line.notes.append(error.note) }
            summary.shards.append(line)
            summary.rows.in += line.rows
            summary.rows.removed += line.removed
            summary.rows.quarantined += line.quarantined
            summary.rows.kept += line.kept
            summary.withoutText += account.withoutText
            if account.error != nil { summary.complete = false }
        }
    }

    private func addKinds(to summary: inout RunSummary) {
        summary.nearDuplicates.threshold = configuration.threshold
        summary.nearDuplicates.shingle = configuration.shingle.description
        summary.nearDuplicates.on = configuration.on.rawValue
        summary.nearDuplicates.clusters = roster.clusters.count
        var kinds = [Int](repeating: 0, count: CasualtyKind.allCases.count)
        var differences = [Int](repeating: 0, count: DifferenceClass.allCases.count)
        for row in 0..<decision.table.rowCount {
            guard let match = decision.verdicts.casualty(row) else { continue }
            kinds[Int(match.kind.rawValue)] += 1
            differences[Int(match.difference.rawValue)] += 1
        }
        for kind in CasualtyKind.allCases {
            summary.nearDuplicates.casualties[kind] += kinds[Int(kind.rawValue)]
        }
        for difference in DifferenceClass.allCases where differences[Int(difference.rawValue)] > 0 {
            summary.nearDuplicates.differences[difference.name] += differences[Int(difference.rawValue)]
        }
        var seen = Set<UInt32>()
        for spared in decision.spared where seen.insert(spared.match.row).inserted {
            let rule = spared.rule.name(difference: spared.match.difference)
            summary.nearDuplicates.spared[rule] += 1
            if configuration.sparedClasses.contains(spared.match.difference) {
                summary.nearDuplicates.wouldRemove[spared.match.difference.name] += 1
            }
        }
        summary.nearDuplicates.prefixRows = decision.figures.prefixRows
        summary.nearDuplicates.sameRequest = decision.figures.sameSides.sameRequest
        summary.nearDuplicates.sameReply = decision.figures.sameSides.sameReply
        summary.nearDuplicates.negationUnchecked = decision.figures.negationUnchecked
        summary.nearDuplicates.missed.splitBuckets = decision.figures.rowsInSplitBuckets
        summary.nearDuplicates.missed.pairs = decision.figures.missedInSplitBuckets
    }

    /// Losses by slice and by emergent term: the first by a thread of its own beside the second, but for many rows, where
    /// the tables of both would take too much memory.
    private func addLosses(to summary: inout RunSummary) throws {
        let slices = Deferred(threads: decision.isLarge ? 1 : configuration.threads) { sliceLosses() }
        if decision.isLarge {
            _ = slices.value
            decision.giveBackMemory()
        }
        let terms = try EmergentTerms(decision: decision)
        addSlices(slices.value, to: &summary)
        summary.nearDuplicates.terms = terms.losses.map(Self.loss)
        summary.nearDuplicates.termsTested = terms.testedCount
        if terms.minimumOccurrences > 2 { summary.nearDuplicates.termsMinimum = terms.minimumOccurrences }
        decision.giveBackMemory()
    }

    private func sliceLosses() -> [SliceLoss] {
        let fields = inputs.shards.indices.map { shard in
            inputs.slices(ofShard: shard, declared: decision.slices.declared)
                .map { (field: $0.field, value: $0.value) }
        }
        var losses = SliceLosses(decision: decision, shardFields: fields)
        return losses.compute()
    }

    private func addSlices(_ losses: [SliceLoss], to summary: inout RunSummary) {
        var shown: [String: Int] = [:]
        for loss in losses {
            if let sliceTop, decision.slices.declared.contains(loss.field) {
                shown[loss.field, default: 0] += 1
                if shown[loss.field] ?? 0 > sliceTop { continue }
            }
            summary.nearDuplicates.slices.append(Self.loss(loss))
        }
    }

    private static func loss(_ loss: SliceLoss) -> RunSummary.SliceLoss {
        var result = RunSummary.SliceLoss()
        result.field = loss.field
        result.value = loss.value
        result.before = loss.before
        result.removed = loss.removed
        result.identical = loss.identical
        result.after = loss.after
        result.share = loss.share
        result.textLost = loss.removed == 0 ? nil : loss.textLost
        result.distinctBefore = loss.distinctBefore
        result.distinctAfter = loss.distinctAfter
        result.clusters = loss.clusters
        result.q = loss.q
        return result
    }

    private static func loss(_ loss: TermLoss) -> RunSummary.TermLoss {
        var result = RunSummary.TermLoss()
        result.term = loss.term
        result.before = loss.before
        result.after = loss.after
        result.share = loss.share
        result.textLost = loss.textLost
        return result
    }

    private func addLargest(to summary: inout RunSummary) {
        let top = roster.clusters.prefix(Self.listed)
        var figures: [Int: RunSummary.ClusterFigure] = [:]
        var textLost: [Int: Double] = [:]
        for (rank, cluster) in top.enumerated() {
            let place = roster.place(of: cluster.keeper)
            var figure = RunSummary.ClusterFigure()
            figure.rank = rank
            figure.shard = roster.shardNames[place.shard]
            figure.ordinal = place.ordinal
            figure.rows = cluster.members + 1
            figures[cluster.keeper] = figure
        }
        for row in 0..<decision.table.rowCount {
            guard let match = decision.verdicts.casualty(row) else { continue }
            let keeper = Int(match.keeper)
            guard var figure = figures.removeValue(forKey: keeper) else { continue }
            figure.differences[match.difference.name] += 1
            figure.similarity = min(figure.similarity, match.similarity)
            figures[keeper] = figure
            textLost[keeper, default: 0] += Double(match.textLost)
        }
        for cluster in top {
            guard var figure = figures[cluster.keeper] else { continue }
            figure.textLost = (textLost[cluster.keeper] ?? 0) / Double(max(1, cluster.members))
            summary.nearDuplicates.largestClusters.append(figure)
        }
    }

    /// Casualties that a reviewer should look at first.
    private func addDoubtful(to summary: inout RunSummary) {
        let smallest = DoubtfulSlices(summary.nearDuplicates.slices)
        let ofSet = decision.slices.values.map { values in
            smallest.slice(
                of: values.map { SliceValue(field: decision.slices.name(of: $0.dimension), value: $0.value) })
        }
        var doubtful = DoubtfulRows(threshold: configuration.threshold, corpusRows: summary.rows.in)
        for row in 0..<decision.table.rowCount {
            guard let match = decision.verdicts.casualty(row) else { continue }
            doubtful.add(
                DoubtfulRows.Candidate(
                    row: row, keeper: Int(match.keeper), kind: match.kind, similarity: match.similarity,
                    difference: match.difference, textLost: Double(match.textLost),
                    slice: ofSet[Int(decision.table.sliceSet[row])]))
        }
        summary.nearDuplicates.doubtful = doubtful.chosen.map { candidate, reason in
            let row = roster.place(of: candidate.row)
            let keeper = roster.place(of: candidate.keeper)
            var line = RunSummary.DoubtfulCasualty()
            line.shard = roster.shardNames[row.shard]
            line.ordinal = row.ordinal
            line.keeperShard = roster.shardNames[keeper.shard]
            line.keeperOrdinal = keeper.ordinal
            line.kind = candidate.kind.name
            line.similarity = candidate.similarity
            line.difference = candidate.difference.name
            line.textLost = candidate.textLost
            line.reason = reason
            return line
        }
    }
}
