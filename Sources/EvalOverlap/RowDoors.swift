import CText
import Corpus

/// Doors that are told by fields of the rows: identities that stand on both sides, and the time of a row.
package struct RowDoors: Sendable {
    /// An identity in more rows or items is common and joins nothing.
    package static let commonRows = OverlapDecision.commonRows
    package static let commonItems = 3

    package let identities: [FieldPath]
    package let time: FieldPath?
    /// Seconds since 1970 after which a row is later than the eval set.
    package let collected: Double?
    /// Eval items by the hash of an identity.
    private let itemsOf: [UInt64: [Int]]

    /// - Parameter items: identities of the items, by the index's numbers.
    package init(identities: [FieldPath], time: FieldPath?, collected: Double?, items: [[UInt64]]) {
        self.identities = identities
        self.time = time
        self.collected = collected
        var itemsOf: [UInt64: [Int]] = [:]
        for (item, hashes) in items.enumerated() {
            for hash in Set(hashes) { itemsOf[hash, default: []].append(item) }
        }
        self.itemsOf = itemsOf.filter { $0.value.count <= Self.commonItems }
    }

    package var isIdle: Bool { itemsOf.isEmpty && time == nil }

    /// The hashes of a record's identities: of each value's text and its field.
    package static func hashes(_ record: JSONNode, _ fields: [FieldPath]) -> [UInt64] {
        var hashes: [UInt64] = []
        for (number, field) in fields.enumerated() {
            record.forEachValue(at: field) { node in
                guard !node.isNull else { return }
                let text = EvalFieldMapping.text(node)
                if text.isEmpty { return }
                hashes.append(
                    text.withUnsafeBytes { ctext_xxh3_64($0.baseAddress, $0.count, UInt64(number)) })
            }
        }
        return hashes
    }

    /// A row's identities that some item has too.
    package func shared(_ row: JSONNode) -> [UInt64] {
        itemsOf.isEmpty ? [] : Array(Set(Self.hashes(row, identities).filter { itemsOf[$0] != nil }))
    }

    package func items(of identity: UInt64) -> [Int] { itemsOf[identity] ?? [] }

    /// Whether a row is later than the eval set; `nil` where it has no time that can be read.
    package func isLater(_ row: JSONNode) -> Bool? {
        guard let time, let collected, let node = row.value(at: time) else { return nil }
        let text = String(decoding: EvalFieldMapping.text(node), as: UTF8.self)
        return Self.seconds(text).map { $0 > collected }
    }

    /// Seconds since 1970 of `2024-02-29`, `2024-02-29T23:59:59` (zone offsets are not looked at) or a number of
    /// seconds or milliseconds.
    package static func seconds(_ text: String) -> Double? {
        if let number = Double(text) { return number > 1e11 ? number / 1000 : number }
        let parts = text.prefix(19).split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        guard parts.count >= 3, (1...9999).contains(parts[0]), (1...12).contains(parts[1]),
            (1...31).contains(parts[2])
        else { return nil }
        // Days from civil (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let era = year / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
        let days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
        let clock = zip(parts.dropFirst(3), [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        return Double(days * 86_400 + clock)
    }
}
