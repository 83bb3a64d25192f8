import CText
import Corpus

/// Doors between eval items and training rows that are told by something beside their text: identities and turns that
/// stand on both sides, and the time of a row.
///
/// An identity or a turn in over ``commonRows`` training rows or ``commonItems`` eval items is common and joins
/// nothing. System turns are left out.
package struct RowDoors: Sendable {
    package static let commonRows = OverlapDecision.commonRows
    package static let commonItems = 3
    /// Words of a turn that says something by itself, and of a history; chosen as the bounds of covered and short text.
    static let turnWords = 8
    static let historyWords = EvalIndex.shortWords

    /// What an item has.
    package struct Entry: Sendable {
        package var kind: DoorKey.Kind
        /// By the index's numbers, in order.
        package var items: [Int]
        /// The identity; empty for turns.
        package var value: [UInt8]
    }

    package let identities: [FieldPath]
    package let time: FieldPath?
    /// Seconds since 1970 after which a row is later than the eval set.
    package let collected: Double?
    private let entries: [UInt64: Entry]
    /// Kinds that some item has, common ones too.
    package let kinds: Set<DoorKey.Kind>
    /// Identities and turns of too many items, by kind.
    package let common: [DoorKey.Kind: Int]

    /// - Parameter sets: of the index, in its order; control sets join nothing.
    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes of the items).
    package init(identities: [FieldPath], time: FieldPath?, collected: Double?, sets: [EvalSet]) throws {
        self.identities = identities
        self.time = time
        self.collected = collected
        var entries: [UInt64: Entry] = [:]
        let miner = IdentityMiner()
        let text = try OverlapText()
        var number = 0
        for set in sets {
            for item in set.items {
                defer { number += 1 }
                if set.isControl { continue }
                for key in Set(Self.keys(of: item, miner, text)) {
                    entries[key.hash, default: Entry(kind: key.kind, items: [], value: key.value)].items
                        .append(number)
                }
            }
        }
        kinds = Set(entries.values.lazy.map(\.kind))
        var common: [DoorKey.Kind: Int] = [:]
        for entry in entries.values where entry.items.count > Self.commonItems {
            common[entry.kind, default: 0] += 1
        }
        self.common = common
        self.entries = entries.filter { $0.value.items.count <= Self.commonItems }
    }

    private static func keys(of item: EvalItem, _ miner: IdentityMiner, _ text: OverlapText) -> [DoorKey] {
        var keys = item.identities
        for component in EvalComponent.allCases where component != .rubric {
            item[component].withUnsafeBytes { miner.mine($0) { keys.append(DoorKey($0, value: $1)) } }
        }
        if item.turns.count > 1 {
            text.begin()
            for turn in item.turns { turn.withUnsafeBytes { text.append($0) } }
            forEachTurn(text, isLeftOut: { _ in false }) { keys.append(DoorKey($0, hash: $1)) }
        }
        return keys
    }

    package var isIdle: Bool { entries.isEmpty && time == nil }

    package subscript(key: UInt64) -> Entry? { entries[key] }

    /// The identities of a record: of each value's text and its field.
    package static func identities(_ record: JSONNode, _ fields: [FieldPath]) -> [DoorKey] {
        var keys: [DoorKey] = []
        for (number, field) in fields.enumerated() {
            record.forEachValue(at: field) { node in
                guard !node.isNull else { return }
                let text = EvalFieldMapping.text(node)
                if !text.isEmpty { keys.append(DoorKey(.field, value: text, field: number)) }
            }
        }
        return keys
    }

    /// The keys of turns and of the beginnings of a conversation.
    static func forEachTurn(
        _ text: OverlapText, isLeftOut: (Int) -> Bool, _ body: (DoorKey.Kind, UInt64) -> Void
    ) {
        guard let words = text.words.baseAddress else { return }
        var history: UInt64 = 0
        var turns = 0
        var all = 0
        for turn in 0..<text.turnStarts.count - 1 where !isLeftOut(turn) {
            let start = text.turnStarts[turn]
            let count = text.turnStarts[turn + 1] - start
            guard count > 0 else { continue }
            let hash = ctext_xxh3_64(words + start, count * 8, UInt64(DoorKey.Kind.turn.rawValue) << 32)
            if count >= turnWords { body(.turn, hash) }
            history = ctext_mix64(history &* 31 &+ hash)
            turns += 1
            all += count
            if turns > 1, all >= historyWords { body(.history, history) }
        }
    }

    /// The keys of a row that some item has too, each once.
    ///
    /// - Parameter text: the row's words.
    /// - Complexity: O(bytes where an item has an identity in its text, else words where one has turns).
    func shared(_ node: JSONNode, _ row: RowText, _ text: OverlapText, _ miner: IdentityMiner) -> [UInt64] {
        if entries.isEmpty { return [] }
        var found = shared(inText: row, text, miner)
        if kinds.contains(.field) {
            for key in Set(Self.identities(node, identities).map(\.hash)) where entries[key] != nil {
                found.append(key)
            }
        }
        return found
    }

    /// Those of the row's text.
    func shared(inText row: RowText, _ text: OverlapText, _ miner: IdentityMiner) -> [UInt64] {
        var found: [UInt64] = []
        var seen = Set<UInt64>()
        func add(_ hash: UInt64) {
            if entries[hash] != nil, seen.insert(hash).inserted { found.append(hash) }
        }
        if !kinds.isDisjoint(with: [.email, .orderNumber, .url]) {
            for turn in row.turns { miner.mine(row.bytes(of: turn)) { add(DoorKey.hash($0, $1)) } }
        }
        if !kinds.isDisjoint(with: [.turn, .history]), row.turns.count > 0 {
            Self.forEachTurn(text) {
                let role = row.turns[$0].role
                return role == .system || role == .developer
            } _: {
                add($1)
            }
        }
        return found
    }

    /// Whether a row is later than the eval set; `nil` where it has no time that can be read.
    package func isLater(_ row: JSONNode) -> Bool? {
        guard let time, let collected, let node = row.value(at: time) else { return nil }
        let text = String(decoding: EvalFieldMapping.text(node), as: UTF8.self)
        return Self.seconds(text).map { $0 > collected }
    }

    /// Seconds since 1970 of `2024-02-29`, `20240229`, `2024-02-29T23:59:59` (zone offsets are not looked at) or a
    /// number of seconds, milliseconds, microseconds or nanoseconds, told apart by size.
    package static func seconds(_ text: String) -> Double? {
        if let date = compactDate(text) { return days(date) * 86_400 }
        if text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || ".-+eE".utf8.contains($0) }),
            let number = Double(text), number.isFinite
        {
            switch abs(number) {
            case ..<1e11: return number
            case ..<1e14: return number / 1e3
            case ..<1e17: return number / 1e6
            default: return number / 1e9
            }
        }
        let parts = text.prefix(19).split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        guard parts.count >= 3, (1...9999).contains(parts[0]), (1...12).contains(parts[1]),
            (1...31).contains(parts[2])
        else { return nil }
        let clock = zip(parts.dropFirst(3), [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        return days(parts) * 86_400 + Double(clock)
    }

    /// Year, month and day of eight digits; `nil` where they are none of this and the last century.
    private static func compactDate(_ text: String) -> [Int]? {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let number = Int(text)
        else { return nil }
        let date = [number / 10_000, number / 100 % 100, number % 100]
        let isDate =
            (1900...2199).contains(date[0]) && (1...12).contains(date[1]) && (1...31).contains(date[2])
        return isDate ? date : nil
    }

    /// Days since 1970 of a year, month and day.
    private static func days(_ parts: [Int]) -> Double {
        // Days from civil (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let era = year / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
        return Double(era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468)
    }
}
