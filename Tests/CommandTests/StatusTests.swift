import Foundation
import TestSupport
import Testing

/// Exit statuses and the words that come with them.
@Suite struct StatusTests {
    @Test func `statuses are 0 clean, 1 gate, 2 error, 3 bad rows, and 3 goes before 1`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        #expect(try corpus.scan().status == 0)
        #expect(try corpus.scan(["--force", "--max-drop", "0"]).status == 1)
        try corpus.write("bad.jsonl", "not JSON\n\(SmallCorpus.row(9))\n")
        #expect(try corpus.scan(["--force"]).status == 3)
        #expect(try corpus.scan(["--force", "--max-drop", "0"]).status == 3)
        #expect(try corpus.scan(["--force", "--max-bad-rows", "1"]).status == 0)
        #expect(try corpus.scan(["--force", "--max-bad-rows", "1", "--max-drop", "0"]).status == 1)
        #expect(try corpus.scan(["--force", "--max-drop", "2"]).status == 2)
        #expect(try corpus.scan().status == 2, "a run is never overwritten without --force")
    }

    static let wrongUse: [[String]] = [
        ["dedup"], ["dedup", "/no/such/file"], ["dedup", ".", "--no-such-flag"],
        ["dedup", ".", "--threshold", "0.2"], ["dedup", ".", "--shingle", "line-3"],
        ["dedup", ".", "--threads", "0"],
        ["dedup", ".", "--spare", "some"], ["dedup", ".", "--keeper", "newest"], ["nothing"],
        ["apply"], ["apply", "/no/such/run"], ["apply", "/no/such/run", "--out", "/no/such/out"],
        ["apply", "/no/such/run", "--out", "/no/such/out", "--accept", "everything"],
        ["apply", "/no/such/run", "--out", "/no/such/out", "--accept", "gate:nothing"],
        ["explain", "/no/such/run"], ["explain", "/no/such/run", "a:1"],
        ["gate", "/no/such/run"], ["gate", "/no/such/run", "--max-drop", "x"],
    ]

    @Test(arguments: wrongUse) func `wrong use is status 2 with a message and nothing on standard output`(
        _ arguments: [String]
    ) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try CommandRunner.assay(arguments, in: folder)
        #expect(outcome.status == 2, "\(outcome.both)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { $0 == "assay-runs" }
        )
    }

    @Test func `a named pipe is refused, also where a shard was`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try corpus.scan()
        let pipe = corpus.train + "/a.jsonl"
        try FileManager.default.removeItem(atPath: pipe)
        #expect(mkfifo(pipe, 0o600) == 0)
        let scan = try CommandRunner.assay(["dedup", pipe, "--out", corpus.run + "2"])
        #expect(scan.status == 2)
        #expect(scan.errorText.contains("is a pipe"), "\(scan.errorText)")
        let apply = try corpus.apply()
        #expect(apply.status == 2)
        #expect(apply.errorText.contains("is no file any more"), "\(apply.errorText)")
    }

    @Test func `standard input is scanned, and apply asks where it lies now`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let text = "\(SmallCorpus.row(1))\n\(SmallCorpus.copy(1))\n"
        let scan = try CommandRunner.assay(
            ["dedup", "-", "--out", corpus.run, "--quiet"], input: Array(text.utf8))
        #expect(scan.status == 0, "\(scan.both)")
        #expect(try corpus.apply().errorText.contains("stdin.jsonl: is not at"))
        try corpus.write("stdin.jsonl", text)
        #expect(try corpus.apply(["--inputs", corpus.train]).status == 0)
        #expect(try corpus.written("stdin.jsonl") == SmallCorpus.row(1) + "\n")
    }

    @Test func `a closed pipe ends quietly with status 2`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let binary = try CommandRunner.binary().path
        let script = "\"$0\" dedup \"$1\" --out \"$2\" --quiet | true; exit ${PIPESTATUS[0]}"
        let outcome = try CommandRunner.tool("bash", ["-c", script, binary, corpus.train, corpus.run])
        // The reader may end before or after the screen is written.
        #expect([0, 2].contains(outcome.status), "\(outcome.both)")
        #expect(outcome.errors.isEmpty)
        let full = try CommandRunner.tool(
            "bash", ["-c", "\"$0\" gate \"$1\" >/dev/full", binary, corpus.run])
        #expect(full.status == 2 && full.errorText.contains("No space left"), "\(full.errorText)")
        let closed = try CommandRunner.tool("bash", ["-c", "\"$0\" gate \"$1\" >&-", binary, corpus.run])
        #expect(closed.status == 2)
    }

    @Test(arguments: [SIGINT, SIGHUP]) func `an interrupted scan leaves no folder`(signal: Int32) throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let rows = (0..<30_000).map { "{\"text\":\"\(SmallCorpus.text($0))\"}\n" }.joined()
        try corpus.write("large.jsonl", rows)
        let process = try CommandRunner.process([
            "dedup", corpus.train, "--out", corpus.run, "--threads", "1",
        ])
        try process.run()
        while process.isRunning, try corpus.names().count < 2 { usleep(2000) }
        let sent = Date()
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + signal)
        #expect(Date().timeIntervalSince(sent) < 2)
        let names = try corpus.names()
        #expect(names == ["train"], "\(names)")
    }
}
