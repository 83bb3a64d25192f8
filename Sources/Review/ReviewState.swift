import Corpus
import Findings

/// What the standing decisions on a run come to.
///
/// Each cluster is decided on its own, from the decisions on it in their order; a row that leaves for an eval item's
/// sake leaves first.
package final class ReviewState {
    package enum Status: UInt8, Sendable {
        case open, accepted, changed
    }

    package let table: ReviewTable
    private let rows: any RowReading
    /// Slices whose rows are never removed.
    private let protected: [SliceSelector]
    /// Decisions by cluster, in their order.
    private var decisions: [Int: [Decision]] = [:]
    private var outcomes: [Int: ClusterOutcome] = [:]
    private var status: [Status]
    /// Rows that leave since they hold an eval item, by number.
    package private(set) var takenRows: [Int: Decision.Row] = [:]
    /// The last word on each finding of an eval item.
    private var pairActions: [PairKey: Decision.Action] = [:]
    /// Items with a finding on which the last word is to retire them.
    package private(set) var retired: Set<Int> = []
    private let overlapsOfRow: [Int: [Int]]
    private let itemNumbers: [Decision.Item: Int]
    /// Decisions that name rows or items that the run has not.
    package private(set) var unmatched: [Decision] = []

    package struct PairKey: Hashable, Sendable {
        package var row: Int
        package var item: Int
    }

    package init(table: ReviewTable, rows: any RowReading, protected: [SliceSelector]) {
        self.table = table
        self.rows = rows
        self.protected = protected
        status = Array(repeating: .open, count: table.clusters.count)
        overlapsOfRow = Dictionary(grouping: table.overlaps.indices) { table.overlaps[$0].row }
        itemNumbers = Dictionary(
            table.items.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Taking decisions

    /// Starts anew from the standing decisions of a trail.
    ///
    /// - Throws: `FindingsError` of reading rows.
    package func replay(_ standing: [Decision]) throws {
        decisions = [:]
        outcomes = [:]
        status = Array(repeating: .open, count: table.clusters.count)
        takenRows = [:]
        pairActions = [:]
        retired = []
        unmatched = []
        var touched = Set<Int>()
        for decision in standing { note(decision, touched: &touched) }
        for cluster in touched { try decide(cluster) }
    }

    /// Takes one more decision.
    ///
    /// - Throws: `FindingsError` of reading rows.
    package func take(_ decision: Decision) throws {
        var touched = Set<Int>()
        note(decision, touched: &touched)
        for cluster in touched { try decide(cluster) }
    }

    private func note(_ decision: Decision, touched: inout Set<Int>) {
        switch decision.action {
        case .remove, .retire, .dismiss,
            .accept where decision.item != nil:
            for (key, row) in pairs(of: decision) { set(key, decision.action, row, touched: &touched) }
        case .accept, .restore, .keeper:
            guard let cluster = cluster(of: decision) else {
                unmatched.append(decision)
                return
            }
            decisions[cluster, default: []].append(decision)
            touched.insert(cluster)
        case .acceptAll:
            guard let filter = decision.filter else { return }
            for cluster in ClusterFilter(filter, table).clusters where status[cluster] == .open {
                if decisions[cluster] == nil { status[cluster] = .accepted }
            }
        case .note, .undo, .signOff: break
        }
    }

    /// Takes the last word on a finding.
    private func set(
        _ key: PairKey, _ action: Decision.Action, _ row: Decision.Row, touched: inout Set<Int>
    ) {
        let former = pairActions.updateValue(action, forKey: key)
        if former == .retire || action == .retire {
            let isRetired = pairActions.contains { $0.key.item == key.item && $0.value == .retire }
            if isRetired { retired.insert(key.item) } else { retired.remove(key.item) }
        }
        guard former == .remove || action == .remove else { return }
        let leaves = overlaps(ofRow: key.row).contains {
            pairActions[PairKey(row: key.row, item: table.overlaps[$0].item)] == .remove
        }
        takenRows[key.row] = leaves ? row : nil
        touched.formUnion(clusters(holding: key.row))
    }

    private func pairs(of decision: Decision) -> [(PairKey, Decision.Row)] {
        let item = decision.item.flatMap { itemNumbers[$0] }
        let found = (decision.rows ?? []).compactMap { row -> (PairKey, Decision.Row)? in
            guard let item, let number = number(of: row) else { return nil }
            return (PairKey(row: number, item: item), row)
        }
        if found.isEmpty { unmatched.append(decision) }
        return found
    }

    /// The cluster that a decision is about: of its first row, else of its keeper.
    private func cluster(of decision: Decision) -> Int? {
        if let row = decision.rows?.first, let place = table.removal(shard: row.shard, ordinal: row.ordinal) {
            return table.cluster(ofRemoval: place)
        }
        guard let keeper = decision.keeper else { return nil }
        return cluster(ofKeeper: keeper)
    }

    /// Clusters by their keepers.
    private lazy var keeperClusters: [Int: Int] = Dictionary(
        table.clusters.enumerated().map { cluster in
            (
                ReviewTable.place(shard: cluster.element.keeperShard, ordinal: cluster.element.keeperOrdinal),
                cluster.offset
            )
        }, uniquingKeysWith: { first, _ in first })

    private lazy var clusterOfKeeperRow: [Int: Int] = Dictionary(
        table.clusters.enumerated().map { ($0.element.keeper, $0.offset) },
        uniquingKeysWith: { first, _ in first })

    /// The number of a row that is a casualty, a keeper or holds an eval item.
    private func number(of row: Decision.Row) -> Int? {
        if let place = table.removal(shard: row.shard, ordinal: row.ordinal) {
            return table.removals[place].row
        }
        if let cluster = cluster(ofKeeper: row) {
            return table.clusters[cluster].keeper
        }
        return table.place(of: row).flatMap { overlapRows[$0] }
    }

    private lazy var overlapRows: [Int: Int] = Dictionary(
        table.overlaps.map { (ReviewTable.place(shard: $0.shard, ordinal: $0.ordinal), $0.row) },
        uniquingKeysWith: { first, _ in first })

    /// The cluster of a keeper.
    func cluster(ofKeeper keeper: Decision.Row) -> Int? {
        table.place(of: keeper).flatMap { keeperClusters[$0] }
    }

    package func cluster(ofKeeperRow row: Int) -> Int? { clusterOfKeeperRow[row] }

    /// Clusters that a row is a member or the keeper of.
    func clusters(holding row: Decision.Row) -> [Int] { number(of: row).map { clusters(holding: $0) } ?? [] }

    private func clusters(holding row: Int) -> [Int] {
        if let place = table.removal(ofRow: row) { return table.cluster(ofRemoval: place).map { [$0] } ?? [] }
        return clusterOfKeeperRow[row].map { [$0] } ?? []
    }

    /// Carries the decisions on a cluster out, from the plan on.
    private func decide(_ cluster: Int) throws {
        let planned = table.members(ofCluster: cluster).map { Int($0) }
        var outcome = ClusterOutcome(planned: planned, of: table)
        let similarity: (Int?, Int?) throws -> Double? = { row, keeper in
            // The plan's own pairs were accepted by the scan.
            if let row, keeper == nil { return self.table.removals[row].similarity }
            return try self.rows.similarity(of: self.row(row, in: cluster), to: self.row(keeper, in: cluster))
        }
        var leaving: [Int?] = planned.filter { takenRows[table.removals[$0].row] != nil }
        let keeperLeaves = takenRows[table.clusters[cluster].keeper] != nil
        if keeperLeaves { leaving.append(nil) }
        if !leaving.isEmpty {
            try outcome.take(
                leaving, isClean: { !self.holdsItem(self.table.removals[$0].row) }, similarity: similarity)
        }
        let start = outcome
        let own = decisions[cluster] ?? []
        for decision in own {
            switch decision.action {
            case .accept: try outcome.removeAgain(places(of: decision), similarity: similarity)
            case .restore: outcome.restore(places(of: decision))
            case .keeper:
                guard let member = places(of: decision).first, !start.taken.contains(member) else { continue }
                let formerMayGo =
                    try outcome.keeper != nil || (!keeperLeaves && !mustStay(keeperOf: cluster))
                try outcome.makeKeeper(member, formerMayGo: formerMayGo, similarity: similarity)
            default: break
            }
        }
        outcomes[cluster] = outcome
        if own.isEmpty {
            if status[cluster] != .accepted { status[cluster] = .open }
        } else {
            status[cluster] = outcome == start ? .accepted : .changed
        }
    }

    /// Whether the plan's keeper stays whatever is decided: it is another corpus's, or lies in a protected slice.
    package func mustStay(keeperOf cluster: Int) throws -> Bool {
        if table.isAgainst(cluster: cluster) { return true }
        guard !protected.isEmpty else { return false }
        guard let slices = try rows.slices(of: .keeper(table.clusters[cluster])) else { return true }
        let shard = SliceValue(field: "shard", value: table.shardName(table.clusters[cluster].keeperShard))
        return (slices + [shard]).contains { value in
            protected.contains { $0.field == value.field && ($0.value == nil || $0.value == value.value) }
        }
    }

    /// Whether an eval item was found in a row, whatever was decided on it.
    private func holdsItem(_ row: Int) -> Bool {
        overlaps(ofRow: row).contains { !table.overlaps[$0].verdict.isLabel }
    }

    /// Whether a row holds an eval item that counts.
    package func isFlagged(_ row: Int) -> Bool {
        overlaps(ofRow: row).contains { place in
            !table.overlaps[place].verdict.isLabel && !isResolved(table.overlaps[place])
        }
    }

    private func places(of decision: Decision) -> [Int] {
        (decision.rows ?? []).compactMap { table.removal(shard: $0.shard, ordinal: $0.ordinal) }
    }

    /// A row of a cluster by its place; `nil`: the plan's keeper.
    package func row(_ place: Int?, in cluster: Int) -> ReviewedRow {
        place.map { .removed(table.removals[$0]) } ?? .keeper(table.clusters[cluster])
    }

    /// A kept row that holds an eval item, by its number.
    func reviewedRow(_ row: Int) -> (row: ReviewedRow, shard: Int32)? {
        if let cluster = clusterOfKeeperRow[row] {
            return (.keeper(table.clusters[cluster]), table.clusters[cluster].keeperShard)
        }
        return overlapsOfRow[row]?.first.map { (.overlap(table.overlaps[$0]), table.overlaps[$0].shard) }
    }

    // MARK: What they come to

    package func status(ofCluster cluster: Int) -> Status { status[cluster] }

    package func outcome(ofCluster cluster: Int) -> ClusterOutcome {
        outcomes[cluster]
            ?? ClusterOutcome(planned: table.members(ofCluster: cluster).map { Int($0) }, of: table)
    }

    package func decisions(onCluster cluster: Int) -> [Decision] { decisions[cluster] ?? [] }

    /// Clusters whose outcome is not the plan's.
    package var changedClusters: [Int] {
        outcomes.keys.filter { outcomes[$0] != ClusterOutcome(planned: Array(plannedMembers($0)), of: table) }
            .sorted()
    }

    private func plannedMembers(_ cluster: Int) -> some Sequence<Int> {
        table.members(ofCluster: cluster).lazy.map { Int($0) }
    }

    package var decidedClusters: Int { status.count { $0 != .open } }

    /// The last word on what was found in a row; `nil` where there is none.
    package func action(on pair: OverlapPair) -> Decision.Action? {
        pairActions[PairKey(row: pair.row, item: pair.item)]
    }

    /// Whether a reviewer has spoken on what was found in a row.
    package func isDecided(_ pair: OverlapPair) -> Bool { action(on: pair) != nil || isResolved(pair) }

    /// Whether an item no longer counts against the row: dismissed, retired, or the row leaves.
    package func isResolved(_ pair: OverlapPair) -> Bool {
        action(on: pair) == .dismiss || retired.contains(pair.item) || takenRows[pair.row] != nil
    }

    /// Places among the table's overlaps.
    package func overlaps(ofRow row: Int) -> [Int] { overlapsOfRow[row] ?? [] }
}
