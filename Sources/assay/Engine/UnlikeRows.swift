import Findings
import NearDuplicates

/// Removed rows of kind identical that differ in text that is not compared, by where they and their keepers lie.
struct UnlikeRows: Equatable {
    /// What decides the slices of a row.
    struct Place: Hashable {
        var shard: Int
        var sliceSet: Int
    }

    private struct Pair: Hashable {
        var row: Place
        var keeper: Place?
    }

    private var rows: [Pair: Int] = [:]

    /// - Parameter keeper: `nil` for one of another corpus.
    mutating func add(_ row: Place, keeper: Place?) { rows[Pair(row: row, keeper: keeper), default: 0] += 1 }

    mutating func merge(_ other: UnlikeRows) { rows.merge(other.rows, uniquingKeysWith: +) }

    /// Enters the rows in all, and of each slice that the summary lists those whose keeper lies in it or in another
    /// corpus: the others are no copies for the slice.
    ///
    /// - Complexity: O(pairs of places x slices of a row + slices of the summary).
    func enter(in summary: inout RunSummary, inputs: InputSet, decision: DedupDecision) {
        func slices(_ place: Place) -> Set<SliceValue> {
            let declared = decision.slices.values[place.sliceSet].map {
                SliceValue(field: decision.slices.name(of: $0.dimension), value: $0.value)
            }
            return Set(
                declared + inputs.slices(ofShard: place.shard, declared: decision.slices.declared))
        }
        summary.nearDuplicates.unlikeText = rows.values.reduce(0, +)
        var ofSlice: [SliceValue: Int] = [:]
        for (pair, count) in rows {
            var shared = slices(pair.row)
            if let keeper = pair.keeper { shared.formIntersection(slices(keeper)) }
            for slice in shared { ofSlice[slice, default: 0] += count }
        }
        for index in summary.nearDuplicates.slices.indices {
            let loss = summary.nearDuplicates.slices[index]
            summary.nearDuplicates.slices[index].unlikeText =
                ofSlice[SliceValue(field: loss.field, value: loss.value)]
        }
    }
}
