import Corpus

/// Whether a row says where it comes from and under which licence: a field of the row, or of an object in it
/// (`metadata.source`, `meta.license`), that is not empty.
package struct Provenance: Sendable, Equatable {
    package var hasSource = false
    package var hasLicence = false

    /// Names in small letters; case does not count.
    private static let sources: Set<[UInt8]> = names([
        "source", "sources", "source_name", "source_url", "origin", "provenance", "data_source", "dataset",
        "dataset_name", "url",
    ])
    private static let licences: Set<[UInt8]> = names([
        "license", "licence", "licenses", "licences", "license_name", "licence_name", "license_id",
        "licence_id", "spdx", "rights",
    ])
    /// For each first letter the lengths of the names, bit n for n: most keys are none at a glance.
    private static let lengths: [UInt32] = {
        var lengths = [UInt32](repeating: 0, count: 256)
        for name in sources.union(licences) { lengths[Int(name[0])] |= 1 << UInt32(name.count) }
        return lengths
    }()
    /// Objects in one another that are looked into.
    private static let depth = 3

    package init() {}

    package init(_ row: JSONNode) { look(row, depth: Self.depth) }

    private mutating func look(_ node: JSONNode, depth: Int) {
        guard node.isObject else { return }
        node.forEachField { key, value in
            if hasSource && hasLicence { return }
            if Self.mayBeName(key), !Self.isEmpty(value) {
                let name = key.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                if Self.sources.contains(name) { hasSource = true }
                if Self.licences.contains(name) { hasLicence = true }
            }
            if depth > 1 { look(value, depth: depth - 1) }
        }
    }

    private static func mayBeName(_ key: UnsafeRawBufferPointer) -> Bool {
        guard let first = key.first, key.count < 32 else { return false }
        return lengths[Int(first | 0x20)] >> UInt32(key.count) & 1 == 1
    }

    private static func isEmpty(_ value: JSONNode) -> Bool {
        if value.isNull || value.string?.isEmpty == true { return true }
        if value.isArray { return value.firstElement == nil }
        guard value.isObject else { return false }
        var isEmpty = true
        value.forEachField { _, _ in isEmpty = false }
        return isEmpty
    }

    private static func names(_ all: [String]) -> Set<[UInt8]> { Set(all.map { Array($0.utf8) }) }
}
