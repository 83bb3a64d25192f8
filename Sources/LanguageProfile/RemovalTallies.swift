/// Turns by their features in the rows that a dedup removes and in those that it keeps; of one thread, or of all once
/// they are merged.
///
/// A cluster (a keeper and what is removed for its sake) is one draw: rows of one template are one event. Kept rows
/// without duplicates are draws of their own.
package struct RemovalTallies: Sendable {
    package private(set) var removedRows = 0
    package private(set) var keptRows = 0
    /// By role.
    private(set) var removed = [RoleTally](repeating: RoleTally(), count: ProfileRole.count)
    private(set) var kept = [RoleTally](repeating: RoleTally(), count: ProfileRole.count)
    private(set) var single = [RoleTally](repeating: RoleTally(), count: ProfileRole.count)
    private(set) var clusters = UnitTallies(columns: 2 * ProfileRole.count)

    package init() {}

    mutating func add(_ turns: [FeatureTallies.TurnFeatures], _ fate: RowOrigin.Fate) {
        if fate.isRemoved { removedRows += 1 } else { keptRows += 1 }
        for role in ProfileRole.allCases {
            let own = turns.filter { $0.role == role }
            if own.isEmpty { continue }
            let union = own.reduce(0) { $0 | $1.found }
            let at = Int(role.rawValue)
            if fate.isRemoved { removed[at].add(own, union) } else { kept[at].add(own, union) }
            if let cluster = fate.cluster {
                clusters.add(own, union, unit: cluster, column: Self.column(role, isRemoved: fate.isRemoved))
            } else {
                single[at].add(own, union)
            }
        }
    }

    static func column(_ role: ProfileRole, isRemoved: Bool) -> Int {
        2 * Int(role.rawValue) + (isRemoved ? 1 : 0)
    }

    package mutating func merge(_ other: RemovalTallies) {
        removedRows += other.removedRows
        keptRows += other.keptRows
        for at in removed.indices {
            removed[at].merge(other.removed[at])
            kept[at].merge(other.kept[at])
            single[at].merge(other.single[at])
        }
        clusters.merge(other.clusters)
    }

    /// Ends the counting.
    package mutating func seal() { clusters.seal() }
}
