import Foundation
import TestSupport
import Testing

/// Options that could pass in silence where they name nothing, or the wrong thing.
@Suite struct OptionTests {
    @Test(arguments: [
        (["dedup", "--keeper", "foo", "x"], "--keeper takes first, longest"),
        (["scan", "--spare", "foo", "x"], "--spare takes none or"),
        (["profile", "--memory", "foo", "x"], "--memory takes a size"),
    ])
    func `a wrong value shows the usage of the command that was asked`(_ words: [String], _ message: String)
        throws
    {
        let outcome = try CommandRunner.assay(words)
        #expect(outcome.status == 2 && outcome.errorText.hasPrefix("Error: \(message)"), "\(outcome.both)")
        #expect(outcome.errorText.contains("\nUsage: assay \(words[0]) ["), "\(outcome.both)")
    }

    @Test func `an input that is also named by --against is an error`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let outcome = try corpus.scan(["--against", corpus.train + "/a.jsonl"])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("a.jsonl is also an input"), "\(outcome.errorText)")
    }

    @Test func `a gate of a slice that no row lies in is an error, in a scan and in gate`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let misspelt = ["--max-drop-per-slice", "shard=a.json:0.5"]
        let scan = try corpus.scan(misspelt)
        #expect(scan.status == 2 && scan.errorText.contains("no row lies in the slice shard=a.json"))
        try corpus.scan()
        let gate = try CommandRunner.assay(["gate", corpus.run] + misspelt)
        #expect(gate.status == 2 && gate.errorText.contains("check its spelling"), "\(gate.errorText)")
    }

    @Test func `a slice that loses copies alone is named`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        func row(_ number: Int, _ channel: String) -> String {
            #"{"text": "\#(SmallCorpus.text(number + 50))", "channel": "\#(channel)"}"# + "\n"
        }
        let own = (0..<60).map { row($0, "chat") }.joined()
        let old = (60..<80).map { row($0 % 70, "legacy") }.joined()
        try corpus.write("e.jsonl", own + old)
        let outcome = try corpus.scan(["--slice", "channel", "--max-drop", "1"])
        #expect(
            outcome.text.contains("in copies alone, without text: channel=legacy 20 -> 10 (-50 %)"),
            "\(outcome.both)")
    }

    @Test func `of many rows of one template with other turns a copy is still found`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        func row(_ request: String) -> String {
            let words = (0..<8).map { SmallCorpus.text($0 + 900) }.joined(separator: " ")
            let turns = [
                ("user", words), ("assistant", "I have opened an investigation, and you will hear from us."),
                ("user", request), ("assistant", "It is done."),
            ].map { #"{"role": "\#($0)", "content": "\#($1)"}"# }
            return #"{"messages": [\#(turns.joined(separator: ", "))]}"# + "\n"
        }
        // Words of letters, no two alike.
        let letters = Array("ghijklmnop")
        let requests = (0..<40).map { number in
            String(SmallCorpus.text(number + 2000).map { $0.wholeNumberValue.map { letters[$0] } ?? $0 })
        }
        let copy = requests[37].replacingOccurrences(of: " ", with: ", ")
        try corpus.write("f.jsonl", (requests + [copy]).map(row).joined())
        let outcome = try corpus.scan(["--max-drop", "1", "--json"])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
        let near = try #require(object["nearDuplicates"] as? [String: Any])
        let casualties = try #require(near["casualties"] as? [String: Any])
        // The shouted row of the small corpus and the copy.
        #expect((casualties["near"] as? Int ?? 0) + (casualties["exact"] as? Int ?? 0) == 2, "\(near)")
    }

    @Test func `a floor that is not reached is a note`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let outcome = try corpus.scan(["--floor", "script=Latin:500"])
        #expect(outcome.status == 0)
        #expect(outcome.both.contains("--floor script=Latin:500 is not reached"), "\(outcome.both)")
    }

    @Test func `a shard that loses all its rows is wiped out on the first screen`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.write("z.jsonl", "\(SmallCorpus.copy(1))\n\(SmallCorpus.copy(2))\n")
        let outcome = try corpus.scan(["--max-drop", "1"])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("shard=z.jsonl"), "\(outcome.both)")
        #expect(outcome.text.contains("WIPED OUT"))
    }

    @Test func `--spare takes classes, and rows of them stay`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = [48213, 99127].map {
            "{\"text\":\"Could you please tell me where the parcel of order \($0) is at the moment, and when it will "
                + "be delivered to the address that I gave you last week?\"}\n"
        }.joined()
        let shard = folder.appendingPathComponent("a.jsonl").path
        try Data(rows.utf8).write(to: URL(fileURLWithPath: shard))
        func kept(_ options: [String]) throws -> String {
            try CommandRunner.assay(
                ["dedup", shard, "--force", "--quiet", "--max-drop", "1", "--out", folder.path + "/run"]
                    + options
            ).text
        }
        #expect(try kept([]).contains("2 in = 1 kept"))
        #expect(try kept(["--spare", "identifier"]).contains("2 in = 2 kept"))
        #expect(
            try kept(["--spare", "identifier"]).contains(
                "a run without --spare identifier would remove up to 1"))
    }

    @Test func `text that is not compared is named, and not where the fields were named`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shard = folder.appendingPathComponent("rows.jsonl")
        let rows = (0..<8).map {
            #"{"text": "Write a function for it.", "program": "def f\#($0)(x): return the sum of x and \#($0) times seven"}"#
        }
        // Deeper, beside a member that always differs.
        let nested = rows.enumerated().map {
            $1.replacingOccurrences(of: "\"program\": ", with: "\"meta\": {\"id\": \($0), \"program\": ")
                + "}"
        }
        let same = (0..<8).map {
            #"{"text": "Write a function for it.", "meta": {"id": \#($0), "note": "the same words that all of them have"}}"#
        }
        for (rows, status, figure) in [(nested, 1, "7 of them differ in"), (same, 0, "meta 7")] {
            try Data(rows.map { $0 + "\n" }.joined().utf8).write(to: shard)
            let outcome = try CommandRunner.assay([
                "dedup", shard.path, "--quiet", "--force", "--out",
                folder.appendingPathComponent("run").path,
            ])
            #expect(outcome.status == status && outcome.text.contains(figure), "\(outcome.both)")
        }
        try Data(rows.map { $0 + "\n" }.joined().utf8).write(to: shard)
        for (options, isNamed) in [([], true), (["--prompt", "text", "--response", "program"], false)] {
            let run = folder.appendingPathComponent("run").path
            let outcome = try CommandRunner.assay(
                ["dedup", shard.path, "--quiet", "--force", "--out", run] + options)
            #expect(
                outcome.text.contains("text that is not compared: program;") == isNamed, "\(outcome.both)")
            // Such rows are identical by the mapping; the gate counts them all the same.
            #expect(
                outcome.text.contains("7 of them differ in text that is not compared (program)") == isNamed)
            #expect(outcome.text.contains("FAILED dedup.max_drop: 87.5 %") == isNamed)
            #expect(outcome.status == (isNamed ? 1 : 0))
            for slice in ["shard=rows.jsonl", "turns"] {
                let gate = try CommandRunner.assay(["gate", run, "--max-drop-per-slice", "\(slice):0.5"])
                #expect(gate.status == (isNamed ? 1 : 0), "\(gate.both)")
                #expect(gate.text.contains("87.5 % of 8 rows") == isNamed, "\(gate.both)")
            }
        }
    }

    @Test func `the empty input of an instruction row is no turn`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let request = "Name three rivers that flow through Vienna"
        let reply = "The Danube, the Wien and the Liesing flow through it."
        let rows = [
            "{\"instruction\":\"\(request)\",\"input\":\"\",\"output\":\"\(reply)\"}",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"\(request)\"},"
                + "{\"role\":\"assistant\",\"content\":\"\(reply)\"}]}",
        ]
        for (name, row) in zip(["a.jsonl", "b.jsonl"], rows) {
            try Data((row + "\n").utf8).write(to: folder.appendingPathComponent(name))
        }
        let outcome = try CommandRunner.assay([
            "dedup", folder.path, "--quiet", "--out", folder.path + "/run",
        ])
        #expect(outcome.text.contains("removed: 1 identical"), "\(outcome.both)")
    }
}
