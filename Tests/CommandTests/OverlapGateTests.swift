import Findings
import Foundation
import TestSupport
import Testing

/// A gate never passes for want of a search, and misspelt options are told.
@Suite struct OverlapGateTests {
    private static func items(_ prefix: String, _ first: Int) -> [String] {
        (0..<6).map {
            "{\"id\": \"\(prefix)\($0)\", \"question\": \"Item \($0) of \(SmallCorpus.text(first + $0))\"}"
        }
    }

    private static func overlap(_ arguments: [String], verb: String = "overlap") throws
        -> CommandRunner.Outcome
    {
        try CommandRunner.assay([verb] + arguments + ["--quiet"])
    }

    @Test(arguments: ["overlap", "scan"])
    func `an input that is the eval set fails the gate, and is searched for the other sets`(_ verb: String)
        throws
    {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let (set, other) = (corpus.path("set.jsonl"), corpus.path("other.jsonl"))
        try corpus.write(set, Self.items("a", 900))
        try corpus.write(other, Self.items("b", 950).prefix(5) + [Self.items("a", 900)[2]])
        let sets = ["--eval", "own=\(set)", "other=\(other)"]
        let run = corpus.path("run")
        let failed = try Self.overlap(
            [corpus.train, set] + sets + ["--out", run, "--max-overlap-items", "own:0"], verb: verb)
        #expect(failed.status == 1, "\(failed.both)")
        #expect(failed.text.contains("THE INPUT set.jsonl IS THIS SET"))
        #expect(
            failed.text.contains("FAILED eval.max_overlap_items own: 6 of 6 items, limit 0; own: the input"))
        let figures = try #require(try RunSummary(run: run).evalOverlap)
        let named = Dictionary(uniqueKeysWithValues: figures.sets.map { ($0.name, $0) })
        #expect(named["own"]?.flaggedItems == 0 && named["own"]?.searchedRows == 400)
        #expect(named["other"]?.flaggedItems == 1 && named["other"]?.searchedRows == 406)
        let explained = try CommandRunner.assay(["explain", run, "set.jsonl:0"])
        #expect(explained.text.contains("its shard IS the eval set own"), "\(explained.text)")
        #expect(try CommandRunner.assay(["gate", run]).status == 1)
    }

    @Test func `a gate over nothing searched or nothing checkable fails with the reason`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let short = corpus.path("short.jsonl")
        try corpus.write(short, ["{\"question\": \"Why?\"}", "{\"question\": \"Who now\"}"])
        let unchecked = try Self.overlap([
            corpus.train, "--eval", "short=\(short)", "--max-overlap-items", "0", "--out", corpus.path("a"),
        ])
        #expect(unchecked.status == 1 && unchecked.text.contains("short: no item of it can be checked"))
        let unmapped = try Self.overlap([
            corpus.train, "--text", "source2", "--eval", "own=\(corpus.items)", "--max-overlap-items", "0",
            "--out", corpus.path("b"),
        ])
        #expect(unmapped.status == 1, "\(unmapped.both)")
        #expect(
            unmapped.text.contains("NOTHING WAS SEARCHED") && unmapped.text.contains("nothing was searched"))
        let alone = try Self.overlap([
            corpus.items, "--eval", "own=\(corpus.items)", "--out", corpus.path("c"),
        ])
        #expect(alone.status == 0 && alone.text.contains("NOTHING WAS SEARCHED"))
    }

    @Test(arguments: [
        (
            ["--eval-field", "question=qestion"],
            "no record of own has the field qestion; there are id, question"
        ),
        (["--eval-field", "zz:question=question"], "there is no eval set zz; sets are own"),
        (["--identity", "tikcet"], "--identity tikcet: no item has the field tikcet"),
        (["--identity", "id"], "--identity id: no row has the field id"),
        (["--time", "created", "--eval-collected", "20260301"], "--time created: no row has a time"),
        (["--max-overlap-items", "onw:3"], "there is no eval set onw; sets are own"),
    ])
    func `misspelt fields and sets end with 2`(_ options: [String], _ message: String) throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let outcome = try corpus.run("run", options)
        #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
    }

    @Test func `a key without identities, and a control set that is the eval set, end with 2`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let key = corpus.path("key")
        try Data("sixteen bytes or more".utf8).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        let keyed = try corpus.run("a", ["--hash-key", key])
        #expect(keyed.status == 2 && keyed.errorText.contains("no item has an identity"), "\(keyed.both)")
        let control = try corpus.run("b", ["--control", "fresh=\(corpus.items)"])
        #expect(control.status == 2 && control.errorText.contains("is the same file as the eval set own"))
    }

    @Test func `the printed next command accepts the failed gate, and works`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let run = corpus.path("run")
        let outcome = try corpus.run("run", ["--plan", "verbatim", "--max-overlap-items", "own:0"])
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("--out cleaned/ --accept gate:eval.max_overlap_items"))
        let applied = try CommandRunner.assay([
            "apply", run, "--out", corpus.path("cleaned"), "--accept", "gate:eval.max_overlap_items",
            "--quiet",
        ])
        #expect(applied.status == 0, "\(applied.both)")
        let wrong = try CommandRunner.assay(["gate", run, "--max-drop-per-slice", "source=web:0.1"])
        #expect(wrong.status == 2 && wrong.errorText.contains("judges a dedup or a scan"))
    }

    @Test func `a run folder inside the input is not read`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let folder = corpus.path("in")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: corpus.train, toPath: folder + "/train.jsonl")
        for name in ["first", "second"] {
            let outcome = try Self.overlap([
                folder, "--eval", "own=\(corpus.items)", "--out", "\(folder)/\(name)",
            ])
            #expect(outcome.status == 0, "\(outcome.both)")
            #expect(outcome.text.contains("first is a run of assay and is not read") == (name == "second"))
        }
        #expect(try RunSummary(run: folder + "/second").rows.in == 400)
    }

    @Test func `the order of sets on the command line changes no byte`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let other = corpus.path("other.jsonl")
        try corpus.write(
            other, Self.items("b", 20) + ["{\"id\": \"b9\", \"question\": \"\(OverlapCorpus.questions[1])\"}"]
        )
        let sets = ["own=\(corpus.items)", "other=\(other)"]
        for (name, list) in [("a", sets), ("b", sets.reversed())] {
            let outcome = try Self.overlap(
                [corpus.train, "--eval"] + list + ["--plant", "3", "--out", corpus.path(name)])
            #expect(outcome.status == 0)
        }
        for file in [
            "summary.json", "overlaps.jsonl.zst", "findings.sqlite", "run.json", "unflagged-items.txt",
        ] {
            let first = try Data(contentsOf: URL(fileURLWithPath: corpus.path("a/\(file)")))
            #expect(try Data(contentsOf: URL(fileURLWithPath: corpus.path("b/\(file)"))) == first, "\(file)")
        }
    }

    @Test(arguments: [
        ("before", ["{\"item\": \"q0\", \"score\": 5}"], "is not from 0 to 1"),
        ("after", ["{\"item\": \"q0\", \"passed\": \"yes\"}"], "neither true nor false nor a number"),
        ("after", ["{\"item\": \"q0\", \"score\": \"nan\"}"], "neither true nor false nor a number"),
        (
            "after", ["{\"item\": \"q0\", \"score\": 1}", "{\"item\": \"q0\", \"score\": 0}"],
            "a second result"
        ),
    ])
    func `results that say nothing end with 2`(_ kind: String, _ lines: [String], _ message: String) throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let results = corpus.path("results.jsonl")
        try corpus.write(results, lines)
        let option = kind == "before" ? "--results-before" : "--results"
        let outcome = try corpus.run("run", [option, "own=\(results)"])
        #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
    }

    @Test func `negative scores are written as they are, and results stand in the manifest`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let results = corpus.path("results.jsonl")
        try corpus.write(results, (0..<3).map { "{\"item\": \"q\($0)\", \"score\": -1.25}" })
        #expect(
            try corpus.run("run", ["--results", "own=\(results)"]).text.contains(
                "score -1.25 on 2 flagged, -1.25 on 1"))
        #expect(try RunManifest(run: corpus.path("run")).inputs.contains { $0.corpus == "results:own" })
        let twice = try corpus.run("b", ["--results", "own=\(results)", "own=\(results)"])
        #expect(twice.status == 2 && twice.errorText.contains("a second file for own"))
    }

    @Test func `items that share an id are noted, and have no results`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        try corpus.write(
            corpus.items, OverlapCorpus.questions.map { "{\"id\": \"x\", \"question\": \"\($0)\"}" })
        #expect(try corpus.run("a").text.contains("own: 2 of 3 items share their id with another"))
        let results = corpus.path("results.jsonl")
        try corpus.write(results, ["{\"item\": \"x\", \"score\": 1}"])
        let outcome = try corpus.run("b", ["--results", "own=\(results)"])
        #expect(outcome.status == 2 && outcome.errorText.contains("have the id x"))
    }

    @Test func `lines that end with CR LF are lines`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        let place = corpus.path("items.txt")
        try Data(OverlapCorpus.questions.joined(separator: "\r\n\r\n").utf8).write(
            to: URL(fileURLWithPath: place))
        let outcome = try Self.overlap([corpus.train, "--eval", "own=\(place)", "--out", corpus.path("run")])
        #expect(outcome.text.contains("own: 3 items = 2 flagged"), "\(outcome.both)")
    }

    @Test func `a field of long text is no name, and the screen names the fields`() throws {
        let corpus = try OverlapCorpus()
        defer { corpus.remove() }
        try corpus.write(
            corpus.items, OverlapCorpus.questions.map { "{\"item\": \"\($0)\", \"prompt\": \"\($0)\"}" })
        let outcome = try corpus.run("run")
        #expect(outcome.text.contains("fields: question=prompt\n"), "\(outcome.text)")
        #expect(!outcome.both.contains("Larkmoor") && !outcome.both.contains("customs house"))
        let list = try String(contentsOfFile: corpus.path("run/unflagged-items.txt"), encoding: .utf8)
        #expect(list == "own\t2\n")
    }
}
