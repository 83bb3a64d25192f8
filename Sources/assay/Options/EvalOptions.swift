import ArgumentParser
import Corpus
import EvalOverlap
import Findings

/// Which eval sets are looked for, and what is asked about them.
struct EvalOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Eval sets: JSONL, JSON, Parquet, or plain text (.txt, an item a paragraph).",
            valueName: "name=file"))
    var eval: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Fields of the eval records (question, prompt, answer, solution, choices, passage, rubric, grader, "
                + "reference, turns, id), for all sets or one.", valueName: "[set:]part=field"))
    var evalField: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Items that cannot have leaked: the background rate.", valueName: "name=file"))
    var control: [String] = []

    @Option(help: "Items whose edits are planted to measure recall; 0 plants none.")
    var plant = 200

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Verdicts whose rows enter the plan; none by default.", valueName: "verdict"))
    var plan: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Flagged items allowed: N, SET:N, SET=VERDICT:N (exit status 1 above).", valueName: "limit"))
    var maxOverlapItems: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Results of a model after training, {item, passed|score}: the score with and without flagged items.",
            valueName: "name=file"))
    var results: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Results before training: did failed items get into the rows more often?", valueName: "name=file")
    )
    var resultsBefore: [String] = []

    func validate() throws {
        if plant < 0 { throw ValidationError("--plant takes a whole number from 0 on.") }
        _ = try plannedVerdicts()
        for (option, list) in [("--eval", eval), ("--control", control)] {
            for text in list where text.hasPrefix("=") {
                throw ValidationError("\(option) takes NAME=FILE, not '\(text)'.")
            }
        }
        for field in evalField { _ = try Self.field(field) }
    }

    /// - Throws: `ValidationError` for a word that is no verdict, or a label.
    func plannedVerdicts() throws -> Set<OverlapVerdict> {
        var verdicts = Set<OverlapVerdict>()
        for name in plan.flatMap({ $0.split(separator: ",") }) {
            guard let verdict = OverlapVerdict(name: String(name)), !verdict.isLabel else {
                let names = OverlapVerdict.allCases.filter { !$0.isLabel }.map(\.name).joined(separator: ", ")
                throw ValidationError("--plan takes \(names), not '\(name)'.")
            }
            verdicts.insert(verdict)
        }
        return verdicts
    }

    func gates() throws -> [Gate] { try maxOverlapItems.map { try Gate.maxOverlapItems($0) } }

    /// The mapping of a set's fields.
    func mapping(of set: String) throws -> EvalFieldMapping {
        var mapping = EvalFieldMapping()
        for text in evalField {
            let field = try Self.field(text)
            guard field.set == nil || field.set == set else { continue }
            mapping.fields[field.part, default: []].append(FieldPath(field.path))
        }
        return mapping
    }

    static func field(_ text: String) throws -> (
        set: String?, part: EvalFieldMapping.Part, path: String
    ) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        let left = sides.first?.split(separator: ":", maxSplits: 1).map(String.init) ?? []
        guard sides.count == 2, let part = left.last.flatMap({ EvalFieldMapping.Part(rawValue: $0) }) else {
            let parts = EvalFieldMapping.Part.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError(
                "--eval-field takes PART=FIELD or SET:PART=FIELD with PART of \(parts), not '\(text)'.")
        }
        return (left.count == 2 ? left[0] : nil, part, sides[1])
    }
}
