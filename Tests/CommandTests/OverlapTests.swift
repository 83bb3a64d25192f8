import Findings
import Foundation
import TestSupport
import Testing

/// `assay overlap` as a whole: verdicts in the run folder, gates, plan, bad inputs, the same bytes for any thread count.
@Suite struct OverlapTests {
    @Test func `flagged, unflagged and uncheckable items are in summary, list and screen`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let outcome = try corpus.run("run", ["--slice", "source"])
        #expect(outcome.status == 0)
        let summary = try RunSummary(run: corpus.path("run"))
        let set = try #require(summary.evalOverlap?.sets.first)
        #expect(set.items == 3 && set.flagged["verbatim"] == 2 && set.unflaggedItems == 1 && set.rows == 3)
        #expect(summary.rows.in == 400 && summary.rows.kept == 400)
        let list = try String(contentsOfFile: corpus.path("run/unflagged-items.txt"), encoding: .utf8)
        #expect(list == "own\tq2\n")
        #expect(
            outcome.text.contains(
                "own: 3 items = 2 flagged (66.7 %) + 1 unflagged + 0 uncheckable; in 3 rows"))
        #expect(outcome.text.contains("paraphrases and translations are out of reach"))
        #expect(outcome.text.contains("source=chat"))
        #expect(!outcome.text.contains("cooper"))
        let shown = try corpus.run("shown", ["--show-text"])
        #expect(shown.text.contains("row  9-") && shown.text.contains("A cooper in Larkmoor"))
    }

    @Test func `the run is the same for 1, 2 and 8 threads, and in a scan`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        for threads in ["1", "2", "8"] { _ = try corpus.run("run\(threads)", ["--threads", threads]) }
        for file in [
            "summary.json", "overlaps.jsonl.zst", "findings.sqlite", "run.json", "unflagged-items.txt",
        ] {
            let first = try Data(contentsOf: URL(fileURLWithPath: corpus.path("run1/\(file)")))
            for other in ["run2", "run8"] {
                #expect(
                    try Data(contentsOf: URL(fileURLWithPath: corpus.path("\(other)/\(file)"))) == first,
                    "\(file)")
            }
        }
        let scan = try CommandRunner.assay([
            "scan", corpus.train, "--eval", "own=\(corpus.items)", "--quiet", "--out", corpus.path("scan"),
        ])
        #expect(scan.status == 0 && scan.text.contains("own: 3 items = 2 flagged"))
        let lines = try Data(contentsOf: URL(fileURLWithPath: corpus.path("run1/overlaps.jsonl.zst")))
        #expect(try Data(contentsOf: URL(fileURLWithPath: corpus.path("scan/overlaps.jsonl.zst"))) == lines)
        // Of near-duplicates a scan knows clusters, an overlap the rows that are an item as a whole.
        var (own, other) = (
            try RunSummary(run: corpus.path("run1")).evalOverlap,
            try RunSummary(run: corpus.path("scan")).evalOverlap
        )
        #expect(own?.doors.map(\.rows) == [3] && own?.doors[0].items == 2)
        #expect(other?.doors.map(\.door) == ["near-duplicates"])
        own?.doors = []
        other?.doors = []
        #expect(own == other)
    }

    @Test func `gates by set and verdict end with 1`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        #expect(try corpus.run("a", ["--max-overlap-items", "own:2", "=edited:0"]).status == 0)
        let failed = try corpus.run("b", ["--max-overlap-items", "own=verbatim:1"])
        #expect(
            failed.status == 1
                && failed.text.contains("FAILED eval.max_overlap_items own=verbatim: 2 of 3 items"))
        #expect(try CommandRunner.assay(["gate", corpus.path("b")]).status == 1)
        #expect(try CommandRunner.assay(["gate", corpus.path("b"), "--max-overlap-items", "9"]).status == 0)
    }

    @Test func `rows enter the plan by their verdict alone, and apply leaves them out`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        _ = try corpus.run("none")
        #expect(try RunSummary(run: corpus.path("none")).rows.removed == 0)
        _ = try corpus.run("run", ["--plan", "verbatim"])
        #expect(try RunSummary(run: corpus.path("run")).rows.removed == 3)
        let applied = try CommandRunner.assay([
            "apply", corpus.path("run"), "--out", corpus.path("out"), "--quiet",
        ])
        #expect(applied.status == 0, "\(applied.both)")
        let left = try String(contentsOfFile: corpus.path("out/train.jsonl"), encoding: .utf8)
        #expect(left.split(separator: "\n").count == 397 && !left.contains("cooper"))
    }

    @Test func `explain names the items of a row, and the verdict for which it goes`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        _ = try corpus.run("run", ["--plan", "verbatim"])
        let gone = try CommandRunner.assay(["explain", corpus.path("run"), "train.jsonl:7"])
        #expect(
            gone.text.hasPrefix(
                "train.jsonl:7  REMOVED by rule verbatim\n  eval items\n    own  q0  verbatim"))
        #expect(gone.text.contains("without verbatim in --plan") && !gone.text.contains("cooper"))
        let shown = try CommandRunner.assay(["explain", corpus.path("run"), "train.jsonl:7", "--show-text"])
        #expect(shown.text.contains("own q0, verbatim\n      both  A cooper in Larkmoor"), "\(shown.text)")
        let shouted = try CommandRunner.assay([
            "explain", corpus.path("run"), "train.jsonl:100", "--show-text",
        ])
        #expect(
            shouted.text.contains("      row   A COOPER IN")
                && shouted.text.contains("      item  A cooper in"))
        _ = try corpus.run("bare", ["--no-raw"])
        let bare = try CommandRunner.assay(["explain", corpus.path("bare"), "train.jsonl:7", "--show-text"])
        #expect(bare.text.contains("the run holds no text (--no-raw)") && !bare.text.contains("cooper"))
        let plain = try CommandRunner.assay(["explain", corpus.path("run"), "train.jsonl:8"])
        #expect(plain.text == "train.jsonl:8  STAYS: no eval item was found in it\n")
        _ = try corpus.run("none")
        let kept = try CommandRunner.assay(["explain", corpus.path("none"), "train.jsonl:7", "--json"])
        #expect(
            kept.text.contains("\"status\": \"kept\"") && kept.text.contains("\"item\": \"q0\""),
            "\(kept.text)")
        let again = try CommandRunner.assay(["dedup", "--from", corpus.path("run"), "--threshold", "0.9"])
        #expect(again.status == 2 && again.errorText.contains("is a run of overlap"))
    }

    @Test func `doors are told by identity, time and results`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let rows = (0..<40).map {
            "{\"text\": \"\($0 == 3 ? OverlapCorpus.questions[0] : SmallCorpus.text($0))\", \"ticket\": \"t\($0)\", "
                + "\"made\": \"2026-0\($0 % 4 + 1)-01\"}"
        }
        try corpus.write(corpus.train, rows)
        try corpus.write(
            corpus.items,
            OverlapCorpus.questions.enumerated().map {
                "{\"id\": \"q\($0.offset)\", \"ticket\": \"t\($0.offset + 3)\", \"question\": \"\($0.element)\"}"
            })
        let results = corpus.path("results.jsonl")
        try corpus.write(
            results, (0..<3).map { "{\"item\": \"q\($0)\", \"passed\": \($0 == 1 ? "true" : "false")}" })
        _ = try corpus.run(
            "run",
            [
                "--identity", "ticket", "--time", "made", "--eval-collected", "2026-02-15", "--results",
                "own=\(results)", "--results-before", "own=\(results)",
            ])
        let doors = try #require(try RunSummary(run: corpus.path("run")).evalOverlap?.doors)
        #expect(doors.map(\.door) == ["identity", "near-duplicates", "time", "results before", "results"])
        #expect(doors[0].rows == 3 && doors[0].items == 3 && doors[1].rows == 1 && doors[2].rows == 20)
        #expect(doors[3].detail.hasPrefix("flagged 1 of 2 failed, 0 of 1 passed"))
        #expect(doors[4].detail.hasPrefix("score 0.00 on 1 flagged, 0.50 on 2 unflagged"))
    }

    @Test func `an input that is the eval set is one line and left out`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let rows = (0..<6).map {
            "{\"id\": \"q\($0)\", \"question\": \"Item \($0) of \(SmallCorpus.text($0 + 900))\"}"
        }
        let set = corpus.path("set.jsonl")
        try corpus.write(set, rows)
        let outcome = try CommandRunner.assay([
            "overlap", corpus.train, set, "--eval", "own=\(set)", "--quiet", "--out", corpus.path("run"),
        ])
        #expect(outcome.text.contains("THE INPUT set.jsonl IS THIS SET"))
        let figures = try RunSummary(run: corpus.path("run"))
        #expect(figures.evalOverlap?.sets.first?.unflaggedItems == 6 && figures.rows.in == 406)
    }

    /// Twelve words that stand nowhere else.
    private static func words(_ number: Int) -> String {
        SmallCorpus.text(900 + 2 * number) + " " + SmallCorpus.text(901 + 2 * number)
    }

    /// Eight conversations of two turns, and a chat export of them.
    private static func conversations(_ corpus: OverlapCorpus) throws -> (set: String, chat: String) {
        let turns = (0..<8).map { number in
            (0..<2).map { "Turn \($0) of \(number): \(Self.words(2 * number + $0))" }
        }
        let (set, chat) = (corpus.path("set.jsonl"), corpus.path("chat.jsonl"))
        try corpus.write(set, turns.map { "{\"turns\": [\"\($0[0])\", \"\($0[1])\"]}" })
        try corpus.write(
            chat,
            turns.map { turns in
                let said = turns.map {
                    "{\"role\": \"user\", \"content\": \"\($0)\"}, {\"role\": \"assistant\", \"content\": \"Done.\"}"
                }
                return "{\"messages\": [\(said.joined(separator: ", "))]}"
            })
        return (set, chat)
    }

    @Test func `a chat export of a set of conversations is the set`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let (set, chat) = try Self.conversations(corpus)
        let outcome = try CommandRunner.assay([
            "overlap", corpus.train, chat, "--eval", "own=\(set)", "--quiet", "--out", corpus.path("run"),
        ])
        #expect(outcome.text.contains("THE INPUT chat.jsonl IS THIS SET"), "\(outcome.both)")
    }

    @Test func `a row with one turn of a conversation is flagged, and the power says so`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let (set, _) = try Self.conversations(corpus)
        let row = corpus.path("row.jsonl")
        try corpus.write(row, ["{\"text\": \"Please: Turn 0 of 3: \(Self.words(6))\"}"])
        let outcome = try CommandRunner.assay([
            "overlap", corpus.train, row, "--eval", "own=\(set)", "--quiet", "--out", corpus.path("run"),
        ])
        #expect(outcome.status == 0, "\(outcome.both)")
        let figures = try #require(try RunSummary(run: corpus.path("run")).evalOverlap)
        #expect(figures.sets.first?.flagged["edited"] == 1)
        let power = figures.power.first { $0.edit == "first turn only" }
        #expect(power?.planted == 8 && power?.rightItem == 8)
        let beside = try CommandRunner.assay([
            "overlap", corpus.train, row, "--eval", "single=\(corpus.items)", "own=\(set)", "--quiet",
            "--out",
            corpus.path("beside"),
        ])
        #expect(beside.status == 0, "\(beside.both)")
        #expect(beside.text.contains(/first turn only +100 % +-/), "\(beside.text)")
    }

    @Test(arguments: [
        (["--eval", "own=/nowhere/items.jsonl"], "there is no such file"),
        (["--eval", "own"], "write NAME=FILE"),
        (["--plan", "template-mate"], "--plan takes"),
        (["--plan", "everything"], "--plan takes"),
        (["--eval-field", "title=name"], "--eval-field takes"),
        (["--max-overlap-items", "own=stolen:1"], "there is no verdict stolen"),
        (["--slice", "colour"], "no row has the field colour"),
    ])
    func `wrong options end with 2 and name themselves`(_ options: [String], _ message: String) throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        var arguments = ["overlap", corpus.train, "--quiet", "--out", corpus.path("run")] + options
        if !options.contains("--eval") { arguments += ["--eval", "own=\(corpus.items)"] }
        let outcome = try CommandRunner.assay(arguments)
        #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
        #expect(!FileManager.default.fileExists(atPath: corpus.path("run")))
    }

    @Test func `a truncated shard ends with 3, and its rows before the damage count`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let packed = try CommandRunner.tool("gzip", ["-c", corpus.train]).output
        let shard = corpus.path("cut.jsonl.gz")
        try Data(packed.prefix(packed.count * 3 / 4)).write(to: URL(fileURLWithPath: shard))
        let outcome = try CommandRunner.assay([
            "overlap", shard, "--eval", "own=\(corpus.items)", "--quiet", "--out", corpus.path("run"),
        ])
        #expect(outcome.status == 3)
        #expect(
            outcome.text.contains("next: copy cut.jsonl.gz again from its source, then repeat this command"))
        #expect(
            outcome.text.contains("  cut.jsonl.gz: 1 quarantined, the first is :")
                && outcome.text.contains("; row ")
                && !outcome.text.contains("cut.jsonl.gz: cut.jsonl.gz"))
        let summary = try RunSummary(run: corpus.path("run"))
        #expect(!summary.complete && summary.evalOverlap?.sets.first?.flagged["verbatim"] ?? 0 >= 1)
    }
}
