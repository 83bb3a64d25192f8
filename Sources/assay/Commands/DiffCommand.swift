import ArgumentParser
import Findings
import Reporting

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What changed between the runs of two versions of a corpus.",
        discussion: """
            Compares the stored figures: rows and removed rows, slices, eval items, comparisons, misspellings, \
            habits and characters by role. Nothing is scanned, and nothing is written. Every list has the largest change first.

            A rate is listed where the two intervals of 95 % do not overlap, or where the interval of the difference, \
            made from them, leaves out 0. Counts of rows and items are a census: every change is listed. Exit status 0 \
            whether or not anything differs.

            Example: assay diff assay-runs/scan-march assay-runs/scan-april
            """)

    @Argument(help: ArgumentHelp("The folder of the earlier run.", valueName: "run-a"))
    var before: String

    @Argument(help: ArgumentHelp("The folder of the later run.", valueName: "run-b"))
    var after: String

    @Flag(help: "Print all differences as JSON.")
    var json = false

    func run() throws {
        let differences = RunDifferences(before: try Self.figures(before), after: try Self.figures(after))
        if json {
            let bytes = try JSONBytesEncoder.encode(differences)
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        } else {
            Output.print(DiffScreen(differences).text())
        }
    }

    /// - Throws: `FindingsError` where the folder is no run; `UsageError` for an incomplete run.
    private static func figures(
        _ path: String
    ) throws -> (path: String, manifest: RunManifest, summary: RunSummary) {
        let run = try StoredRun(path)
        guard run.summary.complete else {
            let shards = run.summary.shards.filter { $0.state != .complete }.map(\.name)
            throw UsageError(
                "\(run.path): the run is incomplete, so its figures are of a part of the corpus: "
                    + "\(shards.joined(separator: ", ")) could not be read to the end; mend it and scan again"
            )
        }
        var summary = run.summary
        try summary.languageProfile?.readForms(run: run.path)
        return (run.path, run.manifest, summary)
    }
}
