import Corpus
import Findings
import NearDuplicates

/// The figures of a plan made anew: those of the run, with what the freed rows change.
///
/// Left out: terms and `q`, which need the rows' text and the kept rows' slices. `distinctAfter` counts each freed
/// normal form once, as one that no kept row has.
struct ReplanSummary {
    let old: RunSummary
    let shards: [ShardRecord]
    let slices: (values: [SliceValue], sets: [[Int32]])
    let decision: ReplanDecision
    let files: ReplanFiles
    let threshold: Double
    /// Difference classes that the run spares.
    let sparedClasses: Set<String>
    let rules: [String]
    /// Of the run's shards.
    let splits: PublishedSplits

    private struct Tally {
        var removed = 0
        var textLost = 0.0
        var keepers = Set<Int>()
        var freedTexts = Set<UInt128>()
    }

    func build() -> RunSummary {
        var summary = old
        summary.nearDuplicates.threshold = threshold
        summary.nearDuplicates.terms = []
        summary.nearDuplicates.termsTested = 0
        // Of the old threshold.
        summary.nearDuplicates.missed = NearDuplicateFigures.Missed()
        addRows(to: &summary)
        addSpared(to: &summary)
        addSlices(to: &summary)
        addLargest(to: &summary)
        addDoubtful(to: &summary)
        return summary
    }

    private func addRows(to summary: inout RunSummary) {
        let before = old.nearDuplicates.differingFields
        summary.nearDuplicates.clusters = files.clusters.count
        summary.nearDuplicates.casualties = NearDuplicateFigures.Casualties()
        summary.nearDuplicates.differences = CountTable()
        summary.nearDuplicates.differingFields = before
        for (name, count) in decision.differingFields.sorted {
            summary.nearDuplicates.differingFields[name] += count
        }
        for place in decision.removals.indices {
            guard let removal = decision.removal(place) else {
                let shard = Int(decision.removals[place].shard)
                if summary.shards.indices.contains(shard) {
                    summary.shards[shard].removed -= 1
                    summary.shards[shard].kept += 1
                }
                summary.rows.removed -= 1
                summary.rows.kept += 1
                continue
            }
            summary.nearDuplicates.casualties[removal.kind] += 1
            summary.nearDuplicates.differences[removal.difference.name] += 1
        }
    }

    private func addSpared(to summary: inout RunSummary) {
        summary.nearDuplicates.spared = CountTable()
        summary.nearDuplicates.wouldRemove = CountTable()
        for record in files.spared {
            let rule = rules.indices.contains(Int(record.rule)) ? rules[Int(record.rule)] : "?"
            summary.nearDuplicates.spared[rule] += 1
            if sparedClasses.contains(record.difference.name) {
                summary.nearDuplicates.wouldRemove[record.difference.name] += 1
            }
        }
    }

    // MARK: Slices

    private func addSlices(to summary: inout RunSummary) {
        let tallies = tallies()
        let read = summary.rows.in - summary.rows.quarantined
        let corpusShare = read == 0 ? 0 : Double(summary.rows.removed) / Double(read)
        var losses = old.nearDuplicates.slices.map { old -> RunSummary.SliceLoss in
            let tally = tallies[SliceValue(field: old.field, value: old.value)] ?? Tally()
            var loss = old
            loss.removed = tally.removed
            loss.after = loss.before - tally.removed
            loss.share = loss.before == 0 ? 0 : Double(tally.removed) / Double(loss.before)
            loss.textLost = tally.removed == 0 ? nil : tally.textLost / Double(tally.removed)
            loss.distinctAfter = min(loss.distinctBefore, loss.distinctAfter + tally.freedTexts.count)
            loss.clusters = tally.keepers.count
            loss.q = nil
            return loss
        }
        losses.sort { Self.precedes($0, $1, corpusShare: corpusShare) }
        summary.nearDuplicates.slices = losses
    }

    /// The order of a scan's report: by harm.
    private static func precedes(
        _ left: RunSummary.SliceLoss, _ right: RunSummary.SliceLoss, corpusShare: Double
    ) -> Bool {
        let a = Harm.rank(
            before: left.before, removed: left.removed, textLost: left.textLost ?? 0, corpusShare: corpusShare
        )
        let b = Harm.rank(
            before: right.before, removed: right.removed, textLost: right.textLost ?? 0,
            corpusShare: corpusShare)
        if a != b { return a < b }
        if left.share != right.share { return left.share > right.share }
        return (right.before, left.field, left.value) < (left.before, right.field, right.value)
    }

