/// Counts by name, kept and written in bytewise order of the names.
package struct CountTable: Sendable, Equatable, Codable, ExpressibleByDictionaryLiteral {
    private var counts: [String: Int] = [:]

    package init() {}

    package init(dictionaryLiteral elements: (String, Int)...) {
        for (name, count) in elements { counts[name, default: 0] += count }
    }

    /// The count of a name; 0 for one that is not held. Setting holds it, also at 0.
    package subscript(name: String) -> Int {
        get { counts[name] ?? 0 }
        set { counts[name] = newValue }
    }

    package var isEmpty: Bool { counts.isEmpty }
    package var total: Int { counts.values.reduce(0, +) }

    /// Complexity: O(n log n).
    package var sorted: [(name: String, count: Int)] {
        counts.map { (name: $0.key, count: $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        for key in container.allKeys { counts[key.stringValue] = try container.decode(Int.self, forKey: key) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (name, count) in sorted { try container.encode(count, forKey: Name(stringValue: name)) }
    }
}
