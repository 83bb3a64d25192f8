import Corpus
import Corpus
import Findings

/// One reviewer's work on a run: the queue, the decisions, and what they come to. Pages and terminals are views of it.
///
/// Calls come from one thread at a time.
package final class ReviewSession {
    package let scope: ReviewScope
    package let reviewer: String
    package let state: ReviewState
    let rows: any RowReading
    let queue: RiskQueue
    /// `nil`: the session is only read.
    private let writer: DecisionWriter?
    package private(set) var trail: DecisionTrail
    private let clock: () -> String
    private let makeID: () -> String
    package internal(set) var board: SliceBoard
    /// Clusters in the order in which they are shown: by risk, or the audit's sample.
    package let order: [Int32]
    private let placeOfCluster: [Int32]
    package let auditSize: Int?
    /// Of rows that leave for an eval item's sake, as the run tells them.
    var takenSlices: [Int: (shard: Int32, slices: [SliceValue])] = [:]

    var table: ReviewTable { state.table }

    /// - Parameters:
    ///   - auditSize: clusters to draw for an audit; `nil`: all clusters by risk.
    ///   - clock: ISO 8601, UTC.
    ///   - makeID: ids of decisions, each another.
    /// - Throws: `FindingsError` of reading rows.
    /// - Complexity: O(removed rows log clusters + decisions).
    package convenience init(
        _ scope: ReviewScope, table: ReviewTable, rows: any RowReading, writer: DecisionWriter,
        reviewer: String,
        auditSize: Int?, clock: @escaping () -> String, makeID: @escaping () -> String
    ) throws {
        try self.init(
            scope, table: table, rows: rows, trail: writer.trail, writer: writer, reviewer: reviewer,
            auditSize: auditSize, clock: clock, makeID: makeID)
    }

    /// What a trail comes to, for reading alone.
    ///
    /// - Throws: `FindingsError` of reading rows.
    package convenience init(
        reading scope: ReviewScope, table: ReviewTable, rows: any RowReading, trail: DecisionTrail
    ) throws {
        try self.init(
            scope, table: table, rows: rows, trail: trail, writer: nil, reviewer: "", auditSize: nil,
            clock: { "" }, makeID: { "" })
    }

    private init(
        _ scope: ReviewScope, table: ReviewTable, rows: any RowReading, trail: DecisionTrail,
        writer: DecisionWriter?, reviewer: String, auditSize: Int?, clock: @escaping () -> String,
        makeID: @escaping () -> String
    ) throws {
        self.scope = scope
        self.reviewer = reviewer
        self.rows = rows
        self.writer = writer
        self.trail = trail
        self.clock = clock
        self.makeID = makeID
        self.auditSize = auditSize
        state = ReviewState(table: table, rows: rows, protected: scope.protected)
        queue = RiskQueue(
            table, losses: scope.summary.nearDuplicates.slices, corpusRows: scope.summary.rows.in)
        let sample = AuditSample(table, count: auditSize ?? 0, plan: scope.plan)
        order = auditSize == nil ? queue.order : sample.clusters
        var places = [Int32](repeating: -1, count: table.clusters.count)
        for (place, cluster) in order.enumerated() { places[Int(cluster)] = Int32(place) }
        placeOfCluster = places
        board = SliceBoard(scope.summary.nearDuplicates.slices, table)
        try state.replay(trail.standing)
        rebuildBoard()
    }

    /// The place of a cluster in the order shown; `nil` for one that the audit has not drawn.
    package func place(ofCluster cluster: Int) -> Int? {
        placeOfCluster.indices.contains(cluster) && placeOfCluster[cluster] >= 0
            ? Int(placeOfCluster[cluster]) : nil
    }

    // MARK: Decisions

    /// The removals that nobody restored stand.
    ///
    /// - Parameter members: places of restored rows that go again; none: nothing changes but that it is decided.
    /// - Throws: `FindingsError`.
    package func accept(cluster: Int, members: [Int] = [], note: String?) throws {
        try check(cluster)
        let all = Set(table.members(ofCluster: cluster).map { Int($0) })
        try record(.accept, cluster: cluster, rows: members.filter { all.contains($0) }, note: note)
    }

    /// - Parameter members: places of removed rows; all of the cluster where empty.
    package func restore(cluster: Int, members: [Int], reason: String?, note: String?) throws {
        try check(cluster)
        let all = table.members(ofCluster: cluster).map { Int($0) }
        let chosen = members.isEmpty ? all : members.filter { all.contains($0) }
        guard !chosen.isEmpty else { throw ReviewError.noSuchRow }
        for start in stride(from: 0, to: chosen.count, by: Self.rowsOfLine) {
            let part = Array(chosen[start..<min(chosen.count, start + Self.rowsOfLine)])
            try record(.restore, cluster: cluster, rows: part, reason: reason, note: note)
        }
    }

    /// - Parameter member: the place of the removed row that is to stay.
    /// - Throws: `ReviewError` where the keeper is not to be replaced; `FindingsError`.
    package func makeKeeper(cluster: Int, member: Int, reason: String?, note: String?) throws {
        try check(cluster)
        guard table.members(ofCluster: cluster).contains(where: { Int($0) == member }) else {
            throw ReviewError.noSuchRow
        }
        if table.isAgainst(cluster: cluster) { throw ReviewError.keeperOfAnotherCorpus }
        try record(.keeper, cluster: cluster, rows: [member], reason: reason, note: note)
    }

    /// As `makeKeeper`, with what became of the others in words.
    package func makeKeeperSaying(cluster: Int, member: Int, reason: String?, note: String?) throws -> String
    {
        try makeKeeper(cluster: cluster, member: member, reason: reason, note: note)
        let outcome = state.outcome(ofCluster: cluster)
        var parts = ["the row is the keeper now"]
        if outcome.formerKeeper == nil {
            parts.append("its former keeper is no duplicate of it and stays too")
        }
        switch outcome.freed.count {
        case 0: break
        case 1: parts.append("1 row that does not reach it goes back to kept")
        case let count: parts.append("\(count) rows that do not reach it go back to kept")
        }
        return parts.joined(separator: "; ")
    }

    /// Words on a cluster, without an effect.
    package func note(cluster: Int, _ note: String) throws {
        guard !note.isEmpty else { throw ReviewError.wrongRequest("an empty note was left out") }
        try record(.note, cluster: cluster, rows: [], note: note)
    }

    /// - Parameter place: among the table's overlaps.
    /// - Returns: what it does, in words.
    @discardableResult
    package func decide(
        overlap place: Int, _ action: Decision.Action, reason: String?, note: String?
    ) throws -> String {
        guard table.overlaps.indices.contains(place), [.accept, .remove, .retire, .dismiss].contains(action)
        else { throw ReviewError.noSuchRow }
        let pair = table.overlaps[place]
        var decision = draft(action, reason: reason, note: note)
        decision.rows = [try rows.reference(of: .overlap(pair))]
        decision.item = table.items[pair.item]
        try append(decision)
        return words(on: pair, action)
    }

    private func words(on pair: OverlapPair, _ action: Decision.Action) -> String {
        switch action {
        case .retire: return "the eval item is to be retired: it no longer counts against the run"
        case .dismiss: return "no contamination"
        case .remove: break
        default:
            return scope.plannedVerdicts.contains(pair.verdict)
                ? "left as planned: the row is removed" : "left as planned: the row stays"
        }
        guard let cluster = state.cluster(ofKeeperRow: pair.row),
            let successor = state.outcome(ofCluster: cluster).keeper
        else { return "the row leaves the training rows" }
        let next = table.removals[successor]
        let place = "\(table.shardName(next.shard)):\(next.ordinal)"
        return "the row leaves the training rows; its duplicate \(place) takes its place"
            + (state.isFlagged(next.row) ? " and HOLDS AN EVAL ITEM TOO: decide on that finding as well" : "")
    }

    /// Accepts all open clusters that a filter takes.
    ///
    /// - Returns: how many.
    @discardableResult
    package func acceptAll(_ filter: ReviewFilter, reason: String?) throws -> Int {
        let count = try clusters(takenBy: filter).count
        guard count > 0 else { return 0 }
        var decision = draft(.acceptAll, reason: reason, note: nil)
        decision.filter = filter
        decision.clusters = count
        try append(decision)
        return count
    }

    /// Open clusters that a filter takes, by rank.
    ///
    /// - Throws: `ReviewError` for a filter without a condition, or with one that no row can meet.
    package func clusters(takenBy filter: ReviewFilter) throws -> [Int] {
        try ClusterFilter.check(filter, table)
        return ClusterFilter(filter, table).clusters.filter { state.status(ofCluster: $0) == .open }
    }

    /// Takes the last standing decision back.
    ///
    /// - Returns: it; `nil` where there is none, or where it is another reviewer's.
    @discardableResult
    package func undo() throws -> Decision? {
        guard let last = trail.standing.last, last.reviewer == reviewer else { return nil }
        var decision = draft(.undo, reason: nil, note: nil)
        decision.undoes = last.decision
        try changing(last) {
            try write(decision)
            try state.replay(trail.standing)
        }
        return last
    }

    /// - Throws: `ReviewError` without a statement.
    package func signOff(_ statement: String) throws {
        guard statement.contains(where: { !$0.isWhitespace }) else { throw ReviewError.noStatement }
        guard !table.clusters.isEmpty || !table.overlaps.isEmpty else { throw ReviewError.nothingToDecide }
        var decision = draft(.signOff, reason: nil, note: nil)
        decision.statement = statement
        decision.progress = progress
        decision.figure = auditFigure.flatMap { $0.audited > 0 ? $0 : nil }
        try append(decision)
    }

    /// Adds decisions of an earlier run that hold on this one.
    package func carry(_ decisions: [Decision]) throws {
        for decision in decisions { try append(decision) }
    }

    /// Rows that one line names at most.
    private static let rowsOfLine = 1000

    private func record(
        _ action: Decision.Action, cluster: Int, rows members: [Int], reason: String? = nil, note: String?
    ) throws {
        try check(cluster)
        var decision = draft(action, reason: reason, note: note)
        decision.keeper = try rows.reference(of: .keeper(table.clusters[cluster]))
        if !members.isEmpty {
            decision.rows = try members.map { try rows.reference(of: .removed(table.removals[$0])) }
        }
        if auditSize != nil, placeOfCluster[cluster] >= 0 { decision.audit = order.count }
        try append(decision)
    }

    private func check(_ cluster: Int) throws {
        guard table.clusters.indices.contains(cluster) else { throw ReviewError.noSuchRow }
    }

    /// Bytes that a reason, a note or a statement may have.
    static let mostBytes = 4000

    private func draft(_ action: Decision.Action, reason: String?, note: String?) -> Decision {
        var decision = Decision(action)
        decision.decision = makeID()
        decision.time = clock()
        decision.reviewer = reviewer
        decision.reason = reason.flatMap { $0.isEmpty ? nil : $0 }
        decision.note = note.flatMap { $0.isEmpty ? nil : $0 }
        decision.plan = scope.plan
        decision.normalForm = scope.normalForm
        decision.threshold = scope.threshold
        return decision
    }

    private func append(_ decision: Decision) throws {
        for text in [decision.reason, decision.note, decision.statement] {
            guard (text?.utf8.count ?? 0) <= Self.mostBytes else {
                throw ReviewError.wrongRequest("more than \(Self.mostBytes) bytes of words")
            }
        }
        try changing(decision) {
            try write(decision)
            try state.take(decision)
        }
    }

    private func write(_ decision: Decision) throws {
        guard let writer else { throw ReviewError.wrongRequest("the session is only read") }
        try writer.append(decision)
        trail = writer.trail
    }

    /// Keeps the live figures in step with what `body` does to the clusters of a decision.
    private func changing(_ decision: Decision, _ body: () throws -> Void) throws {
        let isBulk = decision.action == .acceptAll
        let clusters = isBulk ? [] : affected(by: decision)
        for cluster in clusters { count(cluster, -1) }
        if decision.item != nil { countTaken(-1) }
        defer {
            if decision.item != nil { countTaken(1) }
            if isBulk { rebuildBoard() } else { for cluster in clusters { count(cluster, 1) } }
        }
        try body()
    }
}
