/// The rows that share something with eval items, by key: what the first pass found.
package struct DoorRows: Sendable {
    /// A row by its shard and its place among the shard's readable rows.
    package struct Place: Sendable, Hashable, Comparable {
        package var shard: Int
        package var row: Int

        package static func < (first: Place, second: Place) -> Bool {
            (first.shard, first.row) < (second.shard, second.row)
        }
    }

    private var places: [UInt64: [Place]] = [:]
    package private(set) var later = 0
    package private(set) var timed = 0
    /// Identity fields that some row has, by number.
    package private(set) var fields = Set<Int>()

    package init() {}

    /// Takes what a batch gave.
    ///
    /// Rows beyond the bound of a common key are not kept: which ones were, no figure shows.
    ///
    /// - Parameter first: the place of the batch's first readable row in its shard.
    package mutating func take(_ output: RowWatch.Output, shard: Int, first: Int) {
        for hit in output.hits where places[hit.key, default: []].count <= RowDoors.commonRows {
            places[hit.key, default: []].append(Place(shard: shard, row: first + Int(hit.row)))
        }
        fields.formUnion(output.fields)
        later += output.later
        timed += output.timed
    }

    /// Keys with their rows, in order; those in too many rows are left out.
    package var joins: [(key: UInt64, rows: [Place])] {
        places.filter { $0.value.count <= RowDoors.commonRows }.map { ($0.key, $0.value.sorted()) }
            .sorted { $0.key < $1.key }
    }

    /// Keys in too many rows.
    package var commonKeys: [UInt64] {
        places.filter { $0.value.count > RowDoors.commonRows }.map(\.key)
    }
}
