import Corpus
import Findings

extension RunSummary {
    /// The figures of a run as they are with the decisions on it: rows, casualties by kind, slices, flagged items.
    ///
    /// Figures that rest on the text of rows (terms, q, distinct texts) stay as the run has them.
    ///
    /// - Parameter board: the slices with the same decisions.
    /// - Complexity: O(changed rows x slices + lines of overlaps).
    func reviewed(_ plan: ReviewedPlan, _ board: SliceBoard, _ table: ReviewTable) -> RunSummary {
        var summary = self
        var restoredIdentical = [Int](repeating: 0, count: board.lines.count)
        for row in plan.restored {
            summary.move(shard: row.shard, removed: -1)
            guard let place = row.removal else { continue }
            let removal = table.removals[place]
            summary.nearDuplicates.casualties[removal.kind] -= 1
            if removal.kind == .identical {
                for line in board.lineNumbers(of: removal) { restoredIdentical[line] += 1 }
            }
        }
        // Which of the restored rows differ in such text is not stored: the fewest that may be left.
        if let unlike = summary.nearDuplicates.unlikeText {
            summary.nearDuplicates.unlikeText = min(unlike, summary.nearDuplicates.casualties.identical)
        }
        for row in plan.added {
            summary.move(shard: row.reference.shard, removed: 1)
            if row.rule == "keeper" { summary.nearDuplicates.casualties[.near] += 1 }
        }
        for (place, line) in board.lines.enumerated() {
            summary.nearDuplicates.slices[place].removed = line.removed
            summary.nearDuplicates.slices[place].after = line.after
            summary.nearDuplicates.slices[place].share =
                line.loss.before == 0 ? 0 : Double(line.removed) / Double(line.loss.before)
            // Whose keeper lies elsewhere is not stored: the fewest that may be left.
            let left = max(0, line.loss.identical - restoredIdentical[place])
            summary.nearDuplicates.slices[place].identical = left
            summary.nearDuplicates.slices[place].unlikeText = line.loss.unlikeText.map { min($0, left) }
        }
        summary.judgeItems(plan, table)
        return summary
    }

    private mutating func move(shard: String, removed: Int) {
        rows.removed += removed
        rows.kept -= removed
        guard let place = shards.firstIndex(where: { $0.name == shard }) else { return }
        shards[place].removed += removed
        shards[place].kept -= removed
    }

    /// Items of which nothing is left are unflagged; others have the strongest verdict that is left.
    private mutating func judgeItems(_ plan: ReviewedPlan, _ table: ReviewTable) {
        guard var overlap = evalOverlap else { return }
        let places = Dictionary(
            overlap.sets.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var former: [Int: OverlapVerdict] = [:]
        for pair in table.overlaps where !pair.verdict.isLabel {
            if let known = former[pair.item], known.rawValue <= pair.verdict.rawValue { continue }
            former[pair.item] = pair.verdict
        }
        for (item, verdict) in former where plan.verdicts[item] != verdict {
            guard let place = table.items[item].flatMap({ places[$0.set] }) else { continue }
            overlap.sets[place].flagged[verdict.name] -= 1
            if let left = plan.verdicts[item] {
                overlap.sets[place].flagged[left.name] += 1
            } else {
                overlap.sets[place].unflaggedItems += 1
            }
        }
        evalOverlap = overlap
    }
}
