import ArgumentParser
import Findings
import Reporting

struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Profile spelling and register: what a model will learn to write.",
        discussion: """
            Changes nothing. The screen has the misspellings that matter most: what assistants write comes first, \
            since that is what a model learns. Rates are of rows with the wrong form among rows with either, with \
            intervals of 95 % by author (--author), else by conversation, else by near-duplicate cluster.

            Examples:
              assay profile train/ --author agent --slice queue
              assay profile train/ --lexicon products.txt --misspellings ours.txt --show-text
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var profile: ProfileOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Fields by whose values rates are reported.", valueName: "field"))
    var slice: [String] = []

    @OptionGroup var output: RunOptions

    func validate() throws {
        if input.inputs.isEmpty {
            throw ValidationError("No input: name files, folders, globs or - (standard input).")
        }
    }

    func run() throws {
        let result = try ProfileRun(request(arguments: CommandLine.arguments), profile).perform()
        if output.json {
            let bytes = try result.summary.encoded()
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        } else {
            let screen = ProfileScreen(
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
}
