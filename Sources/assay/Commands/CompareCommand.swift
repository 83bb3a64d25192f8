import ArgumentParser
import Findings
import Reporting

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two samples: can they be told apart, by what, and what does one not cover?",
        discussion: """
            Do the synthetic rows look like what users type? Three classifiers try to tell the sides apart (all that \
            is written, content, register), features and words are compared, and groups of production rows that no \
            synthetic row comes near are named. Changes nothing. The same serves last month against this one.

            Examples:
              assay compare --synthetic train/ --production logs/ --slice intent
              assay compare --left june=data/june --right july=data/july --role user
              assay compare --synthetic train/ --production logs/ --text production=request.text
              assay compare --synthetic train/ --production logs/ --max-auc-register 0.8 --max-uncovered-share 0.1

            --text, --prompt, --response and --label take SIDE=FIELD too, for one side alone; the other's fields are found.
            """)

    @OptionGroup var input: InputOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The synthetic rows; the same as INPUT.", valueName: "input"))
    var synthetic: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What users type.", valueName: "input"))
    var production: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("One side under a name of its own.", valueName: "name=input"))
    var left: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The other side.", valueName: "name=input"))
    var right: [String] = []

    @Option(
        help: ArgumentHelp(
            "A field of both sides: areas are matched by its values, coverage is told by them.",
            valueName: "field"))
    var slice: String?

    @OptionGroup var comparison: ComparisonOptions

    @OptionGroup var words: WordOptions

    @Option(help: "YAML file of gates: the name of each and its limit.")
    var policy: String?

    @OptionGroup var output: RunOptions

    func validate() throws {
        _ = try sides()
        guard comparison.perValue == nil || slice != nil else {
            throw ValidationError("--per-value draws by the values of a field: name it by --slice.")
        }
    }

    private func sides() throws -> (left: SideOption, right: SideOption) {
        let plain = input.inputs + synthetic
        if !left.isEmpty || !right.isEmpty {
            guard plain.isEmpty, production.isEmpty, !left.isEmpty, !right.isEmpty else {
                throw ValidationError(
                    "--left and --right go together, without INPUT, --synthetic and --production.")
            }
            let sides = try (
                SideOption(left, option: "--left"), SideOption(right, option: "--right")
            )
            guard sides.0.name != sides.1.name else {
                throw ValidationError("--left and --right need two names, not \(sides.0.name) twice.")
            }
            return sides
        }
        guard !plain.isEmpty else {
            throw ValidationError("No synthetic rows: name them by --synthetic PATH…, or --left NAME=PATH….")
        }
        guard !production.isEmpty else {
            throw ValidationError(
                "No rows to compare with: name them by --production PATH…, or --right NAME=PATH….")
        }
        return (
            SideOption(name: "synthetic", inputs: plain), SideOption(name: "production", inputs: production)
        )
    }

    /// What the library is told.
    ///
    /// - Throws: `ValidationError`, `UsageError` and `FindingsError` for options that do not go together.
    func request(arguments: [String]) throws -> ComparisonRun.Request {
        let sides = try sides()
        let gates = try policy.map { try PolicyFile.gates(path: $0) } ?? []
        return ComparisonRun.Request(
            arguments: arguments, input: input, left: sides.left, right: sides.right,
            comparison: comparison, words: words, slice: slice, gates: try comparison.gates(policy: gates),
            run: output)
    }

    func run() throws {
        let result = try ComparisonRun(request(arguments: CommandLine.arguments)).perform()
        if output.json {
            let bytes = try result.summary.encoded()
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        } else {
            let screen = ComparisonScreen(
                summary: result.summary, notes: result.notes, runPath: result.path,
                samples: output.showText ? result.samples : nil)
            Output.print(screen.text())
        }
        let status = ExitCause.status(of: result.summary.causes)
        if status != 0 { throw ExitCode(status) }
    }
}
