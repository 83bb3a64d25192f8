import ArgumentParser
import CText
import Glibc
import Shards

/// The command line: the only place that prints and ends the process.
@main
struct Assay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Scans fine-tuning data: duplicates and who is lost if they go, eval overlap, spelling.",
        discussion: """
            A scan never deletes: it writes a plan; a person reviews it; apply carries it out.

            Exit status: 0 clean; 1 a gate is violated; 2 wrong use or an error; 3 some input could not be read, \
            or more rows were quarantined than --max-bad-rows.
            """,
        version: Version.tool,
        subcommands: [
            LookCommand.self, ScanCommand.self, DedupCommand.self, OverlapCommand.self,
            ProfileCommand.self, CompareCommand.self, ExplainCommand.self, ReportCommand.self,
            ReviewCommand.self, VerifyCommand.self, ApplyCommand.self, GateCommand.self, DiffCommand.self,
            DemoCommand.self,
        ])

    static func main() {
        Cleanup.install()
        ctext_keep_freed_memory()
        ParquetLibrary.look(at: ParquetPlaces.all())
        var asked: (any ParsableCommand.Type)?
        do {
            let arguments = try ConfigFile.expanded(Array(CommandLine.arguments.dropFirst()))
            var command = try parseAsRoot(arguments)
            asked = type(of: command)
            try command.run()
            finish(0)
        } catch let status as ExitCode {
            finish(status.rawValue)
        } catch {
            end(with: error, of: asked)
        }
    }

    /// Errors of ours are one line; wrong options come with the parser's own words. Both are status 2.
    ///
    /// - Parameter asked: the command that was run; `nil` where the arguments name none.
    private static func end(with error: any Error, of asked: (any ParsableCommand.Type)?) -> Never {
        Cleanup.waitIfEnding()
        let code = exitCode(for: error)
        if code == .success {
            Output.print(fullMessage(for: error))
            finish(0)
        }
        if let message = Failure.message(of: error) {
            Output.complain("assay: \(message)")
        } else if let error = error as? ValidationError, let asked {
            // A value that is looked at once the command runs: the parser would show the usage of `assay`.
            Output.complain(
                "Error: \(error.message)\nUsage: \(usageString(for: asked))\n"
                    + "  See 'assay \(asked._commandName) --help' for more information.")
        } else {
            Output.complain(fullMessage(for: error))
        }
        finish(2)
    }

    private static func finish(_ status: Int32) -> Never {
        Cleanup.waitIfEnding()
        Cleanup.removeAll()
        Glibc.exit(status == 0 && Output.hasFailed ? 2 : status)
    }
}
