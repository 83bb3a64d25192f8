import Findings
import Foundation
import TestSupport
import Testing

/// Doors told by identities and turns, the key that they are written under, and a rubric's phrases.
@Suite struct OverlapDoorTests {
    private static let turns = [
        "My brass kettle arrived with a dent the size of a walnut on the left side of the spout.",
        "That should not have left our workshop. Is the seam beside the dent still tight when you pour?",
        "It drips when I fill it above the second rivet, so I would rather have another one before the feast.",
    ]

    private static func chat(_ turns: [String], _ fields: String = "") -> String {
        let messages = turns.enumerated().map {
            "{\"role\": \"\($0.offset % 2 == 0 ? "user" : "assistant")\", \"content\": \"\($0.element)\"}"
        }
        return "{\"messages\": [\(messages.joined(separator: ", "))]\(fields)}"
    }

    /// Two items; rows with the first one's beginning, its ticket and the second one's order number.
    private func corpus() throws -> OverlapCorpus {
        let corpus = try OverlapCorpus()
        try corpus.write(
            corpus.items,
            [
                Self.chat(Self.turns, ", \"id\": \"kettle\", \"ticket\": \"T-1\""),
                Self.chat(
                    ["Where does my order 58213907 stay, I paid for it in advance?"], ", \"id\": \"parcel\""),
            ])
        var rows = (0..<100).map {
            Self.chat([SmallCorpus.text($0), "Sure. I hope this helps."], ", \"ticket\": \"U-\($0)\"")
        }
        rows[10] = Self.chat(Array(Self.turns[..<2]) + ["Never mind."])
        rows[20] = Self.chat(["Please close my case.", "Closed."], ", \"ticket\": \"T-1\"")
        rows[30] = Self.chat(["Any news about #58213907?", "Soon. I hope this helps."])
        rows[40] = "{broken"
        try corpus.write(corpus.train, rows)
        return corpus
    }

    private func joins(_ corpus: OverlapCorpus, _ run: String) throws -> [[String?]] {
        try RunStore(run: corpus.path(run)).query(
            "SELECT door, hmac, ordinal, item FROM door_rows ORDER BY ordinal, door")
    }

