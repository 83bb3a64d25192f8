import Corpus
import Findings

/// The clusters that a bulk decision takes.
struct ClusterFilter {
    /// By rank.
    let clusters: [Int]

    /// - Complexity: O(removed rows).
    init(_ filter: ReviewFilter, _ table: ReviewTable) {
        let slice = filter.slice.map { SliceSelector($0) }
        let sets: Set<Int32>? = slice.map { slice in
            Set(
                table.sliceSets.indices.filter { set in
                    table.sliceSets[set].contains { Self.matches(slice, table.sliceValues[Int($0)]) }
                }.map { Int32($0) })
        }
        func takes(_ removal: RemovalRecord) -> Bool {
            if let least = filter.similarity, removal.similarity < least { return false }
            if let most = filter.textLost, Double(removal.textLost) > most { return false }
            if let kind = filter.kind, removal.kind.name != kind { return false }
            if let difference = filter.difference, removal.difference.name != difference { return false }
            guard let sets, let slice else { return true }
            return sets.contains(removal.sliceSet)
                || Self.matches(slice, SliceValue(field: "shard", value: table.shardName(removal.shard)))
        }
        clusters = table.clusters.indices.filter { cluster in
            let members = table.members(ofCluster: cluster)
            return !members.isEmpty && members.allSatisfy { takes(table.removals[Int($0)]) }
        }
    }

    /// - Throws: `ReviewError` for a filter without a condition, or with one that no row can meet.
    static func check(_ filter: ReviewFilter, _ table: ReviewTable) throws {
        if filter.isEmpty { throw ReviewError.emptyFilter }
        for (name, value) in [("similarity", filter.similarity), ("text lost", filter.textLost)] {
            if let value, !(0...1).contains(value) {
                throw ReviewError.wrongRequest("\(name) is a share from 0 to 1, as 0.95")
            }
        }
        if let kind = filter.kind, !CasualtyKind.allCases.contains(where: { $0.name == kind }) {
            let names = CasualtyKind.allCases.map(\.name).joined(separator: ", ")
            throw ReviewError.wrongRequest("there is no kind \(kind); kinds are \(names)")
        }
        if let difference = filter.difference, DifferenceClass(name: difference) == nil {
            let names = DifferenceClass.allCases.map(\.name).joined(separator: ", ")
            throw ReviewError.wrongRequest("there is no difference class \(difference); classes are \(names)")
        }
        guard let slice = filter.slice.map({ SliceSelector($0) }) else { return }
        let shards = table.shards.map { SliceValue(field: "shard", value: $0.name) }
        guard (table.sliceValues + shards).contains(where: { matches(slice, $0) }) else {
            throw ReviewError.wrongRequest(
                "no removed row lies in a slice \(slice.description); write it as queue=refunds")
        }
    }

    private static func matches(_ selector: SliceSelector, _ value: SliceValue) -> Bool {
        selector.field == value.field && (selector.value == nil || selector.value == value.value)
    }
}
