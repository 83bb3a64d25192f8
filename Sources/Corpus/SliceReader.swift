/// Reads the values of fields from parsed rows, in the encoding of `SliceSet`; one per thread.
package struct SliceReader {
    private let paths: [FieldPath]
    /// The different top-level fields in which the paths begin, each once.
    private let roots: [[UInt8]]
    /// Of each path the number of its root; `nil` for a path of no components.
    private let rootOfPath: [Int?]
    /// Of each root the place of the row's value, 0 for none.
    private var found: [Int]
    private var scratch: [UInt8] = []

    /// - Parameter paths: the fields, in the order of their dimensions.
    package init(_ paths: [FieldPath]) {
        self.paths = paths
        var roots: [[UInt8]] = []
        rootOfPath = paths.map { path in
            guard let root = path.components.first else { return nil }
            if let known = roots.firstIndex(of: root) { return known }
            roots.append(root)
            return roots.count - 1
        }
        self.roots = roots
        found = Array(repeating: 0, count: roots.count)
    }

    /// Puts the row's values, in order, into `values`; `null` is none.
    ///
    /// - Complexity: O(fields of the objects met, and fields of the row times paths).
    package mutating func read(_ row: JSONNode, into values: inout [UInt8]) {
        values.removeAll(keepingCapacity: true)
        if paths.isEmpty { return }
        guard row.isObject else {
            for (dimension, path) in paths.enumerated() {
                row.forEachValue(at: path) { append($0, dimension, to: &values) }
            }
            return
        }
        findRoots(of: row)
        for dimension in paths.indices {
            guard let root = rootOfPath[dimension] else {
                append(row, dimension, to: &values)
                continue
            }
            guard found[root] != 0 else { continue }
            let value = JSONNode(document: row.document, index: found[root])
            // Most are plain values of the row itself.
            if paths[dimension].components.count == 1, !value.isArray {
                append(value, dimension, to: &values)
            } else {
                value.forEachValue(at: paths[dimension], from: 1) { append($0, dimension, to: &values) }
            }
        }
    }

    /// Goes through the row's fields once; of a repeated key the last counts.
    private mutating func findRoots(of row: JSONNode) {
        for root in found.indices { found[root] = 0 }
        row.forEachField { key, value in
            for root in roots.indices
            where roots[root].count == key.count && key.equals(roots[root]) { found[root] = value.index }
        }
    }

    private mutating func append(_ value: JSONNode, _ dimension: Int, to values: inout [UInt8]) {
        if value.isNull { return }
        scratch.removeAll(keepingCapacity: true)
        value.appendText(to: &scratch)
        SliceSet.append(dimension: dimension, value: scratch, to: &values)
    }
}
