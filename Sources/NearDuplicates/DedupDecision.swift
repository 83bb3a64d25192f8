import CText
import Corpus
import Findings
import Pipeline

/// Decides every row of a sealed table, from merged state alone.
package struct DedupDecision {
    package let table: RowTable
    package let configuration: DedupConfiguration
    package let slices: SliceIndex
    package let verdicts: Verdicts
    /// Verified pairs for planning at a higher threshold: ordered by row, the most similar first.
    package private(set) var pairs: [Match] = []
    /// Ordered by row; a row at most once.
    package private(set) var spared: [SparedMatch] = []
    /// The first row with the same normal form, a row an element.
    package var firstOfText: [UInt32] { table.firstOfText }
    package private(set) var figures = DedupFigures()

    private let order: PriorityOrder

    /// - Parameter declared: the names of the declared slice fields, in the order of the mapper's dimensions.
    /// - Throws: `ScratchError`.
    package init(table: RowTable, declared: [String], configuration: DedupConfiguration) throws {
        self.table = table
        self.configuration = configuration
        slices = SliceIndex(table: table, declared: declared)
        Self.markProtected(table, configuration, slices)
        order = PriorityOrder(table: table, configuration: configuration, slices: slices)
        verdicts = Verdicts(rowCount: table.rowCount)
        figures.sameSides = try SameSideCounts(table: table)
        let identity = try IdentityLayer(table: table, order: order)
        table.firstOfText = identity.firstOfText
        giveBackMemory()
        try runLeaderPass(identity.representative)
        followIdentical(identity.representative)
        var contained = try ContainmentLayer(decision: self)
        try contained.run()
        figures.prefixRows = contained.prefixRows
        var policies = ClusterPolicies(decision: self, representative: identity.representative)
        try policies.run()
        spared = Self.last(of: [spared, contained.spared, policies.restored], verdicts)
        pairs.sort { Self.precedes($0, $1) }
        verdicts.seal()
        giveBackMemory()
    }

    /// The tables of a layer are of no use to the next; of few rows they are not worth the page faults.
    package func giveBackMemory() {
        if isLarge { ctext_give_back_memory() }
    }

    /// So many rows that tables by row take most of the memory.
    package var isLarge: Bool { table.rowCount > 1_000_000 }

    /// The spared rows that stay in the end, each with the rule of the last layer that it met.
    private static func last(of layers: [[SparedMatch]], _ verdicts: Verdicts) -> [SparedMatch] {
        var ofRow: [UInt32: SparedMatch] = [:]
        for spared in layers.joined() where !verdicts.isRemoved(Int(spared.match.row)) {
            ofRow[spared.match.row] = spared
        }
        return ofRow.values.sorted { $0.match.row < $1.match.row }
    }

    private static func precedes(_ left: Match, _ right: Match) -> Bool {
        if left.row != right.row { return left.row < right.row }
        let a = UInt64(left.shared) * UInt64(right.total)
        let b = UInt64(right.shared) * UInt64(left.total)
        return a == b ? left.keeper < right.keeper : a > b
    }

    private static func markProtected(
        _ table: RowTable, _ configuration: DedupConfiguration, _ slices: SliceIndex
    ) {
        for selector in configuration.protected {
            let members = slices.membership(of: selector)
            for row in 0..<table.rowCount where members[Int(table.sliceSet[row])] {
                table.flags[row].insert(.protected)
            }
        }
    }

    private mutating func runLeaderPass(_ representative: [UInt32]) throws {
        let participants = representative.indices.map {
            Int(representative[$0]) == $0 && table.flags[$0].contains(.hasText)
                && !table.flags[$0].contains(.long)
        }
        let banding = Banding(threshold: configuration.threshold)
        let components = try BucketComponents(
            table: table, participants: participants, banding: banding, threads: configuration.threads)
        let budget = ShingleBudget(bytes: LeaderPass.shingleCacheBytes)
        let passes = try (0..<configuration.threads).map { _ in
            try LeaderPass(
                table: table, configuration: configuration, banding: banding, order: order,
                verdicts: verdicts,
                budget: budget)
        }
        let shared = SharedPasses(passes: passes)
        try parallelFor(components.starts.count - 1, threads: configuration.threads) { worker, index in
            let range = components.starts[index]..<components.starts[index + 1]
            try shared.passes[worker].run(components.members[range])
        }
        for pass in passes {
            pairs += pass.record.pairs
            spared += pass.record.spared
            figures.add(pass.record)
        }
    }

    private struct SharedPasses: @unchecked Sendable {  // each worker uses its own element
        let passes: [LeaderPass]
    }

    /// Rows equal to a representative share its fate.
    private mutating func followIdentical(_ representative: [UInt32]) {
        for row in representative.indices {
            let first = Int(representative[row])
            if first == row || table.flags[row].contains(.against) { continue }
            let sameOutside = table.outsideHash[row] == table.outsideHash[first]
            var match = Match(
                row: UInt32(row), keeper: UInt32(first), kind: .identical,
                difference: sameOutside ? .identical : .fields)
            if let fate = verdicts.casualty(first) {
                match = fate
                match.row = UInt32(row)
            }
            if table.flags[row].contains(.protected) {
                spared.append(SparedMatch(match: match, rule: .protect))
            } else {
                verdicts.remove(match)
            }
        }
    }

    func precedes(_ left: Int, _ right: Int) -> Bool { order.precedes(left, right) }
}
