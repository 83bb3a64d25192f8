import Foundation
import TestSupport
import Testing

/// Parquet shards through the whole program.
@Suite(.enabled(if: ParquetTools.areReady)) struct ParquetTests {
    let corpus: ParquetCorpus

    init() throws { corpus = try ParquetCorpus() }

    @Test func `the same rows give the same files whatever their container`() throws {
        defer { corpus.remove() }
        let names = ["chat.jsonl", "chat.jsonl.gz", "chat.jsonl.zst", "chat.parquet"]
        let files = ["plan", "casualties", "keepers", "spared", "quarantine"].map { "\($0).jsonl.zst" }
        var first: [[String]] = []
        var figures = ""
        for name in names {
            let outcome = try corpus.scan([name], ["--slice", "meta.queue"])
            #expect(outcome.status == 0, "\(outcome.both)")
            let lines = try files.map { file in
                try corpus.lines(file).map { $0.replacing("\"\(name)\"", with: "\"chat\"") }
            }
            let summary = try corpus.object("summary.json")
            let data = try JSONSerialization.data(
                withJSONObject: summary["nearDuplicates"] ?? [:], options: .sortedKeys)
            let text = String(decoding: data, as: UTF8.self).replacing("\"\(name)\"", with: "\"chat\"")
            if first.isEmpty {
                first = lines
                figures = text
                #expect(lines[1].count > 100)
            } else {
                #expect(lines == first, "\(name)")
                #expect(text == figures, "\(name)")
            }
        }
    }

    @Test func `what apply writes is read back equal, value by value`() throws {
        defer { corpus.remove() }
        try corpus.scan(["types.parquet", "types-v2.parquet", "chat.parquet"], ["--max-drop", "1"])
        let checked = try corpus.applyAndCheck(
            ["types.parquet", "types-v2.parquet", "chat.parquet"], source: corpus.files)
        #expect(checked.contains("types.parquet 555 4"), "\(checked)")
        #expect(checked.contains("types-v2.parquet 50 1"), "\(checked)")
    }

    @Test func `rows that were set aside are not written, and row groups before damage are`() throws {
        defer { corpus.remove() }
        #expect(
            try corpus.scan(["unmarked.parquet", "long.parquet"], ["--max-row-bytes", "1000"]).status == 3)
        let checked = try corpus.applyAndCheck(
            ["unmarked.parquet", "long.parquet"], source: corpus.files, options: ["--accept", "bad-rows"])
        #expect(checked.contains("unmarked.parquet 3"), "\(checked)")
        #expect(checked.contains("long.parquet 2"), "\(checked)")
        #expect(try corpus.scan(["flipped.parquet"]).status == 3)
        try FileManager.default.removeItem(atPath: corpus.out)
        let outcome = try CommandRunner.assay(
            ["apply", corpus.run, "--out", corpus.out, "--accept", "incomplete"])
        #expect(outcome.status == 0, "\(outcome.both)")
        let again = try CommandRunner.assay(
            ["dedup", corpus.out, "--out", corpus.run + "2", "--quiet"])
        #expect(again.text.contains("1,000 in = 1,000 kept"), "\(again.both)")
    }

    @Test func `a cleaned corpus has nothing left to remove, and one thread writes what eight do`() throws {
        defer { corpus.remove() }
        try corpus.scan(["chat.parquet"])
        var written: [Data] = []
        for threads in ["1", "8"] {
            _ = try corpus.applyAndCheck(
                ["chat.parquet"], source: corpus.files, options: ["--threads", threads])
            written.append(try Data(contentsOf: URL(fileURLWithPath: "\(corpus.out)/chat.parquet")))
        }
        #expect(written[0] == written[1])
        let again = try CommandRunner.assay(
            ["dedup", corpus.out, "--keeper", "first", "--out", corpus.run + "2", "--quiet"])
        #expect(again.text.contains("+ 0 removed"), "\(again.both)")
    }

    @Test func `a row group of the output has at most 64 MiB`() throws {
        defer { corpus.remove() }
        let script = """
            import pyarrow as pa, pyarrow.parquet as pq, random, sys
            chooser = random.Random(5)
            rows = [chooser.randbytes(1 + i * 9 % 9000).hex() for i in range(16000)]
            pq.write_table(pa.table({"text": rows, "id": list(range(16000))}), sys.argv[1], row_group_size=1 << 30)
            """
        let place = corpus.folder.appendingPathComponent("big").path
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        let file = corpus.folder.appendingPathComponent("make.py")
        try Data(script.utf8).write(to: file)
        try ParquetTools.run(file.path, ["\(place)/train-00000-of-00001.parquet"])
        let outcome = try CommandRunner.assay(
            ["dedup", place, "--out", corpus.run, "--quiet", "--shingle", "word-5"])
        #expect(outcome.status == 0, "\(outcome.both)")
        let checked = try corpus.applyAndCheck(["train-00000-of-00001.parquet"], source: place)
        #expect(checked.hasPrefix("train-00000-of-00001.parquet 16000 3"), "\(checked)")
    }

    @Test func `a changed shard is named and nothing is written`() throws {
        defer { corpus.remove() }
        try corpus.scan(["chat.parquet"])
        let place = URL(fileURLWithPath: corpus.path("chat.parquet"))
        var bytes = try Data(contentsOf: place)
        bytes[100] ^= 1
        try bytes.write(to: place)
        let refused = try CommandRunner.assay(["apply", corpus.run, "--out", corpus.out])
        #expect(refused.status == 2)
        #expect(refused.errorText.contains("chat.parquet has changed"))
        #expect(!FileManager.default.fileExists(atPath: corpus.out))
    }

    @Test func `a column that is named and that a shard lacks is an error`() throws {
        defer { corpus.remove() }
        let outcome = try corpus.scan(["chat.parquet", "whole.parquet"], ["--text", "text"])
        #expect(outcome.status == 2)
        #expect(
            outcome.errorText
                == "assay: chat.parquet: has no column text; its columns are id, messages, meta\n",
            "\(outcome.errorText)")
    }

    @Test func `rows without a known text column are kept, counted and noted`() throws {
        defer { corpus.remove() }
        let outcome = try corpus.scan(["numbers.parquet"])
        #expect(outcome.status == 0)
        #expect(
            outcome.text.contains("no column of numbers.parquet is known to hold text"), "\(outcome.text)")
        #expect(try corpus.object("summary.json")["withoutText"] as? Int == 3)
        let empty = try corpus.scan(["empty.parquet"])
        #expect(empty.status == 0)
        #expect(empty.text.contains("empty.parquet: the file has no rows"), "\(empty.text)")
    }

    @Test func `without the plug-in one line says what to type, and JSONL works`() throws {
        defer { corpus.remove() }
        let nowhere = ["ASSAY_PARQUET_PLUGIN": corpus.path("no-such-library.so")]
        let outcome = try CommandRunner.assay(
            ["dedup", corpus.path("chat.parquet"), "--out", corpus.run, "--quiet"], environment: nowhere)
        #expect(outcome.status == 2)
        #expect(outcome.errorText.filter { $0 == "\n" }.count == 1)
        #expect(outcome.errorText.contains("run `make parquet`"), "\(outcome.errorText)")
        let broken = ["ASSAY_PARQUET_PLUGIN": corpus.path("chat.jsonl")]
        let other = try CommandRunner.assay(
            ["look", corpus.path("chat.parquet")], environment: broken)
        #expect(other.errorText.contains("run `make parquet`"), "\(other.errorText)")
        let lines = try CommandRunner.assay(
            ["dedup", corpus.path("chat.jsonl"), "--out", corpus.run, "--quiet"], environment: nowhere)
        #expect(lines.status == 0)
    }

    @Test func `look shows shards, rows and fields`() throws {
        defer { corpus.remove() }
        let outcome = try CommandRunner.assay(["look", corpus.path("chat.parquet"), "--json"])
        let figures = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
        let group = try #require((figures["groups"] as? [[String: Any]])?.first)
        #expect(group["format"] as? String == "parquet")
        #expect(group["mapping"] as? String == "messages (OpenAI)")
        #expect(group["rows"] as? Int == 1500)
        let slices = (figures["slices"] as? [[String: Any]] ?? []).compactMap { $0["path"] as? String }
        #expect(slices == ["meta.queue", "meta.score"])
    }

    @Test func `standard input may be Parquet`() throws {
        defer { corpus.remove() }
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: corpus.path("chat.parquet"))))
        let outcome = try CommandRunner.assay(["dedup", "-", "--out", corpus.run, "--quiet"], input: bytes)
        #expect(outcome.status == 0, "\(outcome.both)")
        #expect(outcome.text.contains("1,500 in = "))
    }
}
