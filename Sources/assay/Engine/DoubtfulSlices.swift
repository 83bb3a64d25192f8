import Corpus
import Findings

/// The slices of a summary, to find of a row's the one that keeps the fewest rows.
struct DoubtfulSlices {
    private var known: [SliceValue: DoubtfulRows.Slice] = [:]

    init(_ losses: [RunSummary.SliceLoss]) {
        for loss in losses where loss.field != "shard" && loss.field != "folder" {
            known[SliceValue(field: loss.field, value: loss.value)] = DoubtfulRows.Slice(
                name: "\(loss.field)=\(loss.value)", before: loss.before, after: loss.after)
        }
    }

    func slice(of values: [SliceValue]) -> DoubtfulRows.Slice? {
        values.compactMap { known[$0] }.min { ($0.after, $0.name) < ($1.after, $1.name) }
    }
}
