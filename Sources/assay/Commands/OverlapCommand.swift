import ArgumentParser
import Findings
import Reporting

struct OverlapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overlap",
        abstract: "Find eval items in training rows: where, how sure, which scores to compute again.",
        discussion: """
            Reports only: rows enter a plan by --plan VERDICT alone. Verdicts: verbatim, edited, short-exact, \
            question-only, answer-only, passage, rubric, mistyped, few-shot; the labels template-mate and \
            common-source are reported and never flagged. Paraphrases and translations are out of reach: \
            unflagged is not clean.

            Examples:
              assay overlap train/ --eval gsm8k=gsm8k_test.jsonl mmlu=mmlu.parquet
              assay overlap train/ --eval ours=items.jsonl --eval-field question=ticket.body answer=ideal
              assay overlap train/ --eval gsm8k=test.jsonl --control fresh=new_items.jsonl --slice source
              assay overlap train/ --eval gsm8k=test.jsonl --max-overlap-items gsm8k=verbatim:0
              assay overlap train/ --eval ours=items.jsonl --identity ticket_id --time created_at \
            --eval-collected 2026-03-01 --results-before ours=before.jsonl
              assay overlap train/ --eval ours=items.jsonl --rubric rubric.md --baseline last-year/
              assay overlap train/ --eval gsm8k=test.jsonl --plan verbatim edited --out run
              assay apply run --out cleaned
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var eval: EvalOptions
    @OptionGroup var doors: DoorOptions
    @OptionGroup var rubric: RubricOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Fields by whose values flagged rows are reported.", valueName: "field"))
    var slice: [String] = []

    @Option(help: "YAML file of gates: the name of each and its limit.")
    var policy: String?

    @OptionGroup var output: RunOptions

    func run() throws {
        if eval.eval.isEmpty {
            throw ValidationError("No eval set: name one by --eval NAME=FILE.")
        }
        if input.inputs.isEmpty {
            throw ValidationError("No input: name files, folders, globs or - (standard input).")
        }
        let result = try OverlapRun(request(arguments: CommandLine.arguments), try search()).perform()
        if output.json {
            let bytes = try result.summary.encoded()
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        } else {
            let screen = OverlapScreen(
                summary: result.summary, groups: result.groups, notes: result.notes, runPath: result.path,
                samples: output.showText ? result.samples : nil)
            Output.print(screen.text())
        }
        let status = ExitCause.status(of: result.summary.causes)
        if status != 0 { throw ExitCode(status) }
    }

    /// What the run is told.
    func request(arguments: [String]) -> RunRequest {
        RunRequest(arguments: arguments, input: input, slices: slice, run: output)
    }

    /// - Throws: `FindingsError`, `UsageError` for gates that are none.
    func search() throws -> OverlapRun.Search {
        var gates = try policy.map { try PolicyFile.gates(path: $0) } ?? []
        gates += try eval.gates()
        return OverlapRun.Search(
            eval: eval, doors: doors, rubric: rubric, gates: gates.filter { $0.name == .maxOverlapItems })
    }
}
