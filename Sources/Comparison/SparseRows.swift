import CLinear

/// Rows of hashed features for a linear classifier: unit length, in liblinear's own layout.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
final class SparseRows: @unchecked Sendable {
    /// Features after those of too few rows were left out; columns are 1...columnCount, the last one constant.
    let columnCount: Int
    let rowCount: Int
    private let nodes: UnsafeMutablePointer<feature_node>
    private let starts: [Int]

    /// Rows that a feature must stand in: one that stands in a single row tells nothing about another.
    static let leastRows = 2

    /// - Parameters:
    ///   - rows: for each row its features, ascending and distinct, with their values.
    ///   - featureCount: features are below it.
    /// - Complexity: O(features of all rows).
    init(_ rows: [[HashedFeature]], featureCount: Int) {
        var rowsOfFeature = [UInt32](repeating: 0, count: featureCount)
        for row in rows { for feature in row { rowsOfFeature[Int(feature.number)] += 1 } }
        var column = [Int32](repeating: 0, count: featureCount)
        var columns: Int32 = 0
        for feature in 0..<featureCount where rowsOfFeature[feature] >= Self.leastRows {
            columns += 1
            column[feature] = columns
        }
        columnCount = Int(columns) + 1
        rowCount = rows.count
        var starts: [Int] = []
        starts.reserveCapacity(rows.count + 1)
        var total = 0
        for row in rows {
            starts.append(total)
            total += 2
            for feature in row where column[Int(feature.number)] > 0 { total += 1 }
        }
        starts.append(total)
        self.starts = starts
        nodes = .allocate(capacity: max(total, 1))
        for (number, row) in rows.enumerated() {
            var at = starts[number]
            var squares: Float = 0
            for feature in row where column[Int(feature.number)] > 0 {
                squares += feature.value * feature.value
            }
            let scale = squares > 0 ? 1 / Double(squares).squareRoot() : 0
            for feature in row where column[Int(feature.number)] > 0 {
                nodes[at] = feature_node(
                    index: column[Int(feature.number)], value: Double(feature.value) * scale)
                at += 1
            }
            nodes[at] = feature_node(index: Int32(columnCount), value: 1)
            nodes[at + 1] = feature_node(index: -1, value: 0)
        }
        columnOfFeature = column
    }

    /// The column of each feature; 0 for one that was left out.
    let columnOfFeature: [Int32]

    deinit { nodes.deallocate() }

    func pointer(to row: Int) -> UnsafeMutablePointer<feature_node> { nodes + starts[row] }

    /// The decision value of a row.
    @inline(__always)
    func score(_ row: Int, _ weights: UnsafeBufferPointer<Double>) -> Double {
        var sum = 0.0
        var node = nodes + starts[row]
        while node.pointee.index > 0 {
            sum += weights[Int(node.pointee.index) - 1] * node.pointee.value
            node += 1
        }
        return sum
    }
}

/// A feature of one row.
struct HashedFeature: Sendable {
    var number: UInt32
    var value: Float
}
