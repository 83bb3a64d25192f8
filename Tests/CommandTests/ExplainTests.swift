import Foundation
import TestSupport
import Testing

/// What `explain` says of each kind of row.
@Suite struct ExplainTests {
    @Test func `a removed row names its keeper and how to keep it; text only on request`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        let plain = try CommandRunner.assay(["explain", corpus.run, "a.jsonl:2"])
        #expect(plain.status == 0)
        #expect(plain.text.hasPrefix("a.jsonl:2  REMOVED by rule exact\n  keeper      a.jsonl:0, cluster "))
        #expect(plain.text.contains("difference  form"), "\(plain.text)")
        #expect(!plain.text.contains("CAF") && !plain.text.contains("caf"), "no row text by default")
        let shown = try CommandRunner.assay(["explain", corpus.run, "a.jsonl:2", "--show-text"])
        #expect(shown.text.contains("caf"), "\(shown.text)")
    }

    @Test func `a shard's end is enough where one shard ends so`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        #expect(
            try CommandRunner.assay(["explain", corpus.run, "zst:1"]).text.hasPrefix(
                "sub/c.jsonl.zst:1  REMOVED"))
        try corpus.write("sub/a.jsonl", SmallCorpus.row(40) + "\n")
        try corpus.scan(["--force"])
        #expect(
            try CommandRunner.assay(["explain", corpus.run, "a.jsonl:0"]).text.hasPrefix("a.jsonl:0  STAYS"))
        let ambiguous = try CommandRunner.assay(["explain", corpus.run, ".jsonl:0"])
        #expect(ambiguous.status == 2)
        #expect(ambiguous.errorText.contains("2 shards end so"), "\(ambiguous.errorText)")
    }

    @Test func `keepers, plain rows, spared rows and quarantined rows`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let text = SmallCorpus.text(30)
        let rows = ["\(text) pay 10 now", "\(text) pay 20 now"].map { "{\"text\":\"\($0)\"}\n" }
        try corpus.write(
            "e.jsonl", rows.joined() + "not JSON\n" + SmallCorpus.row(31) + "\n" + SmallCorpus.row(31))
        #expect(try corpus.scan().status == 3)
        func explain(_ row: String, _ options: String...) throws -> String {
            try CommandRunner.assay(["explain", corpus.run, row] + options).text
        }
        #expect(try explain("a.jsonl:0").hasPrefix("a.jsonl:0  STAYS as the keeper of 1 removed row\n"))
        #expect(try explain("a.jsonl:0").contains("a.jsonl:2"))
        #expect(try explain("d.json:0") == "d.json:0  STAYS: no kept row matches it\n")
        let spared = try explain("e.jsonl:1", "--show-text")
        #expect(
            spared.hasPrefix("e.jsonl:1  STAYS although it matched: spared by rule number\n"), "\(spared)")
        #expect(spared.contains("--remove-differing number"))
        #expect(spared.contains("[-20-]{+10+}"), "the keeper's text comes from its shard: \(spared)")
        #expect(try explain("e.jsonl:2").contains("invalid-json"))
        #expect(
            try explain("e.jsonl:4").hasPrefix(
                "e.jsonl:4  REMOVED by rule identical\n  keeper      e.jsonl:3"))
    }

    @Test func `JSON has the same facts`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        let outcome = try CommandRunner.assay(["explain", corpus.run, "b.jsonl.gz:1", "--json"])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
        #expect(object["status"] as? String == "removed")
        let match = try #require(object["match"] as? [String: Any])
        #expect(match["kind"] as? String == "identical")
        #expect(match["difference"] as? String == "fields")
        #expect(match["differingFields"] as? [String] == ["id"])
        #expect((match["keeper"] as? [String: Any])?["shard"] as? String == "a.jsonl")
        #expect(object["diff"] is NSNull)
    }

    @Test(arguments: [
        "nothing:0", "a.jsonl", "a.jsonl:3", "a.jsonl:-1", "a.jsonl:x", ":1", "e.jsonl:99999999999999999999",
    ])
    func `an unknown row is an error of one line`(_ row: String) throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        let outcome = try CommandRunner.assay(["explain", corpus.run, row])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.filter { $0 == "\n" }.count == 1, "\(outcome.errorText)")
    }
}
