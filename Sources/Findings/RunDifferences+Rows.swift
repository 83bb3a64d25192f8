extension RunDifferences {
    mutating func compareRows(_ before: RunSummary, _ after: RunSummary) {
        let old = before.rows, new = after.rows
        rows = [
            Count("in", (old.in, old.in), (new.in, new.in)),
            Count("kept", (old.kept, old.in), (new.kept, new.in)),
            Count("removed", (old.removed, old.in), (new.removed, new.in)),
            Count("quarantined", (old.quarantined, old.in), (new.quarantined, new.in)),
            Count("without text", (before.withoutText, old.in), (after.withoutText, new.in)),
        ]
    }

    /// Of two runs that looked for duplicates.
    mutating func compareRemoved(_ before: RunSummary, _ after: RunSummary) {
        let old = before.nearDuplicates, new = after.nearDuplicates
        let of = (before.rows.in, after.rows.in)
        removedByKind = Self.changed(
            CasualtyKind.allCases.map {
                Count($0.name, (old.casualties[$0], of.0), (new.casualties[$0], of.1))
            })
        removedByDifference = Self.changed(old.differences, new.differences, of)
        spared = Self.changed(old.spared, new.spared, of)
        compareSlices(before, after)
    }

    /// Slices whose size or loss is another, by the larger of the two effects. A slice by place (shard) says nothing
    /// about another version, nor does a field that one run alone has.
    private mutating func compareSlices(_ before: RunSummary, _ after: RunSummary) {
        let known = Self.slices(before), met = Self.slices(after)
        let fields = Set(known.keys.map(\.field)).intersection(met.keys.map(\.field)).subtracting(["shard"])
        slices = Set(known.keys).union(met.keys).compactMap { key in
            let old = known[key], new = met[key]
            guard fields.contains(key.field), listsAllSlices || (old != nil && new != nil) else { return nil }
            return Self.change(
                key, old ?? RunSummary.SliceLoss(), new ?? RunSummary.SliceLoss(),
                of: (before.rows.in, after.rows.in))
        }
        func effect(_ slice: SliceChange) -> Double { max(slice.rows.effect, slice.removed.effect) }
        slices.sort {
            let first = effect($0), second = effect($1)
            return first != second ? first > second : ($0.field, $0.value) < ($1.field, $1.value)
        }
    }

    private static func slices(_ summary: RunSummary) -> [SliceValue: RunSummary.SliceLoss] {
        Dictionary(
            summary.nearDuplicates.slices.map { (SliceValue(field: $0.field, value: $0.value), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Returns: `nil` where neither size nor loss differs.
    private static func change(
        _ slice: SliceValue, _ old: RunSummary.SliceLoss, _ new: RunSummary.SliceLoss, of rows: (Int, Int)
    ) -> SliceChange? {
        if old.before == new.before, old.removed == new.removed { return nil }
        return SliceChange(
            field: slice.field, value: slice.value,
            rows: Count("in", (old.before, rows.0), (new.before, rows.1)),
            removed: Count("removed", (old.removed, old.before), (new.removed, new.before)),
            isLostBefore: old.before > 0 && old.after == 0, isLostAfter: new.before > 0 && new.after == 0)
    }

    mutating func compareEvalSets(_ before: RunSummary, _ after: RunSummary) {
        let old = before.evalOverlap?.sets ?? [], new = after.evalOverlap?.sets ?? []
        guard before.evalOverlap != nil, after.evalOverlap != nil else { return }
        evalSetsOfOne =
            old.map(\.name).filter { name in !new.contains { $0.name == name } }
            + new.map(\.name).filter { name in !old.contains { $0.name == name } }
        evalSets = new.compactMap { new in
            guard let old = old.first(where: { $0.name == new.name }) else { return nil }
            let of = (old.items, new.items)
            let change = EvalChange(
                set: new.name, items: Count("items", (old.items, old.items), (new.items, new.items)),
                verdicts: Self.changed(old.flagged, new.flagged, of)
                    + Self.changed([
                        Count("unflagged", (old.unflaggedItems, of.0), (new.unflaggedItems, of.1)),
                        Count("uncheckable", (old.uncheckable.total, of.0), (new.uncheckable.total, of.1)),
                    ]), rows: Count("rows", (old.rows, before.rows.in), (new.rows, after.rows.in)))
            let isChanged = old.items != new.items || old.rows != new.rows || !change.verdicts.isEmpty
            return isChanged ? change : nil
        }
        func effect(_ set: EvalChange) -> Double { set.verdicts.first?.effect ?? 0 }
        evalSets.sort { effect($0) != effect($1) ? effect($0) > effect($1) : $0.set < $1.set }
    }

    static func changed(_ before: CountTable, _ after: CountTable, _ of: (Int, Int)) -> [Count] {
        changed(counts(before, after, of))
    }

    /// Those that differ, the largest change of share first.
    static func changed(_ counts: [Count]) -> [Count] {
        counts.filter { $0.before != $0.after }.sorted {
            $0.effect != $1.effect ? $0.effect > $1.effect : $0.name < $1.name
        }
    }

    private static func counts(_ before: CountTable, _ after: CountTable, _ of: (Int, Int)) -> [Count] {
        Set(before.sorted.map(\.name)).union(after.sorted.map(\.name)).sorted().map {
            Count($0, (before[$0], of.0), (after[$0], of.1))
        }
    }
}
