import Findings
import Foundation
import TestSupport
import Testing

/// Corpora and Reports are what their makers make of them.
@Suite struct SampleReportTests {
    static let root = Fixture.projectRoot

    private func unpacked(_ place: URL) throws -> [UInt8] {
        switch place.pathExtension {
        case "gz": try CommandRunner.tool("gzip", ["-dc", place.path]).output
        case "zst": try CommandRunner.tool("zstd", ["-qdc", place.path]).output
        default: Array(try Data(contentsOf: place))
        }
    }

    @Test func `the corpora regenerate to the digests of the manifest and to the same truth`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try CommandRunner.tool(
            "python3", ["-B", Self.root.appendingPathComponent("Corpora/generate.py").path, folder.path])
        try #require(made.status == 0, "\(made.errorText)")
        for name in [
            "manifest.tsv", "support-tickets/truth.tsv", "support-tickets/hard-groups.tsv",
            "workshop-evals/truth.tsv", "ferry-line/truth.tsv",
        ] {
            let stored = try Data(contentsOf: Self.root.appendingPathComponent("Corpora/\(name)"))
            #expect(try Data(contentsOf: folder.appendingPathComponent(name)) == stored, "\(name)")
        }
        let manifest = try String(contentsOf: folder.appendingPathComponent("manifest.tsv"), encoding: .utf8)
        for line in manifest.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            for place in [Self.root.appendingPathComponent("Corpora"), folder] {
                let bytes = try unpacked(place.appendingPathComponent(fields[0]))
                #expect(bytes.withUnsafeBytes { FileDigest(of: $0).sha256 } == fields[4], "\(fields[0])")
            }
        }
    }

    @Test func `the demo ends with status 0 and writes the stored reports`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("Corpora"),
            withDestinationURL: Self.root.appendingPathComponent("Corpora"))
        let demo = try CommandRunner.assay(["demo", "--write-reports", "--out", "kept"], in: folder)
        #expect(demo.status == 0, "\(demo.both)")
        #expect(demo.text.contains("$ assay apply kept/run --out kept/cleaned --accept bad-rows"))
        #expect(demo.text.contains("2781 of 3423 rows"))
        let stored = Self.root.appendingPathComponent("Reports")
        let names = try FileManager.default.contentsOfDirectory(atPath: stored.path).sorted()
        #expect(names.count == 9)
        for name in names {
            let made = try Data(contentsOf: folder.appendingPathComponent("Reports/\(name)"))
            #expect(
                made == (try Data(contentsOf: stored.appendingPathComponent(name))), "\(name): run make demo")
        }
    }
}
