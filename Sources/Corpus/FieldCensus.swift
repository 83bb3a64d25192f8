import CText

/// Counts the values of the fields that some rows have, to tell which would slice well and which hold text.
///
/// Fields are counted down to three names (`meta.source.name`); lists on the way give each of their elements, as
/// for a slice. Values are counted by hash, so that a corpus of any size takes bounded memory a field.
package struct FieldCensus {
    /// Names in a path.
    static let maximumDepth = 3
    /// Fields that are counted at all: rows with keys made of data would have a field each.
    static let maximumFields = 2000
    /// Distinct values that are told apart; more make no slice.
    package static let maximumValues = 1000

    /// What was counted of one field.
    package struct Field {
        package let path: String
        /// Rows that have a value other than null.
        package fileprivate(set) var rows = 0
        /// Values met, one or more a row.
        package fileprivate(set) var valueCount = 0
        package fileprivate(set) var strings = 0
        package fileprivate(set) var fractions = 0
        package fileprivate(set) var integers = 0
        package fileprivate(set) var stringBytes = 0
        /// Strings that hold two words or more.
        package fileprivate(set) var phrases = 0
        package fileprivate(set) var longestBytes = 0
        /// Over `maximumValues` distinct values.
        package fileprivate(set) var overflows = false
        fileprivate var values: [UInt64: (count: Int, text: [UInt8])] = [:]
        fileprivate var lastRow = -1

        fileprivate init(path: String) { self.path = path }

        package var distinct: Int { values.count }

        /// The commonest values, then by their bytes; texts are cut as slice values are.
        package func commonest(_ count: Int) -> [(value: String, count: Int)] {
            values.values.sorted {
                $0.count == $1.count ? $0.text.lexicographicallyPrecedes($1.text) : $0.count > $1.count
            }
            .prefix(count).map { (String(decoding: $0.text, as: UTF8.self), $0.count) }
        }

        package var meanStringBytes: Double { strings == 0 ? 0 : Double(stringBytes) / Double(strings) }

        /// Mostly strings of several words.
        package var holdsText: Bool {
            strings * 10 >= valueCount * 9 && phrases * 2 >= strings && meanStringBytes >= 12
        }

        /// Whether it reads as text rather than as a category: seldom the same, or too long and of too many kinds, as
        /// the macros of a support desk are.
        package var readsAsText: Bool {
            holdsText
                && (overflows || distinct * 2 > strings
                    || distinct >= Self.leastTexts && meanStringBytes > Self.longestValue)
        }

        private static let leastTexts = 8
        /// Bytes of a value that slices well, in the mean.
        private static let longestValue = 48.0

        /// Whether it would slice well: 2 to 1,000 short values, each of two rows or more in the mean, that are no
        /// measurements.
        package var slicesWell: Bool {
            !overflows && distinct >= 2 && valueCount >= 2 * distinct && longestBytes <= 100 && fractions == 0
                && (integers * 2 <= valueCount || distinct <= 20)
                && meanStringBytes <= Self.longestValue
        }
    }

    package private(set) var rows = 0
    private var places: [String: Int] = [:]
    private var fields: [Field] = []
    private var names: [[UInt8]] = []
    private var scratch: [UInt8] = []

    package init() {}

    /// The fields met, in the order in which they were.
    package var all: [Field] { fields }

    /// Counts a row's fields.
    ///
    /// - Parameter skipped: top-level fields to leave out: those that hold turns.
    /// - Complexity: O(words of the row's tape).
    package mutating func add(_ row: JSONNode, skipping skipped: (UnsafeRawBufferPointer) -> Bool) {
        rows += 1
        row.forEachField { key, value in
            if !skipped(key) { walk(value, path: String(decoding: key, as: UTF8.self), depth: 1) }
        }
    }

    private mutating func walk(_ value: JSONNode, path: String, depth: Int) {
        switch value.kind {
        case .null: return
        case .array: value.forEachElement { walk($0, path: path, depth: depth) }
        case .object:
            guard depth < Self.maximumDepth else { return }
            value.forEachField { key, inner in
                // A key with a dot cannot be named by an option.
                if key.isEmpty || key.contains(UInt8(ascii: ".")) { return }
                walk(inner, path: path + "." + String(decoding: key, as: UTF8.self), depth: depth + 1)
            }
        case .string, .number, .boolean: count(value, path)
        }
    }

    private mutating func count(_ value: JSONNode, _ path: String) {
        let place: Int
        if let known = places[path] {
            place = known
        } else {
            guard fields.count < Self.maximumFields else { return }
            place = fields.count
            places[path] = place
            fields.append(Field(path: path))
        }
        scratch.removeAll(keepingCapacity: true)
        value.appendText(to: &scratch)
        fields[place].add(value, text: scratch, row: rows)
    }
}

extension FieldCensus.Field {
    fileprivate mutating func add(_ value: JSONNode, text: [UInt8], row: Int) {
        if lastRow != row {
            lastRow = row
            rows += 1
        }
        valueCount += 1
        longestBytes = max(longestBytes, text.count)
        switch value.typeByte {
        case UInt8(ascii: "\""):
            strings += 1
            stringBytes += text.count
            let isWide = text.count >= 24 && text.contains { $0 >= 0xE3 && $0 <= 0xEC }
            if text.contains(UInt8(ascii: " ")) || isWide { phrases += 1 }
        case UInt8(ascii: "d"): fractions += text.contains(UInt8(ascii: ".")) ? 1 : 0
        case UInt8(ascii: "l"), UInt8(ascii: "u"): integers += 1
        default: break
        }
        if overflows { return }
        let hash = text.withUnsafeBytes { ctext_xxh3_64($0.baseAddress, $0.count, 6) }
        if values[hash] != nil {
            values[hash]?.count += 1
        } else if values.count == FieldCensus.maximumValues {
            overflows = true
            values = [:]
        } else {
            values[hash] = (1, Array(text.prefix(SliceSet.maximumValueBytes)))
        }
    }
}