    @Test(arguments: ["overlap", "scan"])
    func `identities and turns join rows and items, counted without a key`(_ verb: String) throws {
        let corpus = try corpus()
        defer { corpus.remove() }
        let outcome = try CommandRunner.assay([
            verb, corpus.train, "--eval", "own=\(corpus.items)", "--identity", "ticket", "--quiet", "--out",
            corpus.path("run"), "--max-bad-rows", "1",
        ])
        #expect(outcome.status == 0, "\(outcome.both)")
        let doors = try #require(try RunSummary(run: corpus.path("run")).evalOverlap?.doors)
        #expect(doors.map(\.door) == ["identity", "identity in text", "conversation"])
        #expect(doors.map(\.rows) == [1, 1, 1] && doors.map(\.items) == [1, 1, 1])
        #expect(doors[1].detail == "share 1 order number; 0 of the items flagged")
        #expect(doors[2].detail == "share 2 turns, 1 history; 1 of the items flagged")
        #expect(
            try joins(corpus, "run") == [
                ["conversation", nil, "10", "kettle"], ["identity", nil, "20", "kettle"],
                ["identity in text", nil, "30", "parcel"],
            ])
        let table = try RunStore(run: corpus.path("run")).query(
            "SELECT door, eval_set, rows, items FROM doors")
        #expect(table.count == 3 && table[0] == ["identity", "own", "1", "1"])
        for file in ["summary.json", "findings.sqlite", "run.json"] {
            let text = String(
                decoding: try Data(contentsOf: URL(fileURLWithPath: corpus.path("run/\(file)"))),
                as: UTF8.self)
            #expect(!text.contains("58213907"), "\(file)")
        }
        #expect(!outcome.text.contains("58213907"))
    }

    @Test func `the turns of a dialogue set are read by speaker and utterance`() throws {
        let corpus = try corpus()
        defer { corpus.remove() }
        let turns = Self.turns.enumerated().map {
            "{\"speaker\": \"\($0.offset % 2 == 0 ? "USER" : "SYSTEM")\", \"utterance\": \"\($0.element)\"}"
        }
        try corpus.write(
            corpus.items, ["{\"id\": \"kettle\", \"turns\": [\(turns.joined(separator: ", "))]}"])
        #expect(try corpus.run("run", ["--max-bad-rows", "1"]).status == 0)
        #expect(try joins(corpus, "run") == [["conversation", nil, "10", "kettle"]])
    }

    @Test func `with a key identities are written as HMAC alone`() throws {
        let corpus = try corpus()
        defer { corpus.remove() }
        let key = corpus.path("key")
        try Data("0123456789abcdef0123\n".utf8).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        let options = ["--identity", "ticket", "--hash-key", key, "--max-bad-rows", "1"]
        #expect(try corpus.run("run", options).status == 0)
        let codes = try joins(corpus, "run").compactMap { $0[1] }
        let expected = try ["T-1", "58213907"].map {
            try CommandRunner.tool(
                "python3",
                [
                    "-c",
                    "import hmac,sys; print(hmac.new(b'0123456789abcdef0123', sys.argv[1].encode(), 'sha256').hexdigest())",
                    $0,
                ]
            ).text.trimmingCharacters(in: .newlines)
        }
        #expect(codes == expected)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let refused = try corpus.run("other", options)
        #expect(refused.status == 2 && refused.errorText.contains("chmod 600"))
    }

    @Test func `an identity of many rows joins nothing`() throws {
        let corpus = try corpus()
        defer { corpus.remove() }
        try corpus.write(
            corpus.train,
            (0..<30).map { Self.chat([SmallCorpus.text($0), "Sure."], ", \"ticket\": \"T-1\"") })
        #expect(try corpus.run("run", ["--identity", "ticket"]).status == 0)
        let doors = try #require(try RunSummary(run: corpus.path("run")).evalOverlap?.doors)
        #expect(doors[0].rows == 0 && doors[0].detail == "nothing shared; 1 too common to join")
    }

    @Test func `in a scan the rows of a flagged row's cluster are a door`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let question = OverlapCorpus.questions[0]
        // The last row is near the first and far enough from the item.
        let half = String(question.prefix(question.count / 2))
        let long = (0..<6).map { SmallCorpus.text($0 + 50) }.joined(separator: " ")
        try corpus.write(
            corpus.train,
            [
                "{\"text\": \"\(question) \(long) \(long.uppercased()) end\"}",
                "{\"text\": \"\(question.uppercased()) \(long) \(long.uppercased()) END\"}",
                "{\"text\": \"\(SmallCorpus.text(7)) \(half)\"}",
            ])
        let outcome = try CommandRunner.assay([
            "scan", corpus.train, "--eval", "own=\(corpus.items)", "--quiet", "--max-drop", "1", "--out",
            corpus.path("scan"),
        ])
        #expect(outcome.status == 0, "\(outcome.both)")
        let door = try #require(
            try RunSummary(run: corpus.path("scan")).evalOverlap?.doors.first { $0.door == "near-duplicates" }
        )
        #expect(door.rows == 2 && door.items == 1)
        #expect(
            door.detail
                == "clusters with a flagged row: 1; rows of them not flagged themselves: 0")
    }

    @Test func `phrases of a rubric are counted in assistant turns, against a baseline where there is one`()
        throws
    {
        let corpus = try corpus()
        defer { corpus.remove() }
        let rubric = corpus.path("rubric.md")
        try corpus.write(
            rubric, ["Take a mark off for \"I hope this helps\".", "Names the second rivet of the kettle."])
        let options = ["--rubric", rubric, "--max-bad-rows", "1"]
        let alone = try corpus.run("alone", options)
        #expect(alone.text.contains("RUBRIC CUES  phrases of the rubric in assistant turns; verbatim only"))
        let cue = try #require(try RunSummary(run: corpus.path("alone")).evalOverlap?.cues.first)
        #expect(cue.phrase == "I hope this helps" && cue.isQuoted && cue.rows == 97 && cue.of == 99)
        #expect(cue.baselineOf == nil)
        let baseline = corpus.path("baseline.jsonl")
        try corpus.write(
            baseline,
            (0..<99).map { Self.chat([SmallCorpus.text($0 + 500), "Here is a plain answer \($0)."]) })
        let compared = try corpus.run("compared", options + ["--baseline", baseline])
        #expect(
            compared.text.contains("more frequent than in the baseline")
                && compared.text.contains("only here"))
        let figures = try #require(try RunSummary(run: corpus.path("compared")).evalOverlap)
        #expect(figures.rubric?.baselineRows == 99 && figures.cues.first?.baselineRows == 0)
        let cues = try RunStore(run: corpus.path("compared")).query(
            "SELECT phrase, rows, baseline_rows FROM cues")
        #expect(cues.first == ["I hope this helps", "97", "0"])
        let scan = try CommandRunner.assay(
            ["scan", corpus.train, "--eval", "own=\(corpus.items)", "--quiet", "--out", corpus.path("scan")]
                + options)
        #expect(scan.status == 0, "\(scan.both)")
        #expect(
            try RunSummary(run: corpus.path("scan")).evalOverlap?.cues
                == RunSummary(run: corpus.path("alone")).evalOverlap?.cues)
    }

    @Test(arguments: ["missing.md", "empty.md", "binary.md", "bad.jsonl"])
    func `a rubric that cannot be read is an error`(_ name: String) throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let place = URL(fileURLWithPath: corpus.path(name))
        switch name {
        case "empty.md": try Data().write(to: place)
        case "binary.md": try Data([0xFF, 0xFE, 0x00, 0x80]).write(to: place)
        case "bad.jsonl": try Data("{\"a\": \n".utf8).write(to: place)
        default: break
        }
        let outcome = try corpus.run("run", ["--rubric", place.path])
        #expect(outcome.status == 2 && outcome.errorText.contains(name), "\(outcome.both)")
    }
}
