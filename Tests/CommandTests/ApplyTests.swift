import Foundation
import TestSupport
import Testing

/// What `apply` writes, and when it refuses.
@Suite struct ApplyTests {
    @Test func `kept rows are written byte for byte under their names and compressions`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        #expect(try corpus.scan().status == 0)
        let outcome = try corpus.apply()
        #expect(outcome.status == 0, "\(outcome.both)")
        for (name, text) in corpus.expected { #expect(try corpus.written(name) == text, "\(name)") }
        let packed = try Data(contentsOf: URL(fileURLWithPath: "\(corpus.out)/b.jsonl.gz"))
        #expect(Array(packed[4..<8]) == [0, 0, 0, 0], "the gzip header has no time")
        #expect(outcome.text.contains("assay 0.1.0: 9 of 13 rows, rowSetDigest "), "\(outcome.text)")
        #expect(try corpus.names() == ["cleaned", "run", "train"])
    }

    @Test func `one thread and eight write the same bytes`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        var trees: [[String: Data]] = []
        for threads in ["1", "8"] {
            #expect(try corpus.apply(["--threads", threads]).status == 0)
            var tree: [String: Data] = [:]
            for name in corpus.expected.keys {
                tree[name] = try Data(contentsOf: URL(fileURLWithPath: "\(corpus.out)/\(name)"))
            }
            trees.append(tree)
            try FileManager.default.removeItem(atPath: corpus.out)
        }
        #expect(trees[0] == trees[1])
    }

    @Test func `a cleaned corpus has nothing left to remove`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        try corpus.apply()
        let again = try CommandRunner.assay(
            ["dedup", corpus.out, "--keeper", "first", "--out", corpus.run + "2", "--quiet"])
        #expect(again.status == 0)
        #expect(again.text.contains("9 in = 9 kept + 0 removed"), "\(again.text)")
    }

    @Test func `a failed gate is refused unless it is accepted by name`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        #expect(try corpus.scan(["--max-drop", "0"]).status == 1)
        let refused = try corpus.apply()
        #expect(refused.status == 2)
        #expect(refused.errorText.contains("gate dedup.max_drop failed"))
        #expect(refused.errorText.contains("--accept gate:dedup.max_drop"))
        #expect(try corpus.apply(["--accept", "bad-rows", "incomplete"]).status == 2)
        #expect(try corpus.names() == ["run", "train"])
        #expect(try corpus.apply(["--accept", "gate:dedup.max_drop"]).status == 0)
    }

    @Test func `bad rows over the limit are refused with what to type`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.write("bad.jsonl", "not JSON\n\(SmallCorpus.row(9))\n")
        #expect(try corpus.scan().status == 3)
        let refused = try corpus.apply()
        #expect(refused.status == 2)
        #expect(
            refused.errorText.contains("assay apply \(corpus.run) --out \(corpus.out) --accept bad-rows"),
            "\(refused.errorText)")
        #expect(refused.errorText.filter { $0 == "\n" }.count == 1, "an error is one line")
        #expect(try corpus.apply(["--max-bad-rows", "1"]).status == 0)
        #expect(try corpus.written("bad.jsonl") == SmallCorpus.row(9) + "\n")
    }

    @Test func `an incomplete run is refused, and written as far as it was read where accepted`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let place = URL(fileURLWithPath: corpus.train + "/sub/c.jsonl.zst")
        try Data(try Data(contentsOf: place).dropLast(6)).write(to: place)
        #expect(try corpus.scan().status == 3)
        let refused = try corpus.apply(["--accept", "bad-rows"])
        #expect(refused.status == 2)
        #expect(refused.errorText.contains("incomplete"))
        let accepted = try corpus.apply(["--accept", "incomplete", "bad-rows"])
        #expect(accepted.status == 0, "\(accepted.both)")
        #expect(try corpus.written("b.jsonl.gz") == corpus.expected["b.jsonl.gz"])
    }

    @Test func `a changed input is named, and nothing is written`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        try corpus.write("d.json", "[\(SmallCorpus.row(4))]")
        let refused = try corpus.apply()
        #expect(refused.status == 2)
        #expect(refused.errorText.contains("d.json has changed"))
        #expect(!refused.errorText.contains("a.jsonl has changed"))
        #expect(try corpus.names() == ["run", "train"])
    }

    @Test func `accepted changes keep rows that are not the planned ones and rows without their keeper`()
        throws
    {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let (row, copy) = (SmallCorpus.row, SmallCorpus.copy)
        try corpus.scan()
        // Row 1, the keeper of a copy in b, is gone, and row 0's shouted copy stands one row earlier.
        try corpus.write("a.jsonl", "\(row(0))\n\(row(20))\n\(row(21))\nnot JSON\n")
        let outcome = try corpus.apply(["--accept", "changed-input"])
        #expect(outcome.status == 0, "\(outcome.both)")
        #expect(try corpus.written("a.jsonl") == "\(row(0))\n\(row(20))\n\(row(21))\n")
        #expect(try corpus.written("b.jsonl.gz") == "\(row(2))\n\(copy(1))\n\(row(3))\n")
        #expect(try corpus.written("d.json") == corpus.expected["d.json"])
        #expect(outcome.text.contains("another row stands there now: a.jsonl:2"), "\(outcome.text)")
        #expect(outcome.text.contains("their keeper is gone: b.jsonl.gz:1"), "\(outcome.text)")
    }

    @Test func `moved shards are found by --inputs`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        let moved = corpus.folder.appendingPathComponent("moved").path
        try FileManager.default.moveItem(atPath: corpus.train, toPath: moved)
        let lost = try corpus.apply()
        #expect(lost.status == 2)
        #expect(lost.errorText.contains("--inputs"))
        #expect(try corpus.apply(["--inputs", moved]).status == 0)
        #expect(try corpus.written("a.jsonl") == corpus.expected["a.jsonl"])
    }

    @Test func `names that are no UTF-8 are written as the run spells them`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        // Bytewise a<FF> stands behind ab, spelled `a\xFF` before it.
        let script = "printf '%s' \"$1\" > $'a\\xff.jsonl'; printf '%s' \"$1\" > ab.jsonl"
        let rows = "\(SmallCorpus.row(50))\n\(SmallCorpus.copy(50))\n"
        let folder = URL(fileURLWithPath: corpus.train)
        #expect(try CommandRunner.tool("bash", ["-c", script, "bash", rows], in: folder).status == 0)
        try corpus.scan()
        let outcome = try corpus.apply()
        #expect(outcome.status == 0, "\(outcome.both)")
        #expect(try corpus.written("ab.jsonl") == SmallCorpus.row(50) + "\n")
        #expect(try corpus.written("a\\xFF.jsonl").isEmpty)
    }

    @Test func `a changed plan, summary or casualty list is an error`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        for file in ["plan.jsonl.zst", "summary.json"] {
            try corpus.scan(["--force"])
            let place = URL(fileURLWithPath: "\(corpus.run)/\(file)")
            try Data(try Data(contentsOf: place) + Data("\n".utf8)).write(to: place)
            let refused = try corpus.apply()
            #expect(refused.status == 2, "\(file)")
            #expect(refused.errorText.contains("was changed"), "\(refused.errorText)")
        }
        #expect(try corpus.names() == ["run", "train"])
    }

    @Test func `a folder that is not empty is refused, an empty one is taken`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        try FileManager.default.createDirectory(atPath: corpus.out, withIntermediateDirectories: false)
        #expect(try corpus.apply().status == 0)
        let refused = try corpus.apply()
        #expect(refused.status == 2)
        #expect(refused.errorText.contains("not empty"))
        #expect(try corpus.written("a.jsonl") == corpus.expected["a.jsonl"])
    }

    @Test func `SIGTERM while writing leaves nothing and ends with 143 within two seconds`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        var text: [UInt8] = []
        let digits = Array("0123456789abcdef".utf8)
        var state: UInt64 = 7
        for _ in 0..<12_000 {
            text += Array("{\"text\":\"".utf8)
            for _ in 0..<60 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                for shift in stride(from: UInt64(0), to: 64, by: 4) {
                    text.append(digits[Int(state >> shift & 15)])
                }
            }
            text += Array("\"}\n".utf8)
        }
        let packed = try CommandRunner.tool("gzip", ["-1c"], input: text).output
        try Data(packed).write(to: URL(fileURLWithPath: corpus.train + "/large.jsonl.gz"))
        #expect(try corpus.scan().status == 0)
        let process = try CommandRunner.process(["apply", corpus.run, "--out", corpus.out, "--threads", "1"])
        try process.run()
        while process.isRunning, try corpus.names().count < 3 { usleep(2000) }
        usleep(20_000)
        let sent = Date()
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationStatus == 143)
        #expect(Date().timeIntervalSince(sent) < 2)
        #expect(try corpus.names() == ["run", "train"])
    }
}
