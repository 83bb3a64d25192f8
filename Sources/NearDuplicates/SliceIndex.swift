import Corpus

/// The slice values of a table's rows: names, counts, and which sets hold which value.
package struct SliceIndex: Sendable {
    /// One value of one dimension.
    package struct Value: Sendable, Hashable {
        package var dimension: Int
        package var value: String
    }

    /// Names of the declared dimensions; derived ones follow from `DerivedSlices.firstDimension` on.
    package let declared: [String]
    /// The values of each slice set, by the set's id in the table.
    package let values: [[Value]]
    /// Rows of the table (without `--against` rows) in each set.
    package let rows: [Int]
    /// Rows of each value.
    package let rowsOfValue: [Value: Int]

    package init(table: RowTable, declared: [String]) {
        self.declared = declared
        values = table.sliceSets.map { set in
            SliceSet.values(of: set).map { Value(dimension: $0.dimension, value: $0.value) }
        }
        var rows = [Int](repeating: 0, count: values.count)
        for row in 0..<table.rowCount where !table.flags[row].contains(.against) {
            rows[Int(table.sliceSet[row])] += 1
        }
        self.rows = rows
        var counts: [Value: Int] = [:]
        for (set, values) in values.enumerated() {
            for value in Set(values) { counts[value, default: 0] += rows[set] }
        }
        rowsOfValue = counts
    }

    /// The name of a dimension.
    package func name(of dimension: Int) -> String {
        if dimension < declared.count { return declared[dimension] }
        let derived = dimension - DerivedSlices.firstDimension
        return DerivedSlices.names.indices.contains(derived) ? DerivedSlices.names[derived] : "?"
    }

    /// For each set the rows of its rarest declared value; the same for all where no slice is declared.
    var rarity: [UInt32] {
        values.map { set in
            let counts = set.filter { $0.dimension < declared.count }.compactMap { rowsOfValue[$0] }
            return UInt32(min(counts.min() ?? Int(UInt32.max), Int(UInt32.max)))
        }
    }

    /// For each set the place of its value of `field` in `order`; unlisted ones last.
    func rank(field: String, values order: [String]) -> [UInt32] {
        values.map { set in
            let places = set.filter { name(of: $0.dimension) == field }.compactMap {
                order.firstIndex(of: $0.value)
            }
            return UInt32(places.min() ?? order.count)
        }
    }

    /// Which sets lie in a selected slice.
    func membership(of selector: SliceSelector) -> [Bool] {
        values.map { set in
            set.contains {
                name(of: $0.dimension) == selector.field && (selector.value ?? $0.value) == $0.value
            }
        }
    }
}
