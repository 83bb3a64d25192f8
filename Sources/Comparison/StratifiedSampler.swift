/// Draws the rows of one side: those with the smallest hashes of all, and of each value of a field at least so many.
///
/// Rows of small values are drawn more often than their share; `merged` gives each row the weight that makes up for it.
/// One per thread.
package struct StratifiedSampler: Sendable {
    /// Values that rows are drawn by at most; beyond, each would hold its rows in memory.
    package static let mostValues = 1000

    private var all: RowSampler
    private var ofValue: [String: RowSampler] = [:]
    /// Rows with text of each value, drawn or not.
    private var rowsOfValue: [String: Int] = [:]
    private let perValue: Int
    private var isOverfull = false

    /// - Parameters:
    ///   - limit: rows to draw from all.
    ///   - perValue: rows to draw of each value at least; 0 draws from all alone.
    package init(limit: Int, perValue: Int) {
        all = RowSampler(limit: limit)
        self.perValue = perValue
    }

    /// Counts a row with text, and tells whether it may be drawn.
    ///
    /// - Parameter value: its value of the field; empty for none.
    @inline(__always)
    package mutating func wants(_ key: UInt64, value: String) -> Bool {
        guard perValue > 0 else { return all.wants(key) }
        if ofValue[value] == nil {
            guard ofValue.count < Self.mostValues else {
                isOverfull = true
                return all.wants(key)
            }
            ofValue[value] = RowSampler(limit: perValue)
        }
        rowsOfValue[value, default: 0] += 1
        return all.wants(key) || ofValue[value]?.wants(key) == true
    }

    /// - Complexity: amortised O(log limit).
    package mutating func add(_ row: SampledRow, value: String) {
        if all.wants(row.key) { all.add(row) }
        if perValue > 0, ofValue[value]?.wants(row.key) == true { ofValue[value]?.add(row) }
    }

    /// Whether the rows have more values than `mostValues`, whatever thread met them.
    package static func isOverfull(_ samplers: [StratifiedSampler]) -> Bool {
        samplers.contains(where: \.isOverfull) || Set(samplers.flatMap(\.ofValue.keys)).count > mostValues
    }

    /// The rows that were drawn, in order of their keys, with their weights.
    package static func merged(_ samplers: [StratifiedSampler]) -> [SampledRow] {
        let all = RowSampler.merged(samplers.map(\.all))
        guard let first = samplers.first, first.perValue > 0 else { return all }
        var isDrawn: Set<Place> = Set(all.map { Place(shard: $0.shard, ordinal: $0.ordinal) })
        var drawn = all
        var drawnOfValue: [String: Int] = [:]
        var valueOfPlace: [Place: String] = [:]
        var rowsOfValue: [String: Int] = [:]
        for value in Set(samplers.flatMap(\.ofValue.keys)).sorted() {
            rowsOfValue[value] = samplers.reduce(0) { $0 + ($1.rowsOfValue[value] ?? 0) }
            for row in RowSampler.merged(samplers.compactMap { $0.ofValue[value] }) {
                let place = Place(shard: row.shard, ordinal: row.ordinal)
                valueOfPlace[place] = value
                guard isDrawn.insert(place).inserted else { continue }
                var row = row
                row.isExtra = true
                drawn.append(row)
            }
        }
        // A row that was drawn from all has its value in its slices.
        func value(_ row: SampledRow) -> String {
            valueOfPlace[Place(shard: row.shard, ordinal: row.ordinal)] ?? row.slices.first?.value ?? ""
        }
        for row in drawn { drawnOfValue[value(row), default: 0] += 1 }
        let share = Double(drawn.count) / Double(max(1, rowsOfValue.values.reduce(0, +)))
        for place in drawn.indices {
            let value = value(drawn[place])
            let rows = Double(rowsOfValue[value] ?? 1)
            drawn[place].weight = rows / Double(drawnOfValue[value] ?? 1) * share
        }
        return drawn.sorted(by: SampledRow.precedes)
    }

    private struct Place: Hashable {
        var shard: Int
        var ordinal: Int
    }
}
