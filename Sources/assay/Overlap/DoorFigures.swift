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
        joins = Set(joins).sorted()
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

    /// Rows and items that this door lists; the figures count all of them.
    private static let mostJoins = 100_000

    private mutating func addJoin(row: Int, item: Int) {
        let place = evidence.place(ofRow: row)
        joins.append(
            DoorJoinRecord(
                door: "near-duplicates", hmac: nil, row: row, shard: place.shard, ordinal: place.ordinal,
                item: item))
    }

    /// Items with the flagged rows that are near-duplicates of them as a whole.
    private mutating func addLikeness() {
        for pair in evidence.alike.prefix(Self.mostJoins) {
            addJoin(row: Int(pair.row), item: Int(pair.item))
        }
        for set in sets {
            var rows = Set<UInt32>()
            var rowsOf: [UInt32: Int] = [:]
            for pair in evidence.alike where self.set(of: Int(pair.item)) == set {
                rows.insert(pair.row)
                rowsOf[pair.item, default: 0] += 1
            }
            guard let largest = rowsOf.values.max() else { continue }
            lines.append(
                line(
                    "near-duplicates", set: set, rows: rows.count, items: rowsOf.count,
                    "flagged rows that as a whole are near-duplicates of an item; at most \(largest) of one"))
        }
    }

    /// Clusters that hold a flagged row; their rows that no item was found in are listed with the items of the others.
    private mutating func addClusters(_ clusters: RowClusters) {
        var flagged = Set<UInt32>()
        var itemsOf: [Int: Set<Int>] = [:]
        for pair in evidence.flagged {
            flagged.insert(pair.row)
            if let cluster = clusters.ofRow(Int(pair.row)) {
                itemsOf[cluster, default: []].insert(Int(pair.item))
            }
        }
        if itemsOf.isEmpty { return }
        var unflagged: [Int: Int] = [:]
        for row in 0..<clusters.rowCount {
            guard let cluster = clusters.ofRow(row), let items = itemsOf[cluster],
                !flagged.contains(UInt32(truncatingIfNeeded: row))
            else { continue }
            unflagged[cluster, default: 0] += 1
            for item in items.sorted() where joins.count < Self.mostJoins { addJoin(row: row, item: item) }
        }
        for set in sets {
            let own = itemsOf.filter { $0.value.contains { self.set(of: $0) == set } }
            if own.isEmpty { continue }
            let items = own.values.reduce(into: Set<Int>()) {
                $0.formUnion($1.filter { self.set(of: $0) == set })
            }
            lines.append(
                line(
                    "near-duplicates", set: set, rows: own.keys.reduce(0) { $0 + clusters.rows[$1] },
                    items: items.count,
                    "clusters with a flagged row: \(own.count); rows of them not flagged themselves: "
                        + "\(own.keys.reduce(0) { $0 + (unflagged[$1] ?? 0) })"))
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
