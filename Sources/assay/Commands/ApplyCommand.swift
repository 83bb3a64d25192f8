import ArgumentParser
import Findings
import Reporting

struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Write the cleaned corpus that a run's plan describes.",
        discussion: """
            Kept rows are written byte for byte (lines end with a line feed) under the same shard names, formats and \
            compressions; the folder appears whole or not at all. Inputs are checked against the run's digests first.

            Refused, unless named by --accept: a failed gate (gate:NAME), an incomplete run (incomplete), more \
            quarantined rows than allowed (bad-rows), changed inputs (changed-input).

            Decisions that reviewers made with assay review are carried out: restored rows are kept, and every removed \
            row still has its keeper in the output. Gates are judged with them.

            Example: assay apply assay-runs/dedup-train --out cleaned
            Example: assay apply assay-runs/dedup-train --out cleaned --require-sign-off
            """)

    @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
    var folder: String

    @Option(help: "The folder to write; it must not exist, or be empty.")
    var out: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Apply all the same: gate:NAME, incomplete, bad-rows, changed-input.", valueName: "what"))
    var accept: [String] = []

    @Option(help: "Quarantined rows that are accepted (default: as in the run).")
    var maxBadRows: Int?

    @Option(help: "Folder that holds the shards, by their names, where they were moved.")
    var inputs: String?

    @Option(
        help: ArgumentHelp(
            "Decisions of an earlier run that hold on this one, in place of the run's own.", valueName: "file"
        ))
    var decisions: String?

    @Flag(help: "Refuse a run that no reviewer has signed off as it is decided.")
    var requireSignOff = false

    @Option(help: "Threads; never changes a result (default: all cores).")
    var threads: Int?

    @Flag(help: "No progress.")
    var quiet = false

    func validate() throws {
        _ = try accept.map { try Acceptance(parsing: $0) }
        if let threads, threads < 1 { throw ValidationError("--threads takes a whole number from 1 on.") }
        if let maxBadRows, maxBadRows < 0 {
            throw ValidationError("--max-bad-rows takes a whole number from 0 on.")
        }
    }

    func run() throws {
        let request = ApplyRun.Request(
            run: folder, out: out, accepted: Set(try accept.map { try Acceptance(parsing: $0) }),
            maximumBadRows: maxBadRows, inputs: inputs, threads: threads ?? ProcessFacts.processorCount(),
            decisions: decisions, requiresSignOff: requireSignOff, progress: Progress(isQuiet: quiet))
        let result = try ApplyRun(request).perform()
        Output.print(ApplyScreen(result).text())
    }
}
