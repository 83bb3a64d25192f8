import Corpus

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
    private var ofSet: [[Int]] = []
    private var ofShard: [[Int]] = []
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
        for row in 0..<decision.table.rowCount where !decision.table.flags[row].contains(.against) {
            rows += 1
            if decision.verdicts.isRemoved(row) { removed += 1 }
        }
        return rows == 0 ? 0 : Double(removed) / Double(rows)
    }

    /// The slices that lost rows or have any, the most harmed first.
    ///
    /// - Complexity: O(rows x slices of a row), and a sort of the casualties.
    package mutating func compute() -> [SliceLoss] {
        tallyRows()
        tallyClusters()
        tallyTexts()
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

    private func forEachRow(_ body: (_ row: Int, _ shard: Int) -> Void) {
        let firstRow = decision.table.firstRow
        for shard in 0..<max(0, firstRow.count - 1) {
            for row in firstRow[shard]..<firstRow[shard + 1]
            where !decision.table.flags[row].contains(.against) {
                body(row, shard)
            }
        }
    }

    private mutating func tallyRows() {
        var updated = tallies
        forEachRow { row, shard in
            let match = decision.verdicts.casualty(row)
            for id in ofSet[Int(decision.table.sliceSet[row])] + ofShard[shard] {
                updated[id].before += 1
                if let match {
                    updated[id].removed += 1
                    if match.kind == .identical { updated[id].identical += 1 }
                    updated[id].textLost += Double(match.textLost)
                }
            }
        }
        tallies = updated
    }

    private func ids(_ row: Int) -> [Int] {
        ofSet[Int(decision.table.sliceSet[row])] + ofShard[decision.table.shard(of: row)]
    }

    /// Clusters as units: a keeper with its casualties; a row that neither is one by itself.
    private mutating func tallyClusters() {
        var members: [(keeper: UInt32, row: UInt32)] = []
        for row in 0..<decision.table.rowCount {
            if let match = decision.verdicts.casualty(row) { members.append((match.keeper, UInt32(row))) }
        }
        members.sort { $0 < $1 }
        var inClusters = [Double](repeating: 0, count: tallies.count)
        var start = 0
        var counts: [Int: (rows: Double, removed: Double)] = [:]
        while start < members.count {
            var end = start
            counts.removeAll(keepingCapacity: true)
            let keeper = Int(members[start].keeper)
            if !decision.table.flags[keeper].contains(.against) {
                for id in ids(keeper) { counts[id, default: (0, 0)].rows += 1 }
            }
            while end < members.count, members[end].keeper == members[start].keeper {
                for id in ids(Int(members[end].row)) {
                    counts[id, default: (0, 0)].rows += 1
                    counts[id, default: (0, 0)].removed += 1
                }
                end += 1
            }
            for (id, count) in counts {
                if count.removed > 0 { tallies[id].clusters += 1 }
                tallies[id].removedSquared += count.removed * count.removed
                tallies[id].removedRows += count.removed * count.rows
                tallies[id].rowsSquared += count.rows * count.rows
                tallies[id].units += 1
                inClusters[id] += count.rows
            }
            start = end
        }
        for id in tallies.indices {
            let single = Double(tallies[id].before) - inClusters[id]
            tallies[id].rowsSquared += single
            tallies[id].units += single
        }
    }

    /// Distinct normal forms; only texts of two rows or more need a look at their group.
    private mutating func tallyTexts() {
        let first = decision.firstOfText
        var repeated = [Bool](repeating: false, count: first.count)
        for row in first.indices where Int(first[row]) != row {
            repeated[row] = true
            repeated[Int(first[row])] = true
        }
        var updated = tallies
        var grouped: [(first: UInt32, row: UInt32)] = []
        forEachRow { row, shard in
            if repeated[row] {
                grouped.append((first[row], UInt32(row)))
                return
            }
            let stays = !decision.verdicts.isRemoved(row)
            for id in ofSet[Int(decision.table.sliceSet[row])] + ofShard[shard] {
                updated[id].distinctBefore += 1
                if stays { updated[id].distinctAfter += 1 }
            }
        }
        grouped.sort { $0 < $1 }
        var start = 0
        while start < grouped.count {
            var end = start
            var before = Set<Int>()
            var after = Set<Int>()
            while end < grouped.count, grouped[end].first == grouped[start].first {
                let row = Int(grouped[end].row)
                before.formUnion(ids(row))
                if !decision.verdicts.isRemoved(row) { after.formUnion(ids(row)) }
                end += 1
            }
            for id in before { updated[id].distinctBefore += 1 }
            for id in after { updated[id].distinctAfter += 1 }
            start = end
        }
        tallies = updated
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
