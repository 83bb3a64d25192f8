import Corpus
import Findings
import NearDuplicates

extension DedupRun {
    /// A field or a slice that no row has is a misspelt option; a field of too many values would drown the report.
    func checkOptions(_ decision: DedupDecision, _ survey: SurveyStage) throws {
        guard decision.table.rowCount > 0 else { return }
        let isUnmapped = survey.accounts.allSatisfy { $0.withoutText == $0.goodRows }
        if isUnmapped, request.input.mapping != nil {
            let fields = (request.input.text + request.input.prompt + request.input.response)
            throw UsageError(
                "no row has text in \(fields.joined(separator: ", ")); `assay look` lists the fields")
        }
        for (dimension, field) in request.dedup.sliceFields.enumerated() {
            let values = decision.slices.rowsOfValue.keys.filter { $0.dimension == dimension }.count
            if values == 0 {
                throw UsageError(
                    "\(optionNaming(field)): no row has the field \(field); `assay look` lists the fields that slice well"
                )
            }
            if values > 1000, request.dedup.sliceTop == nil {
                throw UsageError(
                    "\(optionNaming(field)): \(field) has \(values) values; report the commonest by --slice-top N"
                )
            }
        }
        let named =
            configuration.protected.map { ("--protect", $0) }
            + configuration.floors.map { ("--floor", $0.slice) }
        for (option, slice) in named
        where !decision.slices.values.indices.contains(where: { set in
            decision.slices.values[set].contains {
                decision.slices.name(of: $0.dimension) == slice.field && (slice.value ?? $0.value) == $0.value
            }
        }) {
            throw UsageError("\(option) \(slice.description): no row lies in this slice; check its spelling")
        }
    }

    /// Options that name fields or values that no row has: not wrong in a policy for several corpora, but often
    /// misspelt.
    func unknownNames(_ decision: DedupDecision, _ survey: SurveyStage) -> [String] {
        guard decision.table.rowCount > 0 else { return [] }
        var notes: [String] = []
        if survey.fieldNames.count < RowMapper.maximumFieldNames {
            let names = Set(survey.fieldNames.values)
            let named =
                request.dedup.ignoredFields.map { ("--ignore-fields", $0) }
                + request.input.label.map { ("--label", $0) }
            for (option, name) in named where !names.contains(name) && !name.contains(".") {
                notes.append("\(option) \(name): no row has this field outside its text; check its spelling")
            }
        }
        if case .priority(let field, let values) = configuration.keeper {
            let met = Set(
                decision.slices.rowsOfValue.keys.filter { decision.slices.name(of: $0.dimension) == field }
                    .map(\.value))
            for value in values where !met.contains(value) {
                notes.append("--keeper priority: no row has \(field)=\(value); check its spelling")
            }
        }
        return notes
    }

    /// The option that named a slice field.
    private func optionNaming(_ field: String) -> String {
        if request.dedup.slice.contains(field) { return "--slice \(field)" }
        if configuration.protected.contains(where: { $0.field == field }) { return "--protect" }
        return configuration.floors.contains { $0.slice.field == field } ? "--floor" : "--keeper"
    }

    /// What is left out of the comparison though it reads as text; `nil` where there is nothing.
    static func noteOnLeftOutText(_ summary: RunSummary) -> String? {
        guard let fields = summary.nearDuplicates.leftOutText else { return nil }
        let names = fields.prefix(4).joined(separator: ", ")
        return
            "text that is not compared: \(names); rows that differ there alone count as equal, and rows alike elsewhere "
            + "as near; name what to compare by --text, or by --prompt and --response (assay look shows the fields)"
    }

    /// Floors that a slice had too few rows for, or too many identical ones.
    static func unreachedFloors(_ floors: [SliceFloor], _ summary: RunSummary) -> [String] {
        floors.flatMap { floor in
            summary.nearDuplicates.slices.filter {
                $0.field == floor.slice.field && floor.slice.value ?? $0.value == $0.value
                    && $0.after < floor.rows
            }.map { loss in
                "--floor \(floor.slice.description):\(floor.rows) is not reached: \(loss.after) of \(loss.before) rows of "
                    + "\(loss.field)=\(loss.value) stay; identical rows are never spared by a floor"
            }
        }
    }
}
