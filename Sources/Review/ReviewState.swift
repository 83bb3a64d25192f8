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
    /// Whether a keeper may become a casualty; not where slices are protected, whose rows are never removed.
    private let keepersMayGo: Bool
    /// Decisions by cluster, in their order.
    private var decisions: [Int: [Decision]] = [:]
    private var outcomes: [Int: ClusterOutcome] = [:]
    private var status: [Status]
    /// Rows that leave since they hold an eval item, by number.
    package private(set) var takenRows: [Int: Decision.Row] = [:]
    package private(set) var dismissed: Set<PairKey> = []
    package private(set) var retired: Set<Int> = []
    package private(set) var acceptedPairs: Set<PairKey> = []
    private let overlapsOfRow: [Int: [Int]]
    private let itemNumbers: [Decision.Item: Int]
    /// Decisions that name rows or items that the run has not.
    package private(set) var unmatched: [Decision] = []

    package struct PairKey: Hashable, Sendable {
        package var row: Int
        package var item: Int
    }

    package init(table: ReviewTable, rows: any RowReading, keepersMayGo: Bool) {
        self.table = table
        self.rows = rows
        self.keepersMayGo = keepersMayGo
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
        dismissed = []
        retired = []
        acceptedPairs = []
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
        case .accept where decision.item != nil:
            for key in pairs(of: decision) { acceptedPairs.insert(key) }
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
        case .remove:
            for row in decision.rows ?? [] {
                guard let number = number(of: row) else {
                    unmatched.append(decision)
                    continue
                }
                takenRows[number] = row
                touched.formUnion(clusters(holding: number))
            }
        case .retire:
            guard let item = decision.item.flatMap({ itemNumbers[$0] }) else {
                unmatched.append(decision)
                return
            }
            retired.insert(item)
        case .dismiss:
            for key in pairs(of: decision) { dismissed.insert(key) }
        case .note, .undo, .signOff: break
        }
    }

    private func pairs(of decision: Decision) -> [PairKey] {
        guard let item = decision.item.flatMap({ itemNumbers[$0] }) else {
            unmatched.append(decision)
            return []
        }
        let numbers = (decision.rows ?? []).compactMap { number(of: $0) }
        if numbers.isEmpty { unmatched.append(decision) }
        return numbers.map { PairKey(row: $0, item: item) }
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
        let similarity: (Int?, Int) throws -> Double? = { row, keeper in
            try self.rows.similarity(
                of: self.row(row, in: cluster), to: .removed(self.table.removals[keeper]))
        }
        var leaving: [Int?] = planned.filter { takenRows[table.removals[$0].row] != nil }
        if takenRows[table.clusters[cluster].keeper] != nil { leaving.append(nil) }
        if !leaving.isEmpty { try outcome.take(leaving, similarity: similarity) }
        let start = outcome
        let own = decisions[cluster] ?? []
        for decision in own {
            switch decision.action {
            case .accept: outcome = start
            case .restore: outcome.restore(places(of: decision))
            case .keeper:
                guard let member = places(of: decision).first, !start.taken.contains(member) else { continue }
                let formerMayGo =
                    keepersMayGo && !table.isAgainst(cluster: cluster)
                    && !(outcome.keeper == nil && leaving.contains(where: { $0 == nil }))
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

    /// Whether a reviewer has spoken on what was found in a row.
    package func isDecided(_ pair: OverlapPair) -> Bool {
        let key = PairKey(row: pair.row, item: pair.item)
        return dismissed.contains(key) || acceptedPairs.contains(key) || retired.contains(pair.item)
            || takenRows[pair.row] != nil
    }

    /// Whether an item no longer counts against the row: dismissed, retired, or the row leaves.
    package func isResolved(_ pair: OverlapPair) -> Bool {
        dismissed.contains(PairKey(row: pair.row, item: pair.item)) || retired.contains(pair.item)
            || takenRows[pair.row] != nil
    }

    /// Places among the table's overlaps.
    package func overlaps(ofRow row: Int) -> [Int] { overlapsOfRow[row] ?? [] }
}
