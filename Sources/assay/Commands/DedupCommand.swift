import ArgumentParser
import Findings
import Reporting

struct DedupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedup",
        abstract: "Find duplicate rows and show who is lost if they go.",
        discussion: """
            Example: assay dedup train/ --slice queue tone --protect tone=hostile
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var dedup: DedupOptions
    @OptionGroup var gates: GateOptions
    @OptionGroup var output: RunOptions

    @Option(
        name: [.customLong("from")], help: "Plan a stored run again at a higher --threshold, without a scan.")
    var from: String?

    func run() throws {
        if let from {
            try Replan.perform(from: from, input: input, dedup: dedup, gates: try gates.given(), run: output)
            return
        }
        try DedupReport.perform(
            verb: "dedup", input: input, dedup: dedup, gates: try gates.gates(), run: output)
    }
}

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "All analyses in one pass; ends with what was not run and why.",
        discussion: "Example: assay scan train/ --slice queue --eval gsm8k=gsm8k_test.jsonl")

    @OptionGroup var input: InputOptions
    @OptionGroup var dedup: DedupOptions
    @OptionGroup var gates: GateOptions
    @OptionGroup var eval: EvalOptions
    @OptionGroup var doors: DoorOptions
    @OptionGroup var rubric: RubricOptions
    @OptionGroup var profile: ProfileOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Rows that users typed: are the training rows told apart from them, what do they not cover?",
            valueName: "input"))
    var production: [String] = []

    @OptionGroup var comparison: ComparisonOptions
    @OptionGroup var output: RunOptions

    func validate() throws {
        if !eval.plan.isEmpty {
            throw ValidationError("--plan: a scan only reports overlaps; plan them by assay overlap --plan.")
        }
    }

    func run() throws {
        let others =
            eval.control + eval.maxOverlapItems + eval.evalField + eval.results + eval.resultsBefore
            + rubric.rubric
        if eval.eval.isEmpty, !others.isEmpty || !doors.isEmpty {
            throw ValidationError("No eval set: name one by --eval NAME=FILE.")
        }
        var missing: [String] = []
        if eval.eval.isEmpty { missing.append("eval overlap (no --eval)") }
        if production.isEmpty { missing.append("comparison (no --production)") }
        let compared = try comparison.gates(policy: [])
        let base = try gates.gates().filter { own in
            !compared.contains { $0.name == own.name && $0.slice == own.slice }
        }
        if production.isEmpty, !compared.isEmpty {
            throw ValidationError("No rows to compare with: name them by --production PATH….")
        }
        try DedupReport.perform(
            verb: "scan", input: input, dedup: dedup, gates: try base + eval.gates() + compared,
            run: output,
            eval: OverlapTap.Request(eval: eval, doors: doors, rubric: rubric),
            profile: profile,
            comparison: production.isEmpty
                ? nil : ComparisonTap.Request(options: comparison, production: production),
            closing: missing.isEmpty ? nil : "Not run: \(missing.joined(separator: ", ")).")
    }
}
