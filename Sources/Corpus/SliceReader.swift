/// Reads the values of fields from parsed rows, in the encoding of `SliceSet`; one per thread.
package struct SliceReader {
    private let paths: [FieldPath]
    private var scratch: [UInt8] = []

    /// - Parameter paths: the fields, in the order of their dimensions.
    package init(_ paths: [FieldPath]) { self.paths = paths }

    /// Puts the row's values, in order, into `values`; `null` is none.
    ///
    /// - Complexity: O(fields of the objects met).
    package mutating func read(_ row: JSONNode, into values: inout [UInt8]) {
        values.removeAll(keepingCapacity: true)
        for (dimension, path) in paths.enumerated() {
            row.forEachValue(at: path) { value in
                if value.isNull { return }
                scratch.removeAll(keepingCapacity: true)
                value.appendText(to: &scratch)
                SliceSet.append(dimension: dimension, value: scratch, to: &values)
            }
        }
    }
}
