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
