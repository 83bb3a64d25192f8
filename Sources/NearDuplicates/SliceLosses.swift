import Corpus
import Findings

/// Computes the losses of every declared and derived slice.
package struct SliceLosses {
    private struct Tally {
        var field: String
        var value: String
        var before = 0
        var removed = 0
        var identical = 0
        var textLost = 0.0
        var distinctBefore = 0
        var distinctAfter = 0
        var clusters = 0
        /// Over clusters: sums of removed^2, removed x rows, rows^2, and their number (single rows included).
        var removedSquared = 0.0
        var removedRows = 0.0
        var rowsSquared = 0.0
        var units = 0.0
    }

    private let decision: DedupDecision
    private let shardFields: [[(field: String, value: String)]]
    private var tallies: [Tally] = []
    private var ofSet = SliceLists()
    private var ofShard = SliceLists()
    private let corpusShare: Double

    /// - Parameter shardFields: for each shard the slices that its rows lie in by its place (shard, folder).
    package init(decision: DedupDecision, shardFields: [[(field: String, value: String)]]) {
        self.decision = decision
        self.shardFields = shardFields
        corpusShare = Self.corpusShare(decision)
        nameTallies()
    }

    /// Rows that are counted: not those of `--against`.
    package static func corpusShare(_ decision: DedupDecision) -> Double {
        var rows = 0
        var removed = 0
        let flags = decision.table.flags
        for row in flags.indices where !flags[row].contains(.against) {
            rows += 1
            if decision.verdicts.isRemoved(row) { removed += 1 }
        }
        return rows == 0 ? 0 : Double(removed) / Double(rows)
    }

    /// The slices that lost rows or have any, the most harmed first.
    ///
    /// - Complexity: O(rows x slices of a row), and a sort of the casualties.
    package mutating func compute() -> [SliceLoss] {
        let isRepeated = repeatedRows()
        tallyRows(isRepeated: isRepeated)
        tallyClusters()
        tallyTexts(isRepeated: isRepeated)
        let corpus = corpusShare
        var byField: [String: [Int]] = [:]
        for (index, tally) in tallies.enumerated() where tally.before > 0 {
            byField[tally.field, default: []].append(index)
        }
        var losses: [SliceLoss] = []
        for indices in byField.values {
            let q = Self.benjaminiHochberg(indices.map { pValue(tallies[$0]) })
            for (place, index) in indices.enumerated() { losses.append(loss(tallies[index], q: q[place])) }
        }
        return losses.sorted {
            let left = Harm.rank(
                before: $0.before, removed: $0.removed, textLost: $0.textLost, corpusShare: corpus)
            let right = Harm.rank(
                before: $1.before, removed: $1.removed, textLost: $1.textLost, corpusShare: corpus)
            if left != right { return left < right }
            if $0.share != $1.share { return $0.share > $1.share }
            return ($1.before, $0.field, $0.value) < ($0.before, $1.field, $1.value)
        }
    }

    private func loss(_ tally: Tally, q: Double?) -> SliceLoss {
        SliceLoss(
            field: tally.field, value: tally.value, before: tally.before, removed: tally.removed,
            identical: tally.identical,
            textLost: tally.removed == 0 ? 0 : tally.textLost / Double(tally.removed),
            distinctBefore: tally.distinctBefore, distinctAfter: tally.distinctAfter,
            clusters: tally.clusters,
            q: q)
    }

    private mutating func nameTallies() {
        var known: [SliceIndex.Value: Int] = [:]
        for set in decision.slices.values {
            var ids: [Int] = []
            for value in set {
                if let id = known[value] {
                    if !ids.contains(id) { ids.append(id) }
                    continue
                }
                known[value] = tallies.count
                ids.append(tallies.count)
                tallies.append(Tally(field: decision.slices.name(of: value.dimension), value: value.value))
            }
            ofSet.append(ids)
        }
        var knownPlaces: [String: Int] = [:]
        for fields in shardFields {
            ofShard.append(
                fields.map { field, value in
                    let key = field + "\0" + value
                    if let id = knownPlaces[key] { return id }
                    knownPlaces[key] = tallies.count
                    tallies.append(Tally(field: field, value: value))
                    return tallies.count - 1
                })
        }
    }

    /// Calls `body` with each counted row and the group that it lies in: its slice set within its shard.
    private func forEachRow(_ body: (_ row: Int, _ group: Int) -> Void) {
        let firstRow = decision.table.firstRow
        let (flags, sliceSet) = (decision.table.flags, decision.table.sliceSet)
        for shard in 0..<max(0, firstRow.count - 1) {
            for row in firstRow[shard]..<firstRow[shard + 1]
            where !flags[row].contains(.against) {
                body(row, Int(sliceSet[row]) * shardFields.count + shard)
            }
        }
    }

    private var rowSlices: RowSlices {
        RowSlices(table: decision.table, ofSet: ofSet, ofShard: ofShard)
    }

    /// Facts of the rows of one group, to be added to each of its slices.
    private struct GroupTally {
        var before = 0
        var removed = 0
        var textLost = 0.0
        /// Rows whose normal form no other row has.
        var single = 0
        var singleAfter = 0
    }

    /// Rows, and the distinct normal forms of those that share theirs with none.
    private mutating func tallyRows(isRepeated: [Bool]) {
        var groups = [Int: GroupTally](minimumCapacity: ofSet.count)
        var last = (group: -1, tally: GroupTally())
        forEachRow { row, group in
            if group != last.group {
                if last.group >= 0 { groups[last.group] = last.tally }
                last = (group, groups[group] ?? GroupTally())
            }
            last.tally.before += 1
            if !isRepeated[row] { last.tally.single += 1 }
            if let match = decision.verdicts.casualty(row) {
                last.tally.removed += 1
                last.tally.textLost += Double(match.textLost)
            } else if !isRepeated[row] {
                last.tally.singleAfter += 1
            }
        }
        if last.group >= 0 { groups[last.group] = last.tally }
        let (sets, shards) = (ofSet, ofShard)
        for (group, facts) in groups.sorted(by: { $0.key < $1.key }) {
            func add(_ id: Int) {
                tallies[id].before += facts.before
                tallies[id].removed += facts.removed
                tallies[id].textLost += facts.textLost
                tallies[id].distinctBefore += facts.single
                tallies[id].distinctAfter += facts.singleAfter
            }
            sets.forEach(of: group / shardFields.count, add)
            shards.forEach(of: group % shardFields.count, add)
        }
    }

    /// The rows of one cluster in one slice.
    private struct ClusterCounts {
        var rows = 0.0
        var removed = 0.0
        var identical = 0
        var hasKeeper = false
    }

    /// Clusters as units: a keeper with its casualties; a row that neither is one by itself.
    private mutating func tallyClusters() {
        // Keeper above row: sorting numbers takes a third of sorting pairs.
        var members: [UInt64] = []
        for row in 0..<decision.table.rowCount {
            if let match = decision.verdicts.casualty(row) {
                members.append(UInt64(match.keeper) << 32 | UInt64(row))
            }
        }
        members.sort()
        var inClusters = [Double](repeating: 0, count: tallies.count)
        var counts = [ClusterCounts](repeating: ClusterCounts(), count: tallies.count)
        var met: [Int] = []
        let slices = rowSlices
        func count(_ row: Int, _ kind: CasualtyKind?) {
            slices.forEach(of: row) { id in
                if counts[id].rows == 0 { met.append(id) }
                counts[id].rows += 1
                if kind == nil { counts[id].hasKeeper = true } else { counts[id].removed += 1 }
                if kind == .identical { counts[id].identical += 1 }
            }
        }
        var start = 0
        while start < members.count {
            let keeper = Int(members[start] >> 32)
            // A keeper of another corpus stays whatever the slices of this one lose.
            let isElsewhere = decision.table.flags[keeper].contains(.against)
            if !isElsewhere { count(keeper, nil) }
            while start < members.count, Int(members[start] >> 32) == keeper {
                let row = Int(UInt32(truncatingIfNeeded: members[start]))
                count(row, decision.verdicts.casualty(row)?.kind)
                start += 1
            }
            for id in met {
                let count = counts[id]
                if count.removed > 0 { tallies[id].clusters += 1 }
                tallies[id].removedSquared += count.removed * count.removed
                tallies[id].removedRows += count.removed * count.rows
                tallies[id].rowsSquared += count.rows * count.rows
                tallies[id].units += 1
                if count.hasKeeper || isElsewhere { tallies[id].identical += count.identical }
                inClusters[id] += count.rows
                counts[id] = ClusterCounts()
            }
            met.removeAll(keepingCapacity: true)
        }
        for id in tallies.indices {
            let single = Double(tallies[id].before) - inClusters[id]
            tallies[id].rowsSquared += single
            tallies[id].units += single
        }
    }

    /// The rows whose normal form another row has too.
    private func repeatedRows() -> [Bool] {
        let first = decision.firstOfText
        var repeated = [Bool](repeating: false, count: first.count)
        for row in first.indices where Int(first[row]) != row {
            repeated[row] = true
            repeated[Int(first[row])] = true
        }
        return repeated
    }

    /// Distinct normal forms of the rows that share theirs.
    private mutating func tallyTexts(isRepeated: [Bool]) {
        let first = decision.firstOfText
        var grouped: [UInt64] = []
        forEachRow { row, _ in if isRepeated[row] { grouped.append(UInt64(first[row]) << 32 | UInt64(row)) } }
        grouped.sort()
        let slices = rowSlices
        var before: [Int] = []
        var after: [Int] = []
        var start = 0
        while start < grouped.count {
            let text = grouped[start] >> 32
            while start < grouped.count, grouped[start] >> 32 == text {
                let row = Int(UInt32(truncatingIfNeeded: grouped[start]))
                let stays = !decision.verdicts.isRemoved(row)
                slices.forEach(of: row) { id in
                    if !before.contains(id) { before.append(id) }
                    if stays, !after.contains(id) { after.append(id) }
                }
                start += 1
            }
            for id in before { tallies[id].distinctBefore += 1 }
            for id in after { tallies[id].distinctAfter += 1 }
            before.removeAll(keepingCapacity: true)
            after.removeAll(keepingCapacity: true)
        }
    }

    /// One-sided p of "this slice loses more than the rows outside it", clusters as units: the linearised
    /// variance of a ratio (Cochran 1977, section 6.4).
    private func pValue(_ tally: Tally) -> Double? {
        guard tally.clusters >= 5, tally.units > 1, tally.before > 0 else { return nil }
        let rows = Double(tally.before)
        let share = Double(tally.removed) / rows
        let squares =
            tally.removedSquared - 2 * share * tally.removedRows + share * share * tally.rowsSquared
        let variance = max(squares, 0) / (rows * rows) * tally.units / (tally.units - 1)
        guard variance > 0 else { return nil }
        let z = (share - corpusShare) / variance.squareRoot()
        return 0.5 * complementaryErrorFunction(z / 2.0.squareRoot())
    }

    private static func benjaminiHochberg(_ values: [Double?]) -> [Double?] {
        let ranked = values.indices.filter { values[$0] != nil }.sorted {
            (values[$0] ?? 1) < (values[$1] ?? 1)
        }
        var result = [Double?](repeating: nil, count: values.count)
        var least = 1.0
        for (place, index) in ranked.enumerated().reversed() {
            least = min(least, (values[index] ?? 1) * Double(ranked.count) / Double(place + 1))
            result[index] = least
        }
        return result
    }
}
