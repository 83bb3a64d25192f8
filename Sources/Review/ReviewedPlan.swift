import Findings

/// A run's plan with the decisions on it: which rows stay and go otherwise than planned.
package struct ReviewedPlan: Sendable {
    /// Why a planned removal is not carried out.
    package enum Reason: Sendable {
        /// A reviewer's word on the row, or on its item.
        case decided
        /// It is the keeper now.
        case keeper
        /// It does not reach the new keeper.
        case freed
    }

    /// A planned removal that is not carried out.
    package struct Restored: Sendable, Equatable {
        package var row: Int
        package var shard: String
        package var ordinal: Int
        /// The place among the table's removals; `nil` for a row that a plan of overlaps removes.
        package var removal: Int?
        package var reason: Reason
    }

    /// A removal that is not in the plan.
    package struct Added: Sendable, Equatable {
        package var row: Int
        package var reference: Decision.Row
        /// `keeper` or `overlap`.
        package var rule: String
        /// The row that stays for it; `nil` for a row that holds an eval item.
        package var keeper: Int?
        package var similarity: Double?
    }

    package private(set) var restored: [Restored] = []
    package private(set) var added: [Added] = []
    /// Flagged items of which nothing is left, by number in the store.
    package private(set) var clearedItems: Set<Int> = []
    /// The strongest verdict that is left, of items of which something is.
    package private(set) var verdicts: [Int: OverlapVerdict] = [:]
    package let unmatched: [Decision]

    /// - Parameter plannedVerdicts: those whose rows the plan removes; empty but in a run of overlaps.
    /// - Throws: `FindingsError` of reading rows.
    /// - Complexity: O(changed clusters and their rows + lines of overlaps).
    package init(_ state: ReviewState, rows: any RowReading, plannedVerdicts: Set<OverlapVerdict>) throws {
        let table = state.table
        unmatched = state.unmatched
        for cluster in state.changedClusters {
            let outcome = state.outcome(ofCluster: cluster)
            let freed = Set(outcome.freed)
            for place in outcome.restored {
                let removal = table.removals[place]
                restored.append(
                    Restored(
                        row: removal.row, shard: table.shardName(removal.shard), ordinal: removal.ordinal,
                        removal: place,
                        reason: outcome.keeper == place ? .keeper : freed.contains(place) ? .freed : .decided)
                )
            }
            if let former = outcome.formerKeeper, let keeper = outcome.keeper {
                added.append(
                    Added(
                        row: table.clusters[cluster].keeper,
                        reference: try rows.reference(of: .keeper(table.clusters[cluster])), rule: "keeper",
                        keeper: table.removals[keeper].row, similarity: former.similarity))
            }
        }
        let planned = Self.rows(of: table, with: plannedVerdicts)
        for (row, reference) in state.takenRows
        where table.removal(ofRow: row) == nil && !planned.contains(row) {
            added.append(Added(row: row, reference: reference, rule: "overlap", keeper: nil, similarity: nil))
        }
        restoreOverlapRows(planned, state, plannedVerdicts)
        judgeItems(state)
        restored.sort { $0.row < $1.row }
        added.sort { $0.row < $1.row }
    }

    package var isEmpty: Bool { restored.isEmpty && added.isEmpty }

    private static func rows(of table: ReviewTable, with verdicts: Set<OverlapVerdict>) -> Set<Int> {
        Set(table.overlaps.lazy.filter { verdicts.contains($0.verdict) }.map(\.row))
    }

    /// A row that a plan of overlaps removes stays once each of the items for which it goes is dismissed or retired.
    private mutating func restoreOverlapRows(
        _ planned: Set<Int>, _ state: ReviewState, _ verdicts: Set<OverlapVerdict>
    ) {
        for row in planned where state.takenRows[row] == nil {
            let pairs = state.overlaps(ofRow: row).map { state.table.overlaps[$0] }
                .filter { verdicts.contains($0.verdict) }
            guard let first = pairs.first, pairs.allSatisfy({ state.isResolved($0) }) else { continue }
            restored.append(
                Restored(
                    row: row, shard: state.table.shardName(first.shard), ordinal: first.ordinal, removal: nil,
                    reason: .decided))
        }
    }

    private mutating func judgeItems(_ state: ReviewState) {
        var seen = Set<Int>()
        for pair in state.table.overlaps where !pair.verdict.isLabel {
            seen.insert(pair.item)
            guard !state.isResolved(pair) else { continue }
            if let known = verdicts[pair.item], known.rawValue <= pair.verdict.rawValue { continue }
            verdicts[pair.item] = pair.verdict
        }
        clearedItems = seen.filter { verdicts[$0] == nil }
    }
}
