import Foundation
import TestSupport
import Testing

/// `assay verify` after every kind of change.
@Suite struct VerifyTests {
    private func dedup(_ corpus: SmallCorpus) throws {
        let made = try CommandRunner.assay([
            "dedup", corpus.train, "--keeper", "first", "--max-drop", "1", "--quiet", "--out", corpus.run,
        ])
        try #require(made.status == 0, "\(made.both)")
        let applied = try CommandRunner.assay(["apply", corpus.run, "--out", corpus.out, "--quiet"])
        try #require(applied.status == 0, "\(applied.both)")
    }

    private func verify(_ corpus: SmallCorpus) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(["verify", corpus.run, "--against", corpus.out, "--quiet"])
    }

    private func append(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    @Test func `an untouched run, its inputs and what apply wrote are in order`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try dedup(corpus)
        let outcome = try verify(corpus)
        #expect(outcome.status == 0, "\(outcome.both)")
        #expect(outcome.text.contains("9 rows, exactly those that the run keeps"), "\(outcome.text)")
    }

    @Test(arguments: ["summary.json", "casualties.jsonl.zst", "report.html", "plan.jsonl.zst"])
    func `a changed file of the run is named`(_ name: String) throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try dedup(corpus)
        try append(" ", to: "\(corpus.run)/\(name)")
        let outcome = try verify(corpus)
        #expect(outcome.status == 1 && outcome.text.contains("DIFFERS outputs: \(name)"), "\(outcome.both)")
    }

    @Test func `a summary that cannot be read any more is named`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try dedup(corpus)
        try append("x", to: "\(corpus.run)/summary.json")
        let outcome = try CommandRunner.assay(["verify", corpus.run, "--quiet"])
        #expect(
            outcome.status == 1 && outcome.text.contains("DIFFERS outputs: summary.json"), "\(outcome.both)")
    }

    @Test
    func `a shard of plain text under the name of a compressed one stays readable when all its rows go`()
        throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(folder)/in", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["a.jsonl", "b.jsonl.gz", "c.jsonl.zst"] {
            try Data("{\"text\":\"the quick brown fox jumps over the lazy dog\"}\n".utf8)
                .write(to: URL(filePath: "\(folder)/in/\(name)"))
        }
        let run = "\(folder)/run"
        for arguments in [
            ["dedup", "\(folder)/in", "--max-drop", "1", "--quiet", "--out", run],
            ["apply", run, "--out", "\(folder)/out", "--quiet"],
            ["verify", run, "--against", "\(folder)/out", "--quiet"],
            ["dedup", "\(folder)/out", "--quiet", "--out", "\(folder)/again"],
        ] {
            let outcome = try CommandRunner.assay(arguments)
            #expect(outcome.status == 0, "\(arguments): \(outcome.both)")
        }
    }

    @Test func `a changed and a missing input are named`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try dedup(corpus)
        try append("{}\n", to: "\(corpus.train)/a.jsonl")
        try FileManager.default.removeItem(atPath: "\(corpus.train)/sub/c.jsonl.zst")
        let outcome = try verify(corpus)
        #expect(
            outcome.status == 1 && outcome.text.contains("a.jsonl: changed since the run"), "\(outcome.both)")
        #expect(outcome.text.contains("DIFFERS inputs: sub/c.jsonl.zst"))
    }

    @Test func `a row too many, a row changed, a shard gone and a foreign shard are told`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try dedup(corpus)
        let shard = "\(corpus.out)/a.jsonl"
        let own = try String(contentsOfFile: shard, encoding: .utf8)
        for (text, message) in [
            (own + "{\"text\": \"new\"}\n", "a.jsonl: 3 rows, the run keeps 2"),
            (own.replacingOccurrences(of: "r0", with: "q0"), "as many rows in each shard, but not the same"),
        ] {
            try text.write(toFile: shard, atomically: true, encoding: .utf8)
            let outcome = try verify(corpus)
            #expect(outcome.status == 1 && outcome.text.contains(message), "\(outcome.both)")
        }
        try FileManager.default.moveItem(atPath: shard, toPath: "\(corpus.out)/other.jsonl")
        let outcome = try verify(corpus)
        #expect(
            outcome.text.contains("a.jsonl: missing") && outcome.text.contains("other.jsonl: is no shard"),
            "\(outcome.both)")
    }

    @Test func `rows in another order are the same rows`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try dedup(corpus)
        let shard = "\(corpus.out)/a.jsonl"
        let lines = try String(contentsOfFile: shard, encoding: .utf8).split(separator: "\n")
        try (lines.reversed().joined(separator: "\n") + "\n").write(
            toFile: shard, atomically: true, encoding: .utf8)
        #expect(try verify(corpus).status == 0)
    }

    @Test func `a folder that is none is an error`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try dedup(corpus)
        let outcome = try CommandRunner.assay(["verify", corpus.run, "--against", "/nowhere", "--quiet"])
        #expect(outcome.status == 2 && outcome.errorText.contains("/nowhere"), "\(outcome.both)")
        #expect(try CommandRunner.assay(["verify", corpus.train]).status == 2)
    }
}
