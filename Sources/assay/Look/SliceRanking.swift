import Corpus

/// Orders the fields that would slice well, the most useful first, and picks those to suggest.
///
/// Chosen, not measured: fields of many rows before those of few; 2 to 60 values before more, as a table of losses
/// is read by people; plain categories before labels, whose losses follow the task; top-level fields before nested.
struct SliceRanking {
    let fields: [FieldCensus.Field]
    /// Labels and scores.
    let labels: Set<String>
    let rows: Int

    /// Slices that the next command names.
    static let suggested = 3
    /// Values beyond which a field is not suggested: the whole corpus has more than the rows read.
    static let suggestedValues = 300

    func ranked() -> [FieldCensus.Field] {
        fields.enumerated().sorted { left, right in
            let a = penalty(left.element)
            let b = penalty(right.element)
            return a == b ? left.offset < right.offset : a < b
        }.map(\.element)
    }

    /// Paths for `--slice`.
    func suggestions() -> [String] {
        ranked().filter { field in
            let isCode = labels.contains(field.path) && field.strings == 0
            return field.distinct <= Self.suggestedValues && field.rows * 5 >= rows && !isLopsided(field)
                && !isCode
        }.prefix(Self.suggested).map(\.path)
    }

    /// Nearly all rows have one value.
    private func isLopsided(_ field: FieldCensus.Field) -> Bool {
        (field.commonest(1).first?.count ?? 0) * 100 > field.valueCount * 99
    }

    private func penalty(_ field: FieldCensus.Field) -> Int {
        var penalty = (rows - field.rows) * 8 / max(1, rows)
        if field.distinct > 60 { penalty += 4 }
        if labels.contains(field.path) { penalty += 3 }
        if field.strings == 0 { penalty += 3 }
        penalty += field.path.split(separator: ".").count - 1
        if isLopsided(field) { penalty += 6 }
        return penalty
    }
}
