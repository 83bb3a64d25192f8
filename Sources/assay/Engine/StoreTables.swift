import Findings
import NearDuplicates

/// The tables of the store that do not come from the evidence pass.
enum StoreTables {
    static func begin(
        _ store: RunStoreWriter, inputs: InputSet, survey: SurveyStage, decision: DedupDecision
    ) throws {
        try store.addShards(
            inputs.shards.indices.map { index in
                ShardRecord(
                    corpus: index < inputs.trainingCount ? "training" : "against",
                    name: inputs.shards[index].name,
                    firstRow: decision.table.firstRow[index], rows: survey.accounts[index].goodRows)
            })
        var values: [SliceValue] = []
        var numbers: [SliceValue: Int32] = [:]
        let sets = decision.slices.values.map { set in
            set.map { item -> Int32 in
                let value = SliceValue(field: decision.slices.name(of: item.dimension), value: item.value)
                if let known = numbers[value] { return known }
                let fresh = Int32(values.count)
                numbers[value] = fresh
                values.append(value)
                return fresh
            }
        }
        try store.addSlices(values: values, sets: sets)
    }

    static func end(_ store: RunStoreWriter, summary: RunSummary) throws {
        try store.addLosses(slices: summary.nearDuplicates.slices, terms: summary.nearDuplicates.terms)
    }
}