    private func tallies() -> [SliceValue: Tally] {
        var tallies: [SliceValue: Tally] = [:]
        let places = shards.enumerated().map { index, shard in
            SliceValue.places(ofShard: shard.name) + splits.slices(ofShard: index)
        }
        for place in decision.removals.indices {
            let old = decision.removals[place]
            let removal = decision.removal(place)
            for value in values(of: old.sliceSet) + places[Int(old.shard)] {
                guard let removal else {
                    if let text = decision.textIDs[place] {
                        tallies[value, default: Tally()].freedTexts.insert(text)
                    }
                    continue
                }
                tallies[value, default: Tally()].removed += 1
                tallies[value, default: Tally()].textLost += Double(removal.textLost)
                tallies[value, default: Tally()].keepers.insert(removal.keeper)
            }
        }
        return tallies
    }

    private func values(of set: Int32) -> [SliceValue] {
        guard slices.sets.indices.contains(Int(set)) else { return [] }
        return slices.sets[Int(set)].map { slices.values[Int($0)] }
    }

    // MARK: Lists

    private func addLargest(to summary: inout RunSummary) {
        let top = files.clusters.prefix(SummaryBuilder.listed)
        var figures: [Int: RunSummary.ClusterFigure] = [:]
        var textLost: [Int: Double] = [:]
        let keepers = Set(top.map(\.keeper))
        for place in decision.removals.indices {
            guard let removal = decision.removal(place), keepers.contains(removal.keeper) else { continue }
            var figure = figures.removeValue(forKey: removal.keeper) ?? RunSummary.ClusterFigure()
            figure.shard = shards[Int(removal.keeperShard)].name
            figure.ordinal = removal.keeperOrdinal
            figure.differences[removal.difference.name] += 1
            figure.similarity = min(figure.similarity, removal.similarity)
            figures[removal.keeper] = figure
            textLost[removal.keeper, default: 0] += Double(removal.textLost)
        }
        summary.nearDuplicates.largestClusters = top.enumerated().compactMap { rank, cluster in
            guard var figure = figures[cluster.keeper] else { return nil }
            figure.rank = rank
            figure.rows = cluster.members + 1
            figure.textLost = (textLost[cluster.keeper] ?? 0) / Double(max(1, cluster.members))
            return figure
        }
    }

    private func addDoubtful(to summary: inout RunSummary) {
        let smallest = DoubtfulSlices(summary.nearDuplicates.slices)
        var doubtful = DoubtfulRows(threshold: threshold, corpusRows: summary.rows.in)
        var records: [Int: RemovalRecord] = [:]
        var ofSet: [Int32: DoubtfulRows.Slice?] = [:]
        for place in decision.removals.indices {
            guard let removal = decision.removal(place) else { continue }
            if ofSet[removal.sliceSet] == nil {
                ofSet[removal.sliceSet] = smallest.slice(of: values(of: removal.sliceSet))
            }
            doubtful.add(
                DoubtfulRows.Candidate(
                    row: place, keeper: removal.keeper, kind: removal.kind, similarity: removal.similarity,
                    difference: removal.difference, textLost: Double(removal.textLost),
                    slice: ofSet[removal.sliceSet] ?? nil))
        }
        for (candidate, _) in doubtful.chosen { records[candidate.row] = decision.removal(candidate.row) }
        summary.nearDuplicates.doubtful = doubtful.chosen.compactMap { candidate, reason in
            guard let removal = records[candidate.row] else { return nil }
            var line = RunSummary.DoubtfulCasualty()
            line.shard = shards[Int(removal.shard)].name
            line.ordinal = removal.ordinal
            line.keeperShard = shards[Int(removal.keeperShard)].name
            line.keeperOrdinal = removal.keeperOrdinal
            line.kind = removal.kind.name
            line.similarity = removal.similarity
            line.difference = removal.difference.name
            line.textLost = Double(removal.textLost)
            line.reason = reason
            return line
        }
    }
}
