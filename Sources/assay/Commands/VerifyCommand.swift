import ArgumentParser
import Findings
import Reporting

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Are a run's files, its inputs and a cleaned folder what the run says?",
        discussion: """
            Hashes the run's files and its inputs again and holds them against run.json. With --against it also reads a \
            folder and says whether it holds exactly the rows that the run keeps, in any order, under the run's shard \
            names. Decisions that reviewers made on the run are held against the digests that chain them. Exit status 1 where something differs.

            Example: assay verify assay-runs/dedup-train --against cleaned/
            """)

    @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
    var folder: String

    @Option(help: ArgumentHelp("A folder that should hold the kept rows.", valueName: "dir"))
    var against: String?

    @Option(
        help: ArgumentHelp(
            "Decisions of an earlier run that apply was given by --decisions.", valueName: "file"))
    var decisions: String?

    @Flag(help: "No progress.")
    var quiet = false

    @Flag(help: "Print the results as JSON.")
    var json = false

    func run() throws {
        // A changed summary is a finding, not an error, as long as it need not be read.
        let manifest = try RunManifest(run: folder)
        var summary: RunSummary?
        do { summary = try RunSummary(run: folder) } catch {
            guard manifest.changedOutputs(run: folder).contains(RunFile.summary.name) else { throw error }
        }
        let run = StoredRun(path: folder, manifest: manifest, summary: summary ?? RunSummary())
        let verification = RunVerification(run: run, progress: Progress(isQuiet: quiet))
        var findings = [verification.outputs(), try verification.inputs()]
        if let decisions = verification.decisions() { findings.append(decisions) }
        if let against {
            findings.append(
                summary == nil
                    ? .init(check: "rows", passed: false, lines: ["not checked, summary.json cannot be read"])
                    : try verification.rows(in: against, decisions: decisions))
        }
        if json {
            let bytes = try JSONBytesEncoder.encode(findings)
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        } else {
            for finding in findings {
                for line in finding.lines {
                    Output.print(
                        "\(finding.passed ? "ok    " : "DIFFERS") \(finding.check): \(TerminalText.sanitized(line))"
                    )
                }
            }
        }
        if !findings.allSatisfy(\.passed) { throw ExitCode(1) }
    }
}
