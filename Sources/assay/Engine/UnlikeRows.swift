import Findings
import NearDuplicates

/// Removed rows of kind identical that differ in text that is not compared, by shard and slice set.
struct UnlikeRows: Equatable {
    private struct Place: Hashable {
        var shard: Int
        var sliceSet: Int
    }

    private var rows: [Place: Int] = [:]

    mutating func add(shard: Int, sliceSet: Int) {
        rows[Place(shard: shard, sliceSet: sliceSet), default: 0] += 1
    }

    mutating func merge(_ other: UnlikeRows) { rows.merge(other.rows, uniquingKeysWith: +) }

    /// Enters the rows in all, and those of each slice that the summary lists.
    ///
    /// - Complexity: O(places x slices of a row + slices of the summary).
    func enter(in summary: inout RunSummary, inputs: InputSet, decision: DedupDecision) {
        summary.nearDuplicates.unlikeText = rows.values.reduce(0, +)
        var ofSlice: [SliceValue: Int] = [:]
        for (place, count) in rows {
            let declared = decision.slices.values[place.sliceSet].map {
                SliceValue(field: decision.slices.name(of: $0.dimension), value: $0.value)
            }
            for slice in Set(
                declared + inputs.slices(ofShard: place.shard, declared: decision.slices.declared))
            {
                ofSlice[slice, default: 0] += count
            }
        }
        for index in summary.nearDuplicates.slices.indices {
            let loss = summary.nearDuplicates.slices[index]
            summary.nearDuplicates.slices[index].unlikeText =
                ofSlice[SliceValue(field: loss.field, value: loss.value)]
        }
    }
}
