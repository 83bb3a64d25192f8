import Findings
import Foundation
import TestSupport
import Testing

/// The planted items of the workshop's eval sets against what an overlap and a scan say.
@Suite struct WorkshopTruthTests {
    static let folder = Fixture.projectRoot.appendingPathComponent("Corpora/workshop-evals").path

    /// Shard, ordinal, set, item, verdict or door.
    private static func truth() throws -> [[String]] {
        let text = try String(contentsOfFile: folder + "/truth.tsv", encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).dropFirst().map(String.init)
        }
    }

    private static func run(_ verb: String, _ folder: URL, _ options: [String] = []) throws
        -> CommandRunner.Outcome
    {
        let sets = ["workshop.jsonl", "quick.json", "reading.jsonl", "dialogues.jsonl"].map { file in
            "\(file.prefix { $0 != "." })=\(Self.folder)/evals/\(file)"
        }
        return try CommandRunner.assay(
            [verb, Self.folder + "/train", "--eval"] + sets + [
                "--control", "fresh=\(Self.folder)/evals/fresh.jsonl", "--identity", "ticket", "--quiet",
                "--out",
                folder.appendingPathComponent("run").path,
            ] + options)
    }

    @Test(arguments: [("overlap", [String]()), ("scan", ["--max-drop", "1"])])
    func `every planted item has its verdict, and nothing else has one`(_ verb: String, _ options: [String])
        throws
    {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try Self.run(verb, folder, options)
        #expect(outcome.status == 0, "\(outcome.both)")
        let store = try RunStore(run: folder.appendingPathComponent("run").path)
        let found = try store.query("SELECT shard, ordinal, eval_set, item, verdict FROM overlaps")
        let doors = try store.query(
            "SELECT shard, ordinal, eval_set, item, 'door:' || door FROM door_rows WHERE door <> 'near-duplicates'"
        )
        let expected = try Self.truth().filter { !$0[4].isEmpty }
        let made = Set((found + doors).map { $0.map { $0 ?? "" } })
        #expect(made.count == found.count + doors.count)
        #expect(made == Set(expected), "\(made.symmetricDifference(expected))")
    }

    @Test func `items add up, and each set says what it cannot check`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try Self.run("overlap", folder)
        let figures = try #require(
            try RunSummary(run: folder.appendingPathComponent("run").path).evalOverlap)
        let flagged = try Self.truth().filter {
            !$0[4].isEmpty && !$0[4].hasPrefix("door") && !["template-mate", "common-source"].contains($0[4])
        }
        for set in figures.sets {
            #expect(set.addsUp)
            #expect(
                set.flaggedItems == Set(flagged.filter { $0[2] == set.name }.map { $0[3] }).count,
                "\(set.name)")
        }
        let sets = Dictionary(uniqueKeysWithValues: figures.sets.map { ($0.name, $0) })
        #expect(figures.sets.map(\.name) == sets.keys.sorted())
        #expect(figures.sets.map(\.uncheckable.total).reduce(0, +) == 2)
        #expect(
            sets["workshop"]?.uncheckable["shared-text"] == 1 && sets["quick"]?.uncheckable["too-short"] == 1)
        #expect(figures.control[0].flagged == 0 && figures.mass.map(\.item) == ["workshop-9"])
        #expect(sets["workshop"]?.discounted.rows == 30)
    }

    @Test func `doors and rubric are the same for 1 and 8 threads`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = folder.appendingPathComponent("key")
        try Data("0123456789abcdef".utf8).write(to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        let options = ["--hash-key", key.path, "--rubric", Self.folder + "/evals/rubric.md", "--force"]
        var runs: [[Data]] = []
        for threads in ["1", "8"] {
            #expect(try Self.run("overlap", folder, options + ["--threads", threads]).status == 0)
            runs.append(
                try ["summary.json", "findings.sqlite", "run.json"].map {
                    try Data(contentsOf: folder.appendingPathComponent("run/\($0)"))
                })
        }
        #expect(runs[0] == runs[1])
    }
}
