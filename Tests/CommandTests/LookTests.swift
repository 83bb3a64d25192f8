import Foundation
import TestSupport
import Testing

struct LookTests {
    /// Writes files below a fresh folder, and removes them at the end.
    private func withFiles(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let place = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: place)
        }
        try body(folder)
    }

    private func lastLine(_ outcome: CommandRunner.Outcome) -> String {
        String(outcome.text.split(separator: "\n").last ?? "")
    }

    private func rows(_ count: Int, _ row: (Int) -> String) -> String {
        (0..<count).map { row($0) + "\n" }.joined()
    }

    @Test func `the last line is the command to type next, with fields that slice well`() throws {
        let text = rows(60) { n in
            #"{"id":"\#(n)","queue":"q \#(n % 3)","messages":[{"role":"system","content":"S"},{"role":"user","content":"Q\#(n)"}]}"#
        }
        try withFiles(["my data/a.jsonl": text]) { folder in
            let outcome = try CommandRunner.assay(["look", "my data"], in: folder)
            #expect(outcome.status == 0)
            #expect(lastLine(outcome) == "assay dedup 'my data' --slice queue")
            #expect(outcome.text.contains("messages (OpenAI)"))
            #expect(outcome.text.contains("system prompts: 1 distinct in 60 rows"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["my data"])
        }
    }

    @Test func `rows without text get the field that would map them`() throws {
        let text = rows(30) { #"{"ask":{"text":"where is my parcel number \#($0)"},"kind":"k\#($0 % 2)"}"# }
        try withFiles(["a.jsonl": text]) { folder in
            let outcome = try CommandRunner.assay(["look", "a.jsonl"], in: folder)
            #expect(outcome.text.contains("30 of 30 rows (100.0 %) map to no text"))
            #expect(lastLine(outcome) == "assay dedup a.jsonl --text ask.text --slice kind")
        }
    }

    @Test func `bad rows, marks and copied shards are told, and nothing of a row's text`() throws {
        let good = rows(25) { #"{"text":"secret words of row \#($0)"}"# }
        try withFiles(["a.jsonl": "\u{FEFF}" + good + "{broken\n", "b.jsonl": good, "notes.txt": "x"]) {
            folder in
            let outcome = try CommandRunner.assay(["look", folder.path])
            #expect(outcome.status == 0)
            #expect(outcome.text.contains("1 row set aside as invalid-json, the first a.jsonl:25"))
            #expect(outcome.text.contains("a byte order mark was dropped"))
            #expect(outcome.text.contains("the same first rows: a.jsonl, b.jsonl"))
            #expect(outcome.text.contains("notes.txt"))
            #expect(!outcome.text.contains("secret"))
        }
    }

    @Test func `a shard that cannot be read is status 3 and the others are shown`() throws {
        try withFiles(["a.jsonl": rows(3) { #"{"text":"row \#($0)"}"# }, "b.jsonl.gz": "?? no gzip"]) {
            folder in
            let outcome = try CommandRunner.assay(["look", folder.path])
            #expect(outcome.status == 3)
            #expect(outcome.text.contains("UNREADABLE b.jsonl.gz"))
            #expect(outcome.text.contains("text: text"))
        }
    }

    @Test func `many shards are sampled, and it says so`() throws {
        var files: [String: String] = [:]
        for n in 0..<70 { files["s\(n).jsonl"] = #"{"text":"row \#(n)"}"# + "\n" }
        try withFiles(files) { folder in
            let outcome = try CommandRunner.assay(["look", folder.path])
            #expect(outcome.text.contains("of 64 of 70 shards, evenly spread"))
            let json = try CommandRunner.assay(["look", folder.path, "--json"])
            let figures = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
            #expect(figures["shards"] as? Int == 70)
            #expect((figures["sample"] as? [String: Any])?["shards"] as? Int == 64)
        }
    }

    @Test func `a catalogue of data sets sets the fields of its files and is no shard`() throws {
        let catalogue =
            #"{"mine":{"file_name":"a.jsonl","columns":{"prompt":"ask","response":"say"}},"remote":{"hf_hub_url":"x/y"}}"#
        try withFiles([
            "dataset_info.json": catalogue, "a.jsonl": rows(4) { #"{"ask":"Q\#($0)","say":"A"}"# },
        ]) { folder in
            let outcome = try CommandRunner.assay(["look", folder.path])
            #expect(outcome.text.contains("ask, say"))
            #expect(outcome.text.contains("dataset_info.json: a list of 1 data sets, no shard"))
            let run = folder.appendingPathComponent("run").path
            let scan = try CommandRunner.assay(["dedup", folder.path, "--out", run, "--quiet"])
            #expect(scan.status == 0)
            #expect(scan.text.contains("4 in = 4 kept"))
            #expect(try CommandRunner.assay(["look", folder.path + "/dataset_info.json"]).status == 2)
        }
    }

    @Test func `no command follows where no row could be read`() throws {
        try withFiles(["a.jsonl": ""]) { folder in
            let outcome = try CommandRunner.assay(["look", folder.path])
            #expect(!outcome.text.contains("assay dedup"), "\(outcome.both)")
        }
    }

    @Test func `the next command maps the answers that are left out`() throws {
        let rows = rows(30) {
            #"{"instruction":"Answer customer \#($0) about the parcel","meta":{"reply":"We are sorry about it, and this is macro number \#($0 % 10) of ours."}}"#
        }
        try withFiles(["a.jsonl": rows]) { folder in
            let outcome = try CommandRunner.assay(["look", folder.path])
            #expect(outcome.text.contains("meta.reply  100.0 % of rows"))
            #expect(outcome.text.contains("--prompt instruction --response meta.reply"))
            let last = try #require(outcome.text.split(separator: "\n").last)
            #expect(last.contains("--prompt instruction --response meta.reply"), "\(outcome.both)")
        }
    }

    @Test func `speakers that are taken for the user are named, in runs too`() throws {
        let rows = rows(3) {
            #"{"messages":[{"role":"user","content":"Question \#($0)"},{"role":"oracle","content":"Answer \#($0)"}]}"#
        }
        try withFiles(["a.jsonl": rows]) { folder in
            let words = "speakers of no known format, taken for the user: oracle"
            let look = try CommandRunner.assay(["look", folder.path])
            #expect(look.text.components(separatedBy: words).count == 2, "\(look.both)")
            let run = folder.appendingPathComponent("run").path
            let profile = try CommandRunner.assay(["profile", folder.path, "--quiet", "--out", run])
            #expect(profile.text.contains("note: " + words), "\(profile.both)")
        }
    }

    @Test func `standard input is looked at`() throws {
        let outcome = try CommandRunner.assay(["look", "-"], input: Array(#"{"text":"hello"}"#.utf8))
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("all 1 row of 1 shard"))
    }

    @Test func `without input it is wrong use`() throws {
        #expect(try CommandRunner.assay(["look"]).status == 2)
    }
}
