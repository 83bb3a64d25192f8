import Findings

/// Decisions on an earlier run, held against another: those that hold on it too, and those that do not, with the reason.
package struct DecisionCarrier {
    package struct Leftover: Sendable, Equatable {
        package var decision: Decision
        package var reason: String
    }

    /// Decisions for the new run, in the order of the old ones.
    package private(set) var carried: [Decision] = []
    /// Made under another threshold or normal form.
    package private(set) var stale: [Leftover] = []
    /// About rows or items that the new run does not have, or has no need to decide.
    package private(set) var unused: [Leftover] = []

    /// Accepts, notes and sign-offs: they speak of the plan that they were made on.
    package private(set) var ofPlanAlone = 0
    package private(set) var alreadyCarried = 0

    private let table: ReviewTable
    private let rows: any RowReading
    private let scope: ReviewScope
    /// Places of removed rows by the hash of their normal forms.
    private let places: [String: [Int]]
    private let overlapRows: [String: [Int]]
    private let itemNumbers: [Decision.Item: Int]

    /// - Parameters:
    ///   - trail: of any plan.
    ///   - known: ids of decisions that the run's own trail has carried over already.
    /// - Throws: `FindingsError` of reading rows.
    /// - Complexity: O(removed rows + lines of overlaps).
    package init(
        _ trail: DecisionTrail, to scope: ReviewScope, _ table: ReviewTable, _ rows: any RowReading,
        known: Set<String>, makeID: () -> String, time: String
    ) throws {
        self.table = table
        self.rows = rows
        self.scope = scope
        let standing = Self.lastWords(trail.standing)
        let wanted = Set(standing.flatMap { ($0.rows ?? []).map(\.textId) }.filter { !$0.isEmpty })
        places = try rows.removals(ofTexts: wanted, in: table)
        overlapRows = try rows.overlaps(ofTexts: wanted, in: table)
        itemNumbers = Dictionary(
            table.items.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        for decision in standing {
            guard [.restore, .keeper, .remove, .retire, .dismiss].contains(decision.action) else {
                ofPlanAlone += 1
                continue
            }
            if known.contains(decision.decision) {
                alreadyCarried += 1
                continue
            }
            if decision.normalForm != scope.normalForm {
                stale.append(
                    Leftover(decision: decision, reason: "made under normal form \(decision.normalForm)"))
                continue
            }
            // An eval item is found, or not, whatever the near layer's threshold.
            if decision.item == nil, decision.threshold != scope.threshold {
                stale.append(
                    Leftover(decision: decision, reason: "made under threshold \(decision.threshold)"))
                continue
            }
            switch try carry(decision) {
            case .success(let found):
                for var decision in found {
                    decision.carriedFrom = decision.decision
                    decision.decision = makeID()
                    decision.time = time
                    decision.plan = scope.plan
                    decision.threshold = scope.threshold
                    decision.audit = nil
                    carried.append(decision)
                }
            case .failure(let reason): unused.append(Leftover(decision: decision, reason: reason.text))
            }
        }
    }

    /// Decisions whose effect no later one of the same trail takes back: of a row the last word, of a cluster the last
    /// keeper, of a finding the last word.
    private static func lastWords(_ standing: [Decision]) -> [Decision] {
        var restored: [Decision.Row: String] = [:]
        var keepers: [Decision.Row: String] = [:]
        var findings: [Finding: String] = [:]
        for decision in standing {
            for row in decision.rows ?? [] {
                if let item = decision.item {
                    findings[Finding(row: row, item: item)] = decision.decision
                } else if decision.action == .restore {
                    restored[row] = decision.decision
                } else if decision.action == .accept || decision.action == .keeper {
                    restored[row] = nil
                }
            }
            if decision.action == .keeper, let keeper = decision.keeper {
                keepers[keeper] = decision.decision
            }
        }
        return standing.compactMap { decision in
            var last = decision
            if let item = decision.item {
                last.rows = decision.rows?.filter {
                    findings[Finding(row: $0, item: item)] == decision.decision
                }
            } else if decision.action == .restore {
                last.rows = decision.rows?.filter { restored[$0] == decision.decision }
            } else if decision.action == .keeper,
                let keeper = decision.keeper, keepers[keeper] != decision.decision
            {
                return nil
            }
            return last.rows?.isEmpty ?? false ? nil : last
        }
    }

    private struct Finding: Hashable {
        var row: Decision.Row
        var item: Decision.Item
    }

    private struct Reason: Error {
        var text: String
    }

    private func carry(_ decision: Decision) throws -> Result<[Decision], Reason> {
        switch decision.action {
        case .restore: try carryRestore(decision)
        case .keeper: try carryKeeper(decision)
        case .retire:
            decision.item.flatMap { itemNumbers[$0] } == nil
                ? .failure(Reason(text: "the item was not found in this run's rows")) : .success([decision])
        default: try carryOverlap(decision)
        }
    }

    /// One row of each text comes back, unless a row of the same text stays anyway.
    private func carryRestore(_ decision: Decision) throws -> Result<[Decision], Reason> {
        var found: [Int] = []
        for row in decision.rows ?? [] {
            guard let places = places[row.textId], let first = places.first else { continue }
            // Rows of one normal form have a keeper of the same one.
            if places.contains(where: { [.identical, .exact].contains(table.removals[$0].kind) }) {
                continue
            }
            let same = try places.first { try rows.reference(of: .removed(table.removals[$0])).id == row.id }
            found.append(same ?? first)
        }
        guard !found.isEmpty else {
            return .failure(Reason(text: "no row of its text is removed, or a row of the same text stays"))
        }
        // A decision is about one cluster.
        let clusters = Dictionary(grouping: found) { table.cluster(ofRemoval: $0) ?? -1 }
        return .success(
            try clusters.sorted { $0.key < $1.key }.map { _, places in
                var carried = decision
                carried.rows = try places.map { try rows.reference(of: .removed(table.removals[$0])) }
                carried.keeper = try keeper(ofRemoval: places[0])
                return carried
            })
    }

    private func carryKeeper(_ decision: Decision) throws -> Result<[Decision], Reason> {
        guard let row = decision.rows?.first, let place = places[row.textId]?.first,
            let cluster = table.cluster(ofRemoval: place), !table.isAgainst(cluster: cluster)
        else { return .failure(Reason(text: "no row of its text is removed")) }
        var carried = decision
        carried.rows = [try rows.reference(of: .removed(table.removals[place]))]
        carried.keeper = try keeper(ofRemoval: place)
        return .success([carried])
    }

    private func keeper(ofRemoval place: Int) throws -> Decision.Row? {
        guard let cluster = table.cluster(ofRemoval: place) else { return nil }
        return try rows.reference(of: .keeper(table.clusters[cluster]))
    }

    private func carryOverlap(_ decision: Decision) throws -> Result<[Decision], Reason> {
        guard let item = decision.item.flatMap({ itemNumbers[$0] }) else {
            return .failure(Reason(text: "the item was not found in this run's rows"))
        }
        let found = (decision.rows ?? []).flatMap { overlapRows[$0.textId] ?? [] }
            .filter { table.overlaps[$0].item == item }
        guard !found.isEmpty else {
            return .failure(Reason(text: "no row of its text holds the item"))
        }
        var carried = decision
        carried.rows = try found.map { try rows.reference(of: .overlap(table.overlaps[$0])) }
        return .success([carried])
    }
}
