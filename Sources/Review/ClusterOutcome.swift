import Findings

/// What becomes of the rows of one cluster, once the decisions on it are carried out.
///
/// At every step each removed row reaches the limit of its kind with the cluster's keeper, which stays: the promise of
/// a plan holds whatever is decided, in whatever order.
package struct ClusterOutcome: Sendable, Equatable {
    /// A row that goes for the keeper's sake.
    package struct Removal: Sendable, Equatable {
        /// The place among the table's removals; `nil`: the keeper of the plan.
        package var member: Int?
        package var similarity: Double

        init(member: Int?, similarity: Double) {
            self.member = member
            self.similarity = similarity
        }
    }

    /// The row that stays: the place among the table's removals; `nil`: the keeper of the plan.
    package private(set) var keeper: Int?
    package private(set) var removed: [Removal]
    /// Members that a change of keeper freed, since they do not reach it.
    package private(set) var freed: [Int] = []
    /// Rows that leave since they hold an eval item.
    package private(set) var taken: [Int] = []
    private let members: [Int]

    /// As planned.
    init(planned members: [Int], of table: ReviewTable) {
        self.members = members
        removed = members.map { Removal(member: $0, similarity: table.removals[$0].similarity) }
    }

    func isRemoved(_ member: Int) -> Bool { removed.contains { $0.member == member } }

    mutating func restore(_ rows: some Sequence<Int>) {
        let rows = Set(rows)
        removed.removeAll { $0.member.map { rows.contains($0) } ?? false }
        freed.removeAll { rows.contains($0) }
    }

    /// Rows that were restored go again, where they reach the keeper.
    mutating func removeAgain(
        _ rows: [Int], similarity: (_ row: Int?, _ keeper: Int?) throws -> Double?
    ) rethrows {
        for row in rows
        where row != keeper && !isRemoved(row) && !taken.contains(row) && members.contains(row) {
            guard let found = try similarity(row, keeper) else { continue }
            removed.append(Removal(member: row, similarity: found))
            freed.removeAll { $0 == row }
        }
        removed.sort { ($0.member ?? .max) < ($1.member ?? .max) }
    }

    /// Makes a member the keeper: those that are removed now, and the keeper so far, are held against it, and stay
    /// where they do not reach it.
    ///
    /// - Parameters:
    ///   - former: whether the keeper so far may go; it stays where another corpus or a protected slice holds it.
    ///   - similarity: of two rows by their places, `nil` for the plan's keeper; `nil` where they are no duplicates.
    mutating func makeKeeper(
        _ member: Int, formerMayGo former: Bool, similarity: (_ row: Int?, _ keeper: Int?) throws -> Double?
    ) rethrows {
        guard keeper != member else { return }
        var candidates = removed.map(\.member).filter { $0 != member }
        if former { candidates.append(keeper) }
        var next: [Removal] = []
        for row in candidates {
            if let found = try similarity(row, member) {
                next.append(Removal(member: row, similarity: found))
            } else if let row {
                freed.append(row)
            }
        }
        freed.removeAll { $0 == member }
        freed.sort()
        keeper = member
        removed = next
    }

    /// The rows leave whatever is decided on duplicates: where the keeper is among them, a member takes its place, the
    /// first that is clean, else the first.
    ///
    /// - Parameters:
    ///   - rows: places of members; `nil` for the plan's keeper.
    ///   - isClean: whether a member holds no eval item itself.
    mutating func take(
        _ rows: [Int?], isClean: (_ row: Int) -> Bool,
        similarity: (_ row: Int?, _ keeper: Int?) throws -> Double?
    ) rethrows {
        let leaving = Set(rows.compactMap { $0 })
        taken = leaving.sorted()
        removed.removeAll { $0.member.map { leaving.contains($0) } ?? false }
        guard rows.contains(where: { $0 == nil }) else { return }
        let candidates = removed.compactMap(\.member)
        guard let successor = candidates.first(where: isClean) ?? candidates.first else { return }
        try makeKeeper(successor, formerMayGo: false, similarity: similarity)
    }

    /// Members that are kept though the plan removes them.
    package var restored: [Int] {
        let gone = Set(removed.compactMap(\.member)).union(taken)
        return members.filter { !gone.contains($0) }
    }

    /// Whether the plan's keeper goes, and to which similarity with the new one.
    package var formerKeeper: Removal? { removed.first { $0.member == nil } }
}
