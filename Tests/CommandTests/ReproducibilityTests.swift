import Findings
import Foundation
import TestSupport
import Testing

/// A run's files are the same bytes however it was run.
@Suite struct ReproducibilityTests {
    static let train = Fixture.projectRoot.appendingPathComponent("Corpora/support-tickets/train").path

    /// Scans the corpus and reads all outputs and the manifest.
    private func files(_ options: [String], inputs: [String] = [train], environment: [String: String] = [:])
        throws
        -> [String: Data]
    {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = folder.appendingPathComponent("run").path
        let outcome = try CommandRunner.assay(
            ["dedup"] + inputs + ["--slice", "queue", "tone", "--out", run, "--quiet"] + options,
            environment: environment)
        #expect(outcome.status == 3, "\(outcome.errorText)")
        let manifest = try RunManifest(run: run)
        #expect(manifest.outputs.count >= 7)
        var files: [String: Data] = [:]
        for name in manifest.outputs.map(\.name) + ["run.json"] {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(run)/\(name)"))
        }
        return files
    }

    private func expectEqual(_ left: [String: Data], _ right: [String: Data], _ what: String) {
        #expect(left.keys.sorted() == right.keys.sorted())
        for (name, bytes) in left { #expect(bytes == right[name], "\(name) differs: \(what)") }
    }

    @Test func `threads, the order of inputs, the locale and the time zone change no byte`() throws {
        let shards = try FileManager.default.contentsOfDirectory(atPath: Self.train).sorted()
            .map { "\(Self.train)/\($0)" }
        let first = try files(["--threads", "1"], environment: ["LC_ALL": "C", "TZ": "UTC"])
        expectEqual(first, try files(["--threads", "2"]), "2 threads")
        expectEqual(first, try files(["--threads", "8", "--memory", "1M"]), "8 threads and 1 MiB")
        expectEqual(first, try files(["--threads", "3"], inputs: shards.reversed()), "shards in reverse")
        expectEqual(first, try files([], environment: ["TZ": "Asia/Kathmandu"]), "another time zone")
        let locales = try CommandRunner.tool("locale", ["-a"]).text
        guard locales.contains("tr_TR") else {
            print("skipped: no Turkish locale is installed")
            return
        }
        expectEqual(first, try files([], environment: ["LC_ALL": "tr_TR.UTF-8"]), "Turkish locale")
    }
}
