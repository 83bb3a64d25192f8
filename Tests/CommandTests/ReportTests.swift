import Foundation
import TestSupport
import Testing

/// `assay report` on real runs.
@Suite struct ReportTests {
    private func run(_ folder: URL, _ options: [String] = []) throws -> String {
        let run = folder.appendingPathComponent("run").path
        _ = try CommandRunner.assay(
            [
                "scan", Fixture.projectRoot.appendingPathComponent("Corpora/support-tickets/train").path,
                "--slice",
                "queue", "--quiet", "--force", "--out", run,
            ] + options)
        return run
    }

    @Test func `a scan's page has every analysis, and text on request alone`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try run(folder)
        let bare = folder.appendingPathComponent("bare.html").path
        let made = try CommandRunner.assay(["report", run, "-o", bare])
        #expect(made.status == 0 && made.text.hasPrefix(bare), "\(made.both)")
        let page = try String(contentsOfFile: bare, encoding: .utf8)
        for anchor in ["rows", "losses", "casualties", "removed", "spelling", "register", "quarantine"] {
            #expect(page.contains("<section id=\"\(anchor)\""), "\(anchor)")
        }
        #expect(!page.contains("<del>") && page.contains("No text of rows is shown"))
        #expect(try String(contentsOfFile: run + "/report.html", encoding: .utf8) == page)
        let full = folder.appendingPathComponent("full.html").path
        #expect(try CommandRunner.assay(["report", run, "--show-text", "-o", full]).status == 0)
        #expect(try String(contentsOfFile: full, encoding: .utf8).contains("<del>"))
        let rights = try FileManager.default.attributesOfItem(atPath: full)[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }

    @Test func `the page does not depend on threads`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let pages = try ["1", "2"].map { threads in
            let run = try run(folder, ["--threads", threads])
            return try CommandRunner.assay(["report", run, "--show-text", "-o", "-"]).text
        }
        #expect(pages[0] == pages[1] && pages[0].hasSuffix("</html>\n"))
    }

    @Test func `eval items are shown beside the rows`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        _ = try corpus.run("run")
        let page = try CommandRunner.assay(["report", corpus.path("run"), "--show-text", "-o", "-"]).text
        #expect(page.contains("<section id=\"overlap\"") && page.contains("A cooper in Larkmoor"))
        #expect(!page.contains("<section id=\"losses\""))
        let bare = try CommandRunner.assay(["report", corpus.path("run"), "-o", "-"]).text
        #expect(!bare.contains("cooper"))
    }

    @Test func `a place in the way, a place in the run and no run are errors with a way out`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        _ = try corpus.run("run")
        let taken = corpus.path("taken.html")
        try corpus.write(taken, ["mine"])
        for (arguments, message) in [
            ([corpus.path("run"), "-o", taken], "replace it with --force"),
            ([corpus.path("run"), "-o", corpus.path("run/report.html")], "lies in the run"),
            ([corpus.path("run"), "-o", corpus.path("nowhere/report.html")], "cannot create the file"),
            ([corpus.path("none"), "-o", corpus.path("a.html")], "run.json"),
        ] {
            let outcome = try CommandRunner.assay(["report"] + arguments)
            #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
        }
        #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine\n")
        #expect(try CommandRunner.assay(["report", corpus.path("run"), "-o", taken, "--force"]).status == 0)
    }
}
