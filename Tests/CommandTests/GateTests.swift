import Foundation
import TestSupport
import Testing

/// A stored run judged again.
@Suite struct GateTests {
    @Test func `a stored run is judged again by its own gates and by others`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        #expect(try corpus.scan(["--slice", "weight", "--max-drop", "0"]).status == 1)
        // Four of 13 rows go, three of them identical.
        let own = try CommandRunner.assay(["gate", corpus.run])
        #expect(own.status == 1)
        #expect(own.text == "FAILED dedup.max_drop: 7.7 % of 13 rows, limit 0.0 %\n")
        let looser = try CommandRunner.assay(["gate", corpus.run, "--max-drop", "0.1"])
        #expect(looser.status == 0)
        #expect(looser.text == "passed dedup.max_drop: 7.7 % of 13 rows, limit 10.0 %\n")
        let slice = try CommandRunner.assay(
            ["gate", corpus.run, "--max-drop", "0.1", "--max-drop-per-slice", "weight:0.05"])
        #expect(slice.status == 1)
        #expect(slice.text.contains("FAILED dedup.max_drop_per_slice weight=15"), "\(slice.text)")
        #expect(
            try CommandRunner.assay(["gate", corpus.run, "--max-drop-per-slice", "tone:0.1"]).status == 2)
    }

    @Test func `a slice whose rows are copies of rows outside it is wiped out, and its gate says so`() throws
    {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func row(_ number: Int, _ tone: String) -> String {
            #"{"text":"\#(SmallCorpus.text(number))","tone":"\#(tone)"}"# + "\n"
        }
        let rows =
            (0..<20).map { row($0, "calm") } + (0..<10).map { row($0, "hostile") }
            + (20..<24).flatMap { [row($0, "hostile"), row($0, "hostile")] }
        let shard = folder.appendingPathComponent("rows.jsonl")
        try Data(rows.joined().utf8).write(to: shard)
        let run = folder.appendingPathComponent("run").path
        let outcome = try CommandRunner.assay([
            "dedup", shard.path, "--slice", "tone", "--keeper", "first", "--max-drop-per-slice", "tone:0.1",
            "--quiet", "--out", run,
        ])
        // 14 of its 18 rows go: ten for rows that are calm, four for copies within the slice.
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("FAILED dedup.max_drop_per_slice tone=hostile: 55.6 % of 18 rows"))
        #expect(outcome.text.contains("passed dedup.max_drop: 0.0 % of 38 rows"), "\(outcome.both)")
        let higher = try CommandRunner.assay([
            "dedup", "--from", run, "--threshold", "0.9", "--max-drop-per-slice", "tone:0.1", "--quiet",
            "--out",
            folder.appendingPathComponent("higher").path,
        ])
        #expect(higher.text.contains("tone=hostile: 55.6 % of 18 rows"), "\(higher.both)")
    }

    @Test func `rows without any text are no clean corpus`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shard = folder.appendingPathComponent("rows.jsonl")
        let rows = (0..<9).map { #"{"ticket":{"words":"\#(SmallCorpus.text($0))"}}"# + "\n" }
        try Data(rows.joined().utf8).write(to: shard)
        let run = folder.appendingPathComponent("run").path
        let outcome = try CommandRunner.assay(["dedup", shard.path, "--quiet", "--out", run])
        #expect(outcome.status == 0 && outcome.text.contains("NOTHING WAS COMPARED"), "\(outcome.both)")
        #expect(try CommandRunner.assay(["gate", run]).text.contains("NOTHING WAS COMPARED"))
        let row = try CommandRunner.assay(["explain", run, "rows.jsonl:1"])
        #expect(row.text.contains("or it has no text by the mapping, as 9 rows of the run"), "\(row.both)")
    }

    @Test func `formats for pipelines, and the summary of a step`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        let summary = corpus.folder.appendingPathComponent("step.md")
        for _ in 0..<2 {
            let judged = try CommandRunner.assay(
                ["gate", corpus.run, "--max-drop", "0", "--output-format", "github"],
                environment: ["GITHUB_STEP_SUMMARY": summary.path])
            #expect(judged.status == 1)
            #expect(judged.text == "::error title=assay dedup.max_drop::7.7 %25 of 13 rows, limit 0.0 %25\n")
        }
        // A step may add to what others wrote.
        #expect(
            try String(contentsOf: summary, encoding: .utf8).components(separatedBy: "### Assay: failed")
                .count == 3)
        let junit = try CommandRunner.assay([
            "gate", corpus.run, "--max-drop", "0.5", "--output-format", "junit",
        ])
        #expect(junit.status == 0 && junit.text.contains("tests=\"1\" failures=\"0\""), "\(junit.both)")
        let wrong = try CommandRunner.assay(["gate", corpus.run, "--output-format", "xml"])
        #expect(
            wrong.status == 2 && wrong.errorText.contains("text, json, github, sarif, junit"), "\(wrong.both)"
        )
        #expect(
            try CommandRunner.assay(["gate", corpus.run, "--json", "--output-format", "junit"]).status == 2)
    }

    @Test func `a policy file without a gate is refused`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let policy = "\(corpus.train)/../none.yaml"
        try "# nothing yet\n".write(toFile: policy, atomically: true, encoding: .utf8)
        let outcome = try CommandRunner.assay([
            "dedup", corpus.train, "--policy", policy, "--quiet", "--out", corpus.run,
        ])
        #expect(outcome.status == 2 && outcome.both.contains("holds no gate"), "\(outcome.both)")
    }

    @Test func `a policy file and JSON`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        let policy = corpus.folder.appendingPathComponent("policy.yaml")
        try Data("dedup.max_drop: 0.05\n".utf8).write(to: policy)
        let judged = try CommandRunner.assay(["gate", corpus.run, "--policy", policy.path, "--json"])
        #expect(judged.status == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(judged.output)) as? [String: Any])
        #expect(object["passed"] as? Bool == false)
        let gate = try #require((object["gates"] as? [[String: Any]])?.first)
        #expect(gate["name"] as? String == "dedup.max_drop")
        #expect(gate["rows"] as? Int == 13)
        #expect(gate["limit"] as? Double == 0.05)
    }
}
