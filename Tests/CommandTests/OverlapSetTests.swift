import Findings
import Foundation
import TestSupport
import Testing

/// Eval sets in every format, bad ones, control sets, power, results.
@Suite struct OverlapSetTests {
    private func overlap(_ corpus: OverlapCorpus, _ set: String, _ options: [String] = []) throws
        -> CommandRunner.Outcome
    {
        try CommandRunner.assay(
            [
                "overlap", corpus.train, "--eval", "own=\(set)", "--quiet", "--out", corpus.path("run"),
                "--force",
            ]
                + options)
    }

    private func set(_ corpus: OverlapCorpus) throws -> EvalOverlapFigures.EvalSetFigures {
        try #require(try RunSummary(run: corpus.path("run")).evalOverlap?.sets.first)
    }

    @Test(arguments: ["items.json", "items.txt", "lines.txt", "items.jsonl.gz"])
    func `an eval set is read from an array, paragraphs, lines and packed lines`(_ name: String) throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let place = corpus.path(name)
        let questions = OverlapCorpus.questions
        switch name {
        case "items.json":
            try corpus.write(
                place, ["[", questions.map { "{\"question\": \"\($0)\"}" }.joined(separator: ",\n"), "]"])
        case "items.txt":
            let split = questions.map { $0.replacingOccurrences(of: "; ", with: ";\n") }
            try corpus.write(place, [split.joined(separator: "\n\n")])
        case "lines.txt": try corpus.write(place, questions)
        default:
            try Data(try CommandRunner.tool("gzip", ["-c", corpus.items]).output).write(
                to: URL(fileURLWithPath: place))
        }
        #expect(try overlap(corpus, place).status == 0)
        let figures = try set(corpus)
        #expect(figures.items == 3 && figures.flagged["verbatim"] == 2 && figures.unflaggedItems == 1)
    }

    @Test(.enabled(if: ParquetTools.areReady))
    func `an eval set is read from Parquet`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let place = corpus.path("items.parquet")
        try ParquetTools.run("rows_to_parquet.py", [corpus.items, place])
        #expect(try overlap(corpus, place).status == 0)
        #expect(try set(corpus).flagged["verbatim"] == 2)
        #expect(
            try String(contentsOfFile: corpus.path("run/unflagged-items.txt"), encoding: .utf8) == "own\tq2\n"
        )
    }

    @Test func `a bad eval record is quarantined, named and uncheckable, and the run ends with 3`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let questions = OverlapCorpus.questions
        var bytes = Array("{\"id\": \"a\", \"question\": \"\(questions[0])\"}\n{\"question\": \"half\n".utf8)
        bytes += Array("{\"question\": \"x".utf8) + [0xFF] + Array("\"}\n".utf8)
        bytes += Array("{\"id\": \"d\", \"question\": \"\(questions[2])\"}\n".utf8)
        try Data(bytes).write(to: URL(fileURLWithPath: corpus.items))
        let outcome = try overlap(corpus, corpus.items)
        #expect(outcome.status == 3)
        #expect(
            outcome.text.contains("exit: eval set own: 2 records quarantined, 0 allowed by --max-bad-rows"))
        #expect(outcome.text.contains("items.jsonl:1  invalid-json: ") && !outcome.both.contains("half"))
        #expect(outcome.text.contains("'select * from quarantine'"))
        let figures = try set(corpus)
        #expect(figures.items == 4 && figures.addsUp && figures.quarantined == 2)
        #expect(figures.flagged.total == 1 && figures.uncheckable["unreadable"] == 2)
        #expect(figures.badRecords.map(\.code) == ["invalid-json", "invalid-utf8"])
        #expect(
            try String(contentsOfFile: corpus.path("run/unflagged-items.txt"), encoding: .utf8) == "own\td\n")
        let rows = try RunStore(run: corpus.path("run")).query(
            "SELECT corpus, shard, ordinal, code FROM quarantine")
        #expect(
            rows == [
                ["eval:own", "items.jsonl", "1", "invalid-json"],
                ["eval:own", "items.jsonl", "2", "invalid-utf8"],
            ])
        #expect(try overlap(corpus, corpus.items, ["--max-bad-rows", "2"]).status == 0)
        // Names of later items do not move: "d" is found under its own place.
        #expect(
            try overlap(corpus, corpus.items, ["--max-bad-rows", "2"]).text.contains(
                "1 unflagged + 2 uncheckable"))
    }

    @Test(arguments: [
        ("", "holds no items"), ("{\"foo\": 3}\n", "--eval-field question=FIELD"),
        ("{{{\n", "no record can be read"),
    ])
    func `a set without items is an error that tells what to do`(_ content: String, _ message: String) throws
    {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        try Data(content.utf8).write(to: URL(fileURLWithPath: corpus.items))
        let outcome = try overlap(corpus, corpus.items)
        #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
    }

    @Test func `a truncated set is an error, since the rest of its items is not known`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let packed = try CommandRunner.tool("gzip", ["-c", corpus.items]).output
        let place = corpus.path("cut.jsonl.gz")
        try Data(packed.prefix(packed.count / 2)).write(to: URL(fileURLWithPath: place))
        let outcome = try overlap(corpus, place)
        #expect(outcome.status == 2 && outcome.errorText.contains("copy it again from its source"))
    }

    @Test func `a control set gives the background rate and is in no list`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let fresh = corpus.path("fresh.jsonl")
        try corpus.write(
            fresh,
            [
                "{\"question\": \"\(OverlapCorpus.questions[1])\"}",
                "{\"question\": \"Which tower of the new town hums when the snow melts on its copper roof?\"}",
            ])
        let outcome = try overlap(
            corpus, corpus.items, ["--control", "fresh=\(fresh)", "--max-overlap-items", "2"])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("control fresh: 1 of 2 items flagged: the background rate"))
        let figures = try #require(try RunSummary(run: corpus.path("run")).evalOverlap)
        #expect(figures.sets.map(\.name) == ["own"] && figures.control[0].flagged == 1)
        #expect(!figures.power.contains { $0.set == "fresh" })
        let list = try String(contentsOfFile: corpus.path("run/unflagged-items.txt"), encoding: .utf8)
        #expect(list == "own\tq2\n")
        try corpus.write(
            fresh, ["{\"question\": \"\(OverlapCorpus.questions[1])\"}", "{\"question\": \"half"])
        let bad = try overlap(corpus, corpus.items, ["--control", "fresh=\(fresh)"])
        #expect(bad.status == 3 && bad.text.contains("exit: eval set fresh: 1 record quarantined"))
        #expect(
            bad.text.contains(
                "control fresh: 1 of 2 items flagged, 1 record could not be read: the background"))
    }

    @Test func `the power of a run is measured on its own items`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let outcome = try overlap(corpus, corpus.items, ["--plant", "2"])
        let power = try #require(try RunSummary(run: corpus.path("run")).evalOverlap?.power)
        #expect(power.count == 13 && power.allSatisfy { $0.planted == 2 && $0.rightItem <= $0.found })
        #expect(power.first { $0.edit == "verbatim" }?.rightItem == 2)
        #expect(outcome.text.contains("  items planted              2"))
        #expect(outcome.text.contains("  verbatim               100 %"))
        let none = try overlap(corpus, corpus.items, ["--plant", "0"])
        #expect(
            none.text.contains("own: not measured") && none.text.contains("out of reach of a lexical method"))
        #expect(try overlap(corpus, corpus.items, ["--plant", "-1"]).status == 2)
    }

    @Test(arguments: [
        "{\"item\": \"q9\", \"passed\": true}", "{\"item\": \"q0\"}", "{\"passed\": true}", "[1]",
        "{\"item\": \"q0\", ",
    ])
    func `results for no item are an error with their place`(_ record: String) throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let results = corpus.path("results.jsonl")
        try corpus.write(results, ["{\"item\": \"q1\", \"score\": 0.25}", record])
        let outcome = try overlap(corpus, corpus.items, ["--results", "own=\(results)"])
        #expect(
            outcome.status == 2 && outcome.errorText.contains("results.jsonl:1: is no {item"),
            "\(outcome.both)")
        let unnamed = try overlap(corpus, corpus.items, ["--results", "other=\(results)"])
        #expect(unnamed.status == 2 && unnamed.errorText.contains("names no eval set"))
    }

    @Test(arguments: [
        (["overlap", "--evals", "own=x"], "Unknown option '--evals'"), (["overlap"], "No eval set"),
        (["overlap", "--eval", "own=x", "--baseline", "y"], "name a rubric"),
        (["overlap", "--eval", "own=x", "--time", "made"], "--eval-collected DATE go together"),
        (["scan", "--rubric", "x"], "No eval set"),
        (["scan", "--eval", "own=x", "--plan", "verbatim"], "a scan only reports"),
    ])
    func `wrong use ends with 2 and says what is wrong`(_ arguments: [String], _ message: String) throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let outcome = try CommandRunner.assay(
            [arguments[0], corpus.train] + arguments.dropFirst(), in: corpus.folder)
        #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
    }

    @Test func `without a row to search the screen says so`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        try Data().write(to: URL(fileURLWithPath: corpus.train))
        let outcome = try overlap(corpus, corpus.items)
        #expect(outcome.status == 0 && outcome.text.contains("NOTHING WAS SEARCHED"))
    }
}
