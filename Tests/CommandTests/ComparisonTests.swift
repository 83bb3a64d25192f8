import Findings
import Foundation
import TestSupport
import Testing

/// `assay compare` as a whole: verdicts of known truth, the same bytes for any thread count, gates, bad options.
@Suite struct ComparisonTests {
    static let words = [
        "card", "transfer", "account", "payment", "refund", "limit", "balance", "fee", "bank", "money",
        "cash",
        "phone", "order", "statement", "currency", "exchange", "rate", "delivery", "address", "identity",
    ]

    static func texts(_ count: Int, seed: UInt64) -> [String] {
        var random = SplitMix(seed: seed)
        return (0..<count).map { _ in
            (0..<5 + random.below(6)).map { _ in words[random.below(words.count)] }.joined(separator: " ")
                + "?"
        }
    }

    func write(
        _ folder: URL, _ name: String, _ texts: [String], fields: (Int) -> String = { _ in "" }
    ) throws
        -> String
    {
        let place = folder.appendingPathComponent(name)
        let rows = texts.enumerated().map { "{\"text\": \"\($0.element)\"\(fields($0.offset))}" }
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: place)
        return place.path
    }

    func compare(_ folder: URL, _ name: String, _ options: [String]) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(
            ["compare"] + options + ["--quiet", "--out", folder.appendingPathComponent(name).path])
    }

    func figures(_ folder: URL, _ name: String) throws -> ComparisonFigures {
        try #require(try RunSummary(run: folder.appendingPathComponent(name).path).comparison)
    }

    @Test func `halves of one source are not told apart, and nothing stands`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(600, seed: 1))
        let right = try write(folder, "right.jsonl", Self.texts(600, seed: 2))
        let outcome = try compare(folder, "run", ["--synthetic", left, "--production", right])
        #expect(outcome.status == 0, "\(outcome.both)")
        #expect(outcome.text.hasPrefix("COMPARISON  synthetic and production cannot be told apart"))
        let figures = try figures(folder, "run")
        #expect(figures.apart == false && figures.features.allSatisfy { !$0.stands } && figures.terms.isEmpty)
        #expect(figures.coverage?.uncoveredShare == 0)
    }

    @Test func `an apology is told in the first sentence, and rows are shown only when asked for`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(400, seed: 3).map { "Sorry, but " + $0 })
        let right = try write(folder, "right.jsonl", Self.texts(400, seed: 4))
        let outcome = try compare(folder, "run", [left, "--production", right])
        #expect(
            outcome.text.hasPrefix("COMPARISON  synthetic and production are told apart in 100 % of pairs"))
        #expect(outcome.text.contains("apology") && outcome.text.contains("WHAT TO DO"))
        let row = Self.texts(400, seed: 4)[0]
        #expect(!outcome.text.contains(row))
        let shown = try compare(folder, "shown", [left, "--production", right, "--show-text"])
        #expect(shown.text.contains("Sorry, but"))
        let weights = try #require(try figures(folder, "run").weights)
        #expect(weights.rows == 400 && weights.effectiveRows <= 400)
    }

    @Test func `the run is the same for 1, 2 and 8 threads and in any order`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let parts = try (0..<3).map {
            try write(folder, "left\($0).jsonl", Self.texts(300, seed: UInt64(10 + $0)))
        }
        let right = try write(folder, "right.jsonl", Self.texts(500, seed: 5).map { $0.uppercased() })
        _ = try compare(folder, "a", parts + ["--production", right, "--threads", "1"])
        _ = try compare(folder, "b", parts.reversed() + ["--production", right, "--threads", "2"])
        _ = try compare(folder, "c", ["--production", right, "--synthetic"] + parts + ["--threads", "8"])
        for file in ["summary.json", "weights.jsonl.zst", "nearest.jsonl.zst", "findings.sqlite", "run.json"]
        {
            let first = try Data(contentsOf: folder.appendingPathComponent("a/\(file)"))
            for other in ["b", "c"] {
                #expect(
                    try Data(contentsOf: folder.appendingPathComponent("\(other)/\(file)")) == first,
                    "\(other)/\(file)")
            }
        }
    }

    @Test func `gates fail by area and by share, and are judged again from the run`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(400, seed: 8).map { "please " + $0 })
        let right = try write(folder, "right.jsonl", Self.texts(400, seed: 9))
        let sides = ["--synthetic", left, "--production", right]
        let failed = try compare(
            folder, "run", sides + ["--max-auc-register", "0.8", "--max-feature-delta", "politeness:0.2"])
        #expect(failed.status == 1)
        #expect(
            failed.text.contains("FAILED comparison.max_auc_register: 1.000, limit 0.800"), "\(failed.both)")
        #expect(failed.text.contains("FAILED comparison.max_feature_delta politeness"))
        let run = folder.appendingPathComponent("run").path
        #expect(try CommandRunner.assay(["gate", run]).status == 1)
        let looser = try CommandRunner.assay(
            [
                "gate", run, "--max-auc-register", "1", "--max-feature-delta", "politeness:1",
                "--max-uncovered-share", "1",
            ])
        #expect(looser.status == 0, "\(looser.both)")
        #expect(try CommandRunner.assay(["gate", run, "--max-drop", "0.5"]).status == 2)
        let wrong = try CommandRunner.assay(["gate", run, "--max-feature-delta", "nonsense:1"])
        #expect(wrong.status == 2 && wrong.errorText.contains("there is no feature nonsense"))
    }

    @Test func `too few rows give no verdict and fail a gate`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(150, seed: 10))
        let right = try write(folder, "right.jsonl", Self.texts(400, seed: 11))
        let sides = ["--left", "june=\(left)", "--right", "july=\(right)"]
        let outcome = try compare(folder, "run", sides)
        #expect(outcome.status == 0)
        #expect(
            outcome.text.hasPrefix("COMPARISON  No verdict: june has 150 rows with text and july 400 rows"))
        let gated = try compare(folder, "gated", sides + ["--max-uncovered-share", "0.5"])
        #expect(gated.status == 1)
        #expect(
            gated.text.contains(
                "FAILED comparison.max_uncovered_share: not judged, limit 50.0 %: too few rows"),
            "\(gated.both)")
    }

    @Test func `fields of one side are named with it, and rows of both sides are explained`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(250, seed: 31))
        let right = folder.appendingPathComponent("right.jsonl").path
        let rows = Self.texts(250, seed: 32).map { "{\"request\": {\"typed\": \"\($0)\"}}" }
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: right))
        let sides = ["--left", "june=\(left)", "--right", "july=\(right)"]
        let outcome = try compare(folder, "run", sides + ["--text", "july=request.typed"])
        #expect(outcome.status == 0, "\(outcome.both)")
        let found = try figures(folder, "run")
        #expect(found.left.withoutText == 0 && found.right.withoutText == 0 && found.apart == false)
        let run = folder.appendingPathComponent("run").path
        for (row, side) in [("left.jsonl:3", "june"), ("right.jsonl:7", "july")] {
            let explained = try CommandRunner.assay(["explain", run, row])
            #expect(
                explained.text.hasPrefix("\(row) (\(side))  is only compared"), "\(explained.both)")
            #expect(
                explained.text.contains(side == "june" ? "  weight  " : "  nearest     left.jsonl"),
                "\(explained.both)")
        }
        #expect(
            try RunStore(run: run).query("SELECT corpus, name FROM shards ORDER BY shard")
                == [["june", "left.jsonl"], ["july", "right.jsonl"]])
        let wrong = try compare(folder, "wrong", sides + ["--text", "august=request.typed"])
        #expect(
            wrong.status == 2 && wrong.errorText.contains("there is no side august"), "\(wrong.both)")
    }

    @Test func `bad rows of either side are counted and end with status 3`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(250, seed: 12))
        let right = try write(folder, "right.jsonl", Self.texts(250, seed: 13))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: right))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"text\": \n".utf8))
        try handle.close()
        let outcome = try compare(folder, "run", ["--synthetic", left, "--production", right])
        #expect(outcome.status == 3 && outcome.text.contains("production: 1 row quarantined"))
        #expect(try figures(folder, "run").right.quarantined == 1)
        // Figures of half the rows pass no pipeline.
        let gate = try CommandRunner.assay([
            "gate", folder.appendingPathComponent("run").path, "--max-auc-register", "1",
        ])
        #expect(gate.status == 3 && gate.errorText.contains("1 row quarantined"), "\(gate.both)")
        let failed = try CommandRunner.assay([
            "gate", folder.appendingPathComponent("run").path, "--max-feature-delta", "words:0",
        ])
        #expect(failed.status == 3 && failed.text.contains("FAILED"), "\(failed.both)")
    }

    @Test func `a scan's quarantine has the bad rows of production too`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(250, seed: 21) + ["\", "], fields: { _ in "" })
        let right = try write(
            folder, "right.jsonl", Self.texts(250, seed: 22) + ["\", "], fields: { _ in "" })
        let run = folder.appendingPathComponent("scan").path
        let scan = try CommandRunner.assay([
            "scan", left, "--production", right, "--quiet", "--max-bad-rows", "2", "--out", run,
        ])
        #expect(scan.status == 0, "\(scan.both)")
        var lines: [String] = []
        try FrameReader(path: "\(run)/quarantine.jsonl.zst").forEachLine {
            lines.append(String(decoding: $0, as: UTF8.self))
        }
        try #require(lines.count == 2, "\(lines)")
        #expect(lines[0].contains("\"left.jsonl\",\"ordinal\":250"), "\(lines[0])")
        #expect(lines[1].contains("\"right.jsonl\",\"ordinal\":250"), "\(lines[1])")
        let stored = try RunStore(run: run).query(
            "SELECT corpus, shard, ordinal FROM quarantine ORDER BY corpus")
        #expect(stored == [["production", "right.jsonl", "250"], ["training", "left.jsonl", "250"]])
        #expect(try CommandRunner.assay(["verify", run]).status == 0)
    }

    @Test func `rows drawn by value are weighted back`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        // One row in twenty is of the rare topic, and begins with a greeting.
        func texts(_ seed: UInt64) -> [String] {
            Self.texts(4000, seed: seed).enumerated().map {
                $0.offset % 20 == 0 ? "Hello, " + $0.element : $0.element
            }
        }
        func field(_ row: Int) -> String { ", \"topic\": \"\(row % 20 == 0 ? "rare" : "common")\"" }
        let left = try write(folder, "left.jsonl", texts(23), fields: field)
        let right = try write(folder, "right.jsonl", Self.texts(4000, seed: 24), fields: field)
        let sides = ["--synthetic", left, "--production", right, "--slice", "topic", "--sample", "400"]
        for threads in ["1", "2"] {
            let outcome = try compare(
                folder, threads, sides + ["--per-value", "150", "--threads", threads])
            #expect(outcome.text.contains("drawn with at least 150 rows of each value"), "\(outcome.both)")
        }
        let found = try figures(folder, "1")
        #expect(try figures(folder, "2") == found)
        #expect(found.left.sampled > 520 && found.perValue == 150)
        let greeting = try #require(found.features.first { $0.id == "greeting" })
        #expect(abs(greeting.left.mean - 0.05) < 1e-6, "\(greeting)")
        let without = try compare(
            folder, "without", ["--synthetic", left, "--production", right, "--per-value", "9"])
        #expect(without.status == 2 && without.errorText.contains("name it by --slice"))
    }

    @Test func `two comparisons are compared`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let right = try write(folder, "right.jsonl", Self.texts(400, seed: 25))
        let first = try write(folder, "first.jsonl", Self.texts(400, seed: 26))
        let second = try write(folder, "second.jsonl", Self.texts(400, seed: 27).map { "Sorry, but " + $0 })
        _ = try compare(folder, "a", ["--synthetic", first, "--production", right])
        _ = try compare(folder, "b", ["--synthetic", second, "--production", right])
        let runs = ["a", "b"].map { folder.appendingPathComponent($0).path }
        let diff = try CommandRunner.assay(["diff"] + runs)
        #expect(diff.status == 0, "\(diff.both)")
        #expect(diff.text.contains("COMPARISON  synthetic against production"))
        #expect(diff.text.contains("MORE in B") && diff.text.contains("apology"))
        #expect(!diff.text.contains("no profile in"))
        let same = try CommandRunner.assay(["diff", runs[0], runs[0]])
        #expect(same.text.contains("no figure differs") && !same.text.contains("MORE in B"), "\(same.both)")
        let json = try CommandRunner.assay(["diff", "--json"] + runs)
        #expect(json.text.contains("\"isApart\": true") || json.text.contains("\"apartAfter\": true"))
    }

    @Test func `a side of which nothing can be compared is refused`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(250, seed: 28))
        let right = folder.appendingPathComponent("right.jsonl")
        try Data("".utf8).write(to: right)
        let sides = ["--synthetic", left, "--production", right.path]
        let empty = try compare(folder, "empty", sides)
        #expect(
            empty.status == 2 && empty.errorText.contains("production: its files hold no row"),
            "\(empty.both)")
        try Data(String(repeating: "{\"number\": 7}\n", count: 300).utf8).write(to: right)
        let without = try compare(folder, "without", sides)
        #expect(without.status == 2, "\(without.both)")
        #expect(
            without.errorText.contains("production: none of 300 rows has a turn of user"), "\(without.both)")
    }

    @Test func `shards of one name are told apart by their sides`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (side, seed) in [("a", UInt64(40)), ("b", 41)] {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(side), withIntermediateDirectories: true)
            _ = try write(
                folder, "\(side)/x.jsonl",
                Self.texts(250, seed: seed).map { side == "a" ? $0.uppercased() : $0 })
        }
        let outcome = try compare(
            folder, "run",
            ["--synthetic", folder.path + "/a", "--production", folder.path + "/b"])
        #expect(outcome.text.contains("synthetic=x.jsonl:"), "\(outcome.both)")
        let run = folder.appendingPathComponent("run").path
        let plain = try CommandRunner.assay(["explain", run, "x.jsonl:3"])
        #expect(
            plain.status == 2 && plain.errorText.contains("write synthetic=x.jsonl or production=x.jsonl"))
        let right = try CommandRunner.assay(["explain", run, "production=x.jsonl:3"])
        #expect(
            right.text.hasPrefix("x.jsonl:3 (production)") && right.text.contains("nearest"), "\(right.both)")
    }

    @Test(arguments: [
        (["--synthetic", "LEFT"], "No rows to compare with"),
        (["--production", "RIGHT"], "No synthetic rows"),
        (["--left", "LEFT", "--right", "b=RIGHT"], "--left takes NAME=PATH"),
        (["--left", "a=LEFT", "--right", "a=RIGHT"], "need two names"),
        (["--synthetic", "LEFT", "--production", "LEFT"], "lies on both sides"),
        (
            ["--synthetic", "LEFT", "--production", "RIGHT", "--slice", "nothing"],
            "no row has the field nothing"
        ),
        (["--synthetic", "LEFT", "--production", "RIGHT", "--role", "robot"], "--role takes user"),
        (["--synthetic", "LEFT", "--production", "RIGHT", "--sample", "10"], "--sample takes"),
        (["--synthetic", "LEFT", "--production", "RIGHT", "--max-auc-register", "0.2"], "is no area"),
    ])
    func `a wrong option is told by name`(_ options: [String], _ message: String) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(20, seed: 14))
        let right = try write(folder, "right.jsonl", Self.texts(20, seed: 15))
        let outcome = try compare(
            folder, "run",
            options.map {
                $0.replacingOccurrences(of: "LEFT", with: left).replacingOccurrences(of: "RIGHT", with: right)
            })
        #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("run").path))
    }

    @Test func `a scan compares its training rows with production`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(300, seed: 16).map { $0.uppercased() })
        let right = try write(folder, "right.jsonl", Self.texts(300, seed: 17))
        let scan = try CommandRunner.assay([
            "scan", left, "--production", right, "--quiet", "--out",
            folder.appendingPathComponent("scan").path,
        ])
        #expect(scan.status == 0, "\(scan.both)")
        #expect(scan.text.contains("COMPARISON  training and production are told apart in 100 % of pairs"))
        #expect(scan.text.contains("MISSPELLINGS") && scan.text.contains("Not run: eval overlap"))
        #expect(try figures(folder, "scan").weights?.rows == 300)
        let without = try CommandRunner.assay([
            "scan", left, "--quiet", "--out", folder.appendingPathComponent("without").path,
        ])
        #expect(without.text.contains("comparison (no --production)"))
    }
}
