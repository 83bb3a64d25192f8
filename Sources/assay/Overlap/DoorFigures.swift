import EvalOverlap
import Findings

/// The doors of a run as lines of the table, and the rows and items that they join.
struct DoorFigures {
    let doors: RowDoors
    let evidence: OverlapEvidenceStage
    /// Writes identities; `nil` leaves them out.
    let key: IdentityKey?
    /// Of a scan.
    let clusters: RowClusters?

    private(set) var lines: [EvalOverlapFigures.Door] = []
    private(set) var joins: [DoorJoinRecord] = []

    /// One door's keys.
    private struct Family {
        var name: String
        var kinds: [DoorKey.Kind]
        /// Singular names, by kind.
        var words: [String]
    }

    private static let families = [
        Family(name: "identity", kinds: [.field], words: ["value"]),
        Family(
            name: "identity in text", kinds: [.email, .orderNumber, .url],
            words: ["e-mail address", "order number", "url"]),
        Family(name: "conversation", kinds: [.turn, .history], words: ["turn", "history"]),
    ]

    /// - Complexity: O(joins log joins).
    init(
        doors: RowDoors, evidence: OverlapEvidenceStage, key: IdentityKey?, clusters: RowClusters?
    ) {
        self.doors = doors
        self.evidence = evidence
        self.key = key
        self.clusters = clusters
        for family in Self.families where !doors.kinds.isDisjoint(with: family.kinds) || isAskedFor(family) {
            add(family)
        }
        if let clusters { addClusters(clusters) } else { addLikeness() }
        if doors.time != nil { lines.append(time()) }
        joins = Array(Set(joins.map { Join($0) })).map(\.record).sorted()
    }

    private struct Join: Hashable {
        var record: DoorJoinRecord
        init(_ record: DoorJoinRecord) { self.record = record }
        func hash(into hasher: inout Hasher) {
            hasher.combine(record.row)
            hasher.combine(record.item)
        }
    }

    private func isAskedFor(_ family: Family) -> Bool {
        family.name == "identity" && !doors.identities.isEmpty
    }

    /// Sets that are no control, by number.
    private var sets: [Int] {
        let all = evidence.decision.index.sets
        return all.indices.filter { !all[$0].isControl }
    }

    private func set(of item: Int) -> Int { Int(evidence.decision.index.items[item].set) }

    private func line(_ door: String, set: Int, rows: Int, items: Int, _ detail: String)
        -> EvalOverlapFigures.Door
    {
        var line = EvalOverlapFigures.Door()
        line.door = door
        line.set = evidence.decision.index.sets[set].name
        line.rows = rows
        line.items = items
        line.detail = detail
        return line
    }

    // MARK: Identities and turns

    private mutating func add(_ family: Family) {
        var rows: [Int: Set<DoorRows.Place>] = [:]
        var items: [Int: Set<Int>] = [:]
        var keys: [Int: [DoorKey.Kind: Int]] = [:]
        for (hash, places) in evidence.survey.doorRows.joins {
            guard let entry = doors[hash], family.kinds.contains(entry.kind) else { continue }
            let code = entry.value.isEmpty ? nil : key?.code(of: entry.value)
            for set in Set(entry.items.map { set(of: $0) }) {
                rows[set, default: []].formUnion(places)
                keys[set, default: [:]][entry.kind, default: 0] += 1
            }
            for item in entry.items {
                items[set(of: item), default: []].insert(item)
                for place in places { joins.append(join(family.name, code, place, item)) }
            }
        }
        let common =
            evidence.survey.doorRows.commonKeys.count {
                doors[$0].map { family.kinds.contains($0.kind) } ?? false
            }
            + family.kinds.reduce(0) { $0 + (doors.common[$1] ?? 0) }
        let left = common > 0 ? "; \(common) too common to join" : ""
        for set in sets where !(items[set] ?? []).isEmpty {
            let own = items[set] ?? []
            let parts = zip(family.kinds, family.words).compactMap { kind, word -> String? in
                guard let count = keys[set]?[kind], count > 0 else { return nil }
                return "\(count) \(Self.plural(word, count))"
            }
            let flagged = own.count { evidence.tally.isFlagged($0) }
            lines.append(
                line(
                    family.name, set: set, rows: rows[set]?.count ?? 0, items: own.count,
                    "share \(parts.joined(separator: ", ")); \(flagged) of the items flagged" + left))
        }
        if items.isEmpty {
            var none = EvalOverlapFigures.Door()
            none.door = family.name
            none.detail = "nothing shared" + left
            lines.append(none)
        }
    }

