import ArgumentParser
import Findings
import Reporting

struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Judge a stored run again, without a scan.",
        discussion: """
            Without options, by the gates that the run was given; an option takes the place of the run's gates of \
            its name. Exit status 1 where a gate fails, 3 where the run was not of all its input.

            Decisions that reviewers made on the run count: a restored row is not lost, an eval item that was found to \
            be no contamination, or whose rows leave, is not flagged.

            For pipelines: --output-format github prints an annotation for each failed gate, and adds a table to the \
            file that GITHUB_STEP_SUMMARY names; sarif and junit print files of these formats. No text of rows is in \
            any of them.

            Example: assay gate assay-runs/dedup-train --max-drop 0.2 --max-drop-per-slice tone=hostile:0.1
            Example: assay gate assay-runs/dedup-train --output-format junit > assay.xml
            """)

    @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
    var folder: String

    @Option(help: "Share of the rows that may go, identical ones not counted.")
    var maxDrop: Double?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Share of a slice's rows that may go; identical ones with their keeper in it not counted.",
            valueName: "slice:share"))
    var maxDropPerSlice: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Flagged eval items allowed: N, SET:N, SET=VERDICT:N.", valueName: "limit"))
    var maxOverlapItems: [String] = []

    @Option(help: "Area that the register test of a comparison may reach.")
    var maxAucRegister: Double?

    @Option(help: "Share of production rows that may lie in groups without cover.")
    var maxUncoveredShare: Double?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Difference that a feature may have.", valueName: "feature:delta"))
    var maxFeatureDelta: [String] = []

    @Option(help: "YAML file of gates: the name of each and its limit.")
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "Decisions of an earlier run that hold on this one, in place of the run's own.", valueName: "file"
        ))
    var decisions: String?

    @Option(
        help: ArgumentHelp("How to print the results: text, json, github, sarif, junit.", valueName: "format")
    )
    var outputFormat: PipelineReport.Layout?

    @Flag(help: "The same as --output-format json.")
    var json = false

    func validate() throws {
        if json, let outputFormat, outputFormat != .json {
            throw ValidationError("--json and --output-format \(outputFormat.rawValue): give one of them.")
        }
    }

    func run() throws {
        let given = try givenGates()
        let run = try StoredRun(folder)
        let gates = given + (try run.gates()).filter { own in !given.contains { $0.name == own.name } }
        if run.manifest.command == "overlap",
            let other = given.first(where: { $0.name.subject != .overlap })
        {
            throw UsageError(
                "gate \(other.name.rawValue) judges a dedup or a scan, and \(folder) is a run of overlap; give "
                    + "--max-overlap-items")
        }
        if run.manifest.command == "compare",
            let other = given.first(where: { $0.name.subject != .comparison })
        {
            throw UsageError(
                "gate \(other.name.rawValue) judges a dedup, an overlap or a scan, and \(folder) is a comparison; give "
                    + "--max-auc-register, --max-uncovered-share or --max-feature-delta")
        }
        let reviewed = try ReviewedRun.find(run, decisions: decisions)
        let summary = try reviewed?.session.reviewedSummary(gates: gates) ?? run.summary
        let results = try reviewed.map { _ in summary.gates } ?? gates.flatMap { try $0.judge(run.summary) }
        let passed = results.allSatisfy(\.passed)
        let rest = run.summary.causes.filter { $0.code != .gate }
        let status = ExitCause.status(of: rest)
        let report = PipelineReport(summary: summary, gates: results, toolVersion: Version.tool)
        switch outputFormat ?? (json ? .json : .text) {
        case .json:
            let bytes = try JSONBytesEncoder.encode(
                Judgement(
                    passed: passed, gates: results, causes: rest.map(\.message),
                    exitStatus: status != 0 ? status : passed ? 0 : 1,
                    decisions: reviewed?.trail.standing.count ?? 0, signOff: reviewed?.trail.signOff))
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        case .text:
            for result in results { Output.print(GateText.line(result)) }
            if let reviewed {
                for line in DecisionAccount(reviewed, try reviewed.session.reviewedPlan()).lines {
                    Output.print(line)
                }
            }
            if results.isEmpty { Output.print("the run has no gates; give one, as in --max-drop 0.2") }
            if run.summary.comparesNothing { Output.print("note: \(RunSummary.nothingCompared)") }
            if !run.summary.complete {
                Output.print("note: the run is incomplete: some input could not be read to its end")
            }
        case .github:
            Output.print(report.github())
            try StepSummary.append(report.markdown())
        case .sarif: Output.print(String(decoding: try report.sarif(), as: UTF8.self).trimmingNewline)
        case .junit: Output.print(report.junit())
        }
        for cause in rest { Output.complain("assay: the run: \(cause.message)") }
        if status != 0 { throw ExitCode(status) }
        if !passed { throw ExitCode(1) }
    }

    /// What `--json` prints.
    private struct Judgement: Encodable {
        /// Whether all gates are.
        var passed: Bool
        var gates: [GateResult]
        /// What beside a gate gives the exit status: rows quarantined, input that was not read to its end.
        var causes: [String]
        var exitStatus: Int32
        /// Reviewers' decisions that stand.
        var decisions: Int
        /// The sign-off that stands for all of them.
        var signOff: Decision?
    }

    private func givenGates() throws -> [Gate] {
        var gates: [Gate] = []
        if let maxDrop { gates.append(try Gate.maxDrop(maxDrop)) }
        for text in maxDropPerSlice { gates.append(try Gate.maxDropPerSlice(text)) }
        for text in maxOverlapItems { gates.append(try Gate.maxOverlapItems(text)) }
        if let maxAucRegister { gates.append(try Gate.maxAucRegister(maxAucRegister)) }
        if let maxUncoveredShare { gates.append(try Gate.maxUncoveredShare(maxUncoveredShare)) }
        for text in maxFeatureDelta { gates.append(try Gate.maxFeatureDelta(text)) }
        let ofPolicy = try policy.map { try PolicyFile.gates(path: $0) } ?? []
        return gates
            + ofPolicy.filter { gate in !gates.contains { $0.name == gate.name && $0.slice == gate.slice } }
    }
}

extension PipelineReport.Layout: ExpressibleByArgument {}
