import ArgumentParser
import Findings
import Reporting

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why is this row gone, and which row stays?",
        discussion: """
            A row is named by its shard and its 0-based place in it; the end of the shard's name is enough where only \
            one shard ends so.

            Example: assay explain assay-runs/dedup-train tickets-00001.jsonl:612 --show-text
            """)

    @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
    var folder: String

    @Argument(help: ArgumentHelp("The row.", valueName: "shard:row"))
    var row: String

    @Flag(help: "Show the rows: a word diff with the keeper.")
    var showText = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let explanation = try Explainer(run: StoredRun(folder)).explain(row, showText: showText)
        if json {
            let bytes = try JSONBytesEncoder.encode(explanation)
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        } else {
            Output.print(explanation.text())
        }
    }
}
