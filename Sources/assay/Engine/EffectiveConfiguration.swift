import Corpus
import Findings
import NearDuplicates

/// What of the options can change a result, for the manifest.
enum EffectiveConfiguration {
    static func value(
        _ request: DedupRun.Request, configuration: DedupConfiguration, inputs: InputSet
    ) -> JSONValue {
        let mappings = MappingRecord.values(of: inputs.mappings)
        var fields: [String: JSONValue] = [
            "threshold": .decimal(configuration.threshold),
            "shingle": .string(configuration.shingle.description),
            "on": .string(configuration.on.rawValue),
            "keeper": .string(request.dedup.keeper),
            "keep": .integer(configuration.keptPerCluster),
            "spared": .array(configuration.sparedClasses.sorted().map { .string($0.name) }),
            "slice": strings(request.dedup.sliceFields),
            "protect": .array(configuration.protected.map { .string($0.description) }),
            "floor": .array(configuration.floors.map { .string("\($0.slice.description):\($0.rows)") }),
            "ignoreFields": strings(request.dedup.ignoredFields),
            "removesPrefixes": .bool(configuration.removesPrefixes),
            "maxBadRows": .integer(request.run.maxBadRows),
            "limits": inputs.limits.record,
            "gates": gates(request.gates),
            "mappings": mappings.mappings,
            "mappingOfShard": mappings.ofShards,
            "raw": .bool(!request.run.noRaw),
        ]
        if let contained = configuration.containedMillionths {
            fields["contained"] = .decimal(Double(contained) / 1e6)
        }
        if let eval = request.eval, !eval.eval.eval.isEmpty {
            fields["evalField"] = strings(eval.eval.evalField)
            fields["plant"] = .integer(eval.eval.plant)
            fields.merge(eval.doors.record) { first, _ in first }
        }
        if let comparison = request.comparison {
            fields.merge(comparison.options.record(slice: request.dedup.sliceFields.first)) { first, _ in
                first
            }
        }
        if let profile = request.profile {
            fields["author"] = .string(profile.author ?? "")
            fields["language"] = .string(profile.words.language ?? "")
        }
        if let format = request.input.format { fields["format"] = .string(format) }
        if !request.input.label.isEmpty { fields["label"] = strings(request.input.label) }
        if let top = request.dedup.sliceTop { fields["sliceTop"] = .integer(top) }
        return .object(fields.merging(inputs.splits.record) { first, _ in first })
    }

    static func gates(_ gates: [Gate]) -> JSONValue {
        .array(
            gates.map { gate in
                .object([
                    "name": .string(gate.name.rawValue), "limit": .decimal(gate.limit),
                    "slice": gate.slice.map { .string($0.description) } ?? .null,
                ])
            })
    }

    private static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
}
