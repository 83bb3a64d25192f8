import CLinear
import Pipeline

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
    ///   - rows: for each row its distinct features with their values.
    ///   - featureCount: features are below it.
    ///   - threads: never changes the result.
    /// - Complexity: O(features of all rows x log features of a row).
    convenience init(_ rows: [[HashedFeature]], featureCount: Int, threads: Int = 1) throws {
        var rowsOfFeature = [UInt32](repeating: 0, count: featureCount)
        for row in rows { for feature in row { rowsOfFeature[Int(feature.number)] += 1 } }
        // The commonest first: what is used most lies together in memory.
        let used = (0..<featureCount).filter { rowsOfFeature[$0] >= Self.leastRows }
            .sorted { (rowsOfFeature[$1], $0) < (rowsOfFeature[$0], $1) }
        var column = [Int32](repeating: 0, count: featureCount)
        for (place, feature) in used.enumerated() { column[feature] = Int32(place + 1) }
        let columns = column
        var starts: [Int] = []
        starts.reserveCapacity(rows.count + 1)
        var total = 0
        for row in rows {
            starts.append(total)
            total += 2 + row.count { columns[Int($0.number)] > 0 }
        }
        starts.append(total)
        self.init(columnOfFeature: columns, columnCount: used.count + 1, starts: starts)
        try parallelFor(rows.count, threads: threads) { _, number in fill(number, rows[number]) }
    }

    private init(columnOfFeature: [Int32], columnCount: Int, starts: [Int]) {
        self.columnOfFeature = columnOfFeature
        self.columnCount = columnCount
        self.starts = starts
        rowCount = starts.count - 1
        nodes = .allocate(capacity: max(starts.last ?? 0, 1))
    }

    private func fill(_ number: Int, _ row: [HashedFeature]) {
        let start = starts[number]
        var squares: Float = 0
        var at = start
        for feature in row where columnOfFeature[Int(feature.number)] > 0 {
            squares += feature.value * feature.value
            nodes[at] = feature_node(
                index: columnOfFeature[Int(feature.number)], value: Double(feature.value))
            at += 1
        }
        var own = UnsafeMutableBufferPointer(start: nodes + start, count: at - start)
        own.sort { $0.index < $1.index }
        let scale = squares > 0 ? 1 / Double(squares).squareRoot() : 0
        for place in own.indices { own[place].value *= scale }
        end(at)
    }

    /// The constant column and liblinear's mark of a row's end.
    private func end(_ at: Int) {
        nodes[at] = feature_node(index: Int32(columnCount), value: 1)
        nodes[at + 1] = feature_node(index: -1, value: 0)
    }

    /// Some rows, without the columns that none of them has: a classifier gives these no weight.
    ///
    /// - Complexity: O(features of these rows + columns).
    func restricted(to members: [Int]) -> SparseRows {
        var column = [Int32](repeating: 0, count: columnCount + 1)
        for row in members {
            for at in starts[row]..<starts[row + 1] - 2 { column[Int(nodes[at].index)] = 1 }
        }
        var count: Int32 = 0
        for old in 1...columnCount where column[old] > 0 {
            count += 1
            column[old] = count
        }
        var total = 0
        var newStarts: [Int] = []
        for row in members {
            newStarts.append(total)
            total += starts[row + 1] - starts[row]
        }
        newStarts.append(total)
        let some = SparseRows(columnOfFeature: [], columnCount: Int(count) + 1, starts: newStarts)
        for (number, row) in members.enumerated() {
            var at = newStarts[number]
            for old in starts[row]..<starts[row + 1] - 2 {
                some.nodes[at] = feature_node(index: column[Int(nodes[old].index)], value: nodes[old].value)
                at += 1
            }
            some.end(at)
        }
        return some
    }

    /// The column of each feature; 0 for one that was left out. Empty for some rows of others.
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
