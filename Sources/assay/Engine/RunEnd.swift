import Findings
import Reporting

/// The last files of a run: its page, and the manifest that names all of them.
enum RunEnd {
    /// Writes both, once every other file is there; the page is made from the summary as the file has it, as any later
    /// page will be.
    ///
    /// The run's own page holds no text of rows, so that its bytes do not depend on who was to see them.
    ///
    /// - Throws: `FindingsError`, `UsageError`.
    static func write(_ manifest: RunManifest, to folder: RunFolder) throws {
        var manifest = manifest
        let run = StoredRun(
            path: folder.partialPath, manifest: manifest,
            summary: try RunSummary(run: folder.partialPath))
        let page = try ReportPage(ReportReader(run: run, showText: false).read()).html()
        let digest = try folder.write(page, to: .report)
        manifest.outputs.append(RunManifest.Output(name: RunFile.report.name, digest: digest))
        try folder.write(try manifest.encoded(), to: .manifest)
    }
}