    private static func plural(_ word: String, _ count: Int) -> String {
        if count == 1 { return word }
        if word.hasSuffix("y") { return word.dropLast() + "ies" }
        return word + (word.hasSuffix("s") ? "es" : "s")
    }

    private func join(_ door: String, _ code: String?, _ place: DoorRows.Place, _ item: Int) -> DoorJoinRecord
    {
        DoorJoinRecord(
            door: door, hmac: code, row: evidence.firstRows[place.shard] + place.row, shard: place.shard,
            ordinal: evidence.survey.accounts[place.shard].ordinal(ofReadable: place.row), item: item)
    }

    // MARK: Near-duplicates

    /// Items with the flagged rows that are near-duplicates of them as a whole.
    private mutating func addLikeness() {
        for set in sets {
            let own = evidence.alike.filter { self.set(of: $0.item) == set }
            guard !own.isEmpty || evidence.flagged.contains(where: { self.set(of: $0.item) == set }) else {
                continue
            }
            var rowsOf: [Int: Int] = [:]
            for pair in own { rowsOf[pair.item, default: 0] += 1 }
            joins += own.map {
                DoorJoinRecord(
                    door: "near-duplicates", hmac: nil, row: $0.row, shard: $0.shard, ordinal: $0.ordinal,
                    item: $0.item)
            }
            let largest = rowsOf.values.max().map { "; at most \($0) of one item" } ?? ""
            lines.append(
                line(
                    "near-duplicates", set: set, rows: Set(own.map(\.row)).count, items: rowsOf.count,
                    "flagged rows whose whole prompt is a near-duplicate of the item" + largest))
        }
    }

    /// Clusters that hold a flagged row, with their rows that no item was found in.
    private mutating func addClusters(_ clusters: RowClusters) {
        for set in sets {
            let own = evidence.flagged.filter { self.set(of: $0.item) == set }
            guard !own.isEmpty else { continue }
            var flaggedRows: [Int: Set<Int>] = [:]
            var items = Set<Int>()
            for pair in own {
                guard let cluster = clusters.ofRow(pair.row) else { continue }
                flaggedRows[cluster, default: []].insert(pair.row)
                items.insert(pair.item)
                joins.append(
                    DoorJoinRecord(
                        door: "near-duplicates", hmac: nil, row: pair.row, shard: pair.shard,
                        ordinal: pair.ordinal,
                        item: pair.item))
            }
            let rows = flaggedRows.keys.reduce(0) { $0 + clusters.rows[$1] }
            let flagged = flaggedRows.values.reduce(0) { $0 + $1.count }
            lines.append(
                line(
                    "near-duplicates", set: set, rows: rows, items: items.count,
                    "rows of \(flaggedRows.count) clusters that hold a flagged row; \(rows - flagged) of the rows are "
                        + "not flagged themselves"))
        }
    }

    // MARK: Time

    private func time() -> EvalOverlapFigures.Door {
        var door = EvalOverlapFigures.Door()
        door.door = "time"
        door.rows = evidence.survey.doorRows.later
        door.detail =
            "rows later than the eval sets, of \(evidence.survey.doorRows.timed) with a time; "
            + "\(evidence.laterFlagged) of them with a flagged item"
        return door
    }
}
