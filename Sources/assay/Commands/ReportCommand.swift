import ArgumentParser
import Findings
import Foundation
import Reporting

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "One page for reviewers: losses, removed rows, eval items, spelling, quarantine.",
        discussion: """
            Writes one HTML file that opens offline and loads nothing: tables that sort and filter, plots, deep links. It \
            stays below 5 MB whatever the corpus: lists are cut, and the page names the query that gives all of them. \
            Text of rows is in it only with --show-text; the file is then readable by you alone.

            Example: assay report assay-runs/scan-train --show-text -o report.html
            """)

    @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
    var folder: String

    @Flag(help: "Show rows: diffs with their keepers, and text that rows and eval items share.")
    var showText = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The file to write; - for standard output.", valueName: "file"))
    var output = "report.html"

    @Flag(help: "Replace a file that is there.")
    var force = false

    func run() throws {
        let run = try StoredRun(folder)
        if output != "-" { try check(run) }
        let page = try ReportPage(ReportReader(run: run, showText: showText).read()).html()
        if output == "-" {
            Output.print(String(decoding: page, as: UTF8.self).trimmingNewline)
            return
        }
        try OutputFile.write(page, to: output, mode: showText ? 0o600 : 0o644)
        Output.print("\(Format.shellWord(output)): \(Format.number(page.count)) bytes")
    }

    /// - Throws: `UsageError` where the file would replace another, or would lie in the run.
    private func check(_ run: StoredRun) throws {
        let slash = output.lastIndex(of: "/")
        let parent = slash.map { $0 == output.startIndex ? "/" : String(output[..<$0]) } ?? "."
        if let own = ProcessFacts.realPath(run.path), ProcessFacts.realPath(parent) == own {
            throw UsageError(
                "\(output): lies in the run, whose files must stay as they are; choose another place with -o")
        }
        if !force, FileManager.default.fileExists(atPath: output) {
            throw UsageError(
                "\(output): is there already; replace it with --force, or choose another with -o")
        }
    }
}
