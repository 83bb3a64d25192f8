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
        let overlap = eval.eval.isEmpty ? "eval overlap (no --eval), " : ""
        try DedupReport.perform(
            verb: "scan", input: input, dedup: dedup, gates: try gates.gates() + eval.gates(), run: output,
            eval: OverlapTap.Request(eval: eval, doors: doors, rubric: rubric),
            profile: profile,
            closing: "Not run: \(overlap)comparison (not in this version).")
    }
}
