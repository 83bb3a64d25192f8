import ArgumentParser
import Findings
import Foundation
import Reporting

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The main jobs on small corpora of known truth: dedup, explain, apply, overlap.",
        discussion: "Example: assay demo --out demo")

    @Option(help: "Keep what is written in this folder (default: a temporary one, removed at the end).")
    var out: String?

    @Flag(help: ArgumentHelp("Write the sample reports to Reports/.", visibility: .hidden))
    var writeReports = false

    func run() throws {
        let corpus = try Self.corpus()
        let folder = out ?? NSTemporaryDirectory() + "assay-demo-\(getpid())"
        if out == nil { Cleanup.register(folder) }
        defer { if out == nil { Cleanup.remove(folder) } }
        let demo = Demo(corpora: corpus, folder: folder)
        try demo.perform()
        if out == nil {
            Output.print("\nAll of it lay in a temporary folder; keep it by: assay demo --out demo")
        }
        if writeReports { try demo.writeReports(to: corpus.dropLast("Corpora".count) + "Reports") }
    }

    /// `Corpora` of the working folder, else of the project that the executable lies in.
    private static func corpus() throws -> String {
        var parent = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        var places = ["Corpora"]
        while let slash = parent.lastIndex(of: "/"), slash > parent.startIndex {
            parent = String(parent[..<slash])
            places.append(parent + "/Corpora")
        }
        for place in places where FileManager.default.fileExists(atPath: place + "/support-tickets/train") {
            return place
        }
        throw UsageError("demo: there is no Corpora/support-tickets here; run it in the project's folder")
    }
}
