import Foundation
import TestSupport
import Testing

/// Splits and configurations of published data sets.
@Suite(.enabled(if: ParquetTools.areReady)) struct PublishedSplitTests {
    let corpus: ParquetCorpus

    init() throws { corpus = try ParquetCorpus() }

    private func slices() throws -> [String: [Int]] {
        let figures = try corpus.object("summary.json")["nearDuplicates"] as? [String: Any]
        var found: [String: [Int]] = [:]
        for slice in figures?["slices"] as? [[String: Any]] ?? [] {
            guard let field = slice["field"] as? String, ["config", "split"].contains(field) else { continue }
            found["\(field)=\(slice["value"] ?? "")"] = [
                slice["before"] as? Int ?? -1, slice["removed"] as? Int ?? -1,
            ]
        }
        return found
    }

    @Test func `the card's splits and configurations are slices, and an overlap is one line`() throws {
        defer { corpus.remove() }
        let outcome = try corpus.scan(["hub"])
        #expect(outcome.status == 0)
        let expected = [
            "config=default": [110, 20], "config=en": [40, 0], "split=train": [120, 20],
            "split=test": [30, 0],
        ]
        #expect(try slices() == expected)
        let line =
            "at least 20 of the 30 rows of split test of config default are duplicates of train rows at 0.8"
        #expect(outcome.text.contains("data/test-00000-of-00001.parquet: \(line)"), "\(outcome.text)")
        let again = corpus.run + "2"
        let replanned = try CommandRunner.assay(
            ["dedup", "--from", corpus.run, "--threshold", "0.9", "--out", again, "--quiet"])
        #expect(replanned.status == 0, "\(replanned.both)")
        try FileManager.default.removeItem(atPath: corpus.run)
        try FileManager.default.moveItem(atPath: again, toPath: corpus.run)
        #expect(try slices() == expected)
    }

    @Test func `without a card, the names of the files say the split`() throws {
        defer { corpus.remove() }
        try FileManager.default.removeItem(atPath: corpus.path("hub/README.md"))
        let outcome = try corpus.scan(["hub"])
        #expect(try slices() == ["split=train": [80, 20], "split=test": [30, 0]])
        #expect(outcome.text.contains("split test are duplicates of train rows"), "\(outcome.text)")
    }

    @Test(arguments: [(["."], "hub/data"), (["data", "en"], "hub"), (["../data"], "hub/en")])
    func `a card is found from wherever a path is typed`(inputs: [String], folder: String) throws {
        defer { corpus.remove() }
        let card = "---\nconfigs:\n- config_name: own\n  data_files: 'data/*'\n---\n"
        try Data(card.utf8).write(to: URL(fileURLWithPath: corpus.path("hub/README.md")))
        let outcome = try CommandRunner.assay(
            ["dedup"] + inputs + ["--out", corpus.run, "--quiet"],
            in: URL(fileURLWithPath: corpus.path(folder)))
        #expect(outcome.status == 0, "\(outcome.both)")
        #expect(try slices()["config=own"]?.first == 110)
    }

    @Test(arguments: ["dé", "日本"])
    func `a folder's name may have any characters`(name: String) throws {
        defer { corpus.remove() }
        let place = corpus.path("hub/\(name)")
        try FileManager.default.moveItem(atPath: corpus.path("hub/en"), toPath: place)
        let card = "---\nconfigs:\n- config_name: own\n  data_files: '\(name)/p*'\n---\n"
        for path in ["hub/README.md", "hub/\(name)/README.md"] {
            let text = path.hasPrefix("hub/R") ? card : card.replacing("\(name)/", with: "")
            let file = URL(fileURLWithPath: corpus.path(path))
            try Data(text.utf8).write(to: file)
            try corpus.scan(["hub"])
            #expect(try slices()["config=own"]?.first == 40)
            try FileManager.default.removeItem(at: file)
        }
    }

    @Test(arguments: ["\r\n", "\r"]) func `a card's lines end as on any system`(end: String) throws {
        defer { corpus.remove() }
        let file = URL(fileURLWithPath: corpus.path("hub/README.md"))
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("\n", with: end).utf8).write(to: file)
        try corpus.scan(["hub"])
        #expect(try slices()["config=en"] == [40, 0])
    }

    @Test func `rows that another row contains are no overlap of splits`() throws {
        defer { corpus.remove() }
        func words(_ range: Range<Int>) -> String {
            range.map { "word\($0 * 7919 % 1009)" }.joined(separator: " ")
        }
        let rows = ["train": [words(0..<120)], "test": [words(0..<60), words(200..<260)]]
        for (name, texts) in rows {
            let lines = texts.map { "{\"text\":\"\($0)\"}\n" }.joined()
            try Data(lines.utf8).write(to: URL(fileURLWithPath: corpus.path("\(name).jsonl")))
        }
        let outcome = try corpus.scan(["train.jsonl", "test.jsonl"], ["--contained", "0.9"])
        #expect(outcome.text.contains("3 in = 2 kept + 1 removed"), "\(outcome.both)")
        #expect(!outcome.text.contains("duplicates of train rows"), "\(outcome.text)")
    }

    @Test func `names of shards are kept by apply`() throws {
        defer { corpus.remove() }
        try corpus.scan(["hub"])
        let names = [
            "data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet",
            "data/test-00000-of-00001.parquet", "en/part.parquet",
        ]
        let checked = try corpus.applyAndCheck(names, source: corpus.path("hub"))
        #expect(checked.split(separator: "\n").count == 4, "\(checked)")
    }

    @Test(arguments: [
        "--- \n", "---\nconfigs: [\n---\n", "---\nconfigs: 5\n---\n",
        "---\nconfigs:\n- data_files: {a: [1, {}]}\n---\n",
        "---\nconfigs:\n- config_name: &a x\n  data_files: [*a, *a]\n---\n", "no header", "",
    ])
    func `a card that says nothing is passed over`(text: String) throws {
        defer { corpus.remove() }
        try Data(text.utf8).write(to: URL(fileURLWithPath: corpus.path("hub/README.md")))
        let outcome = try corpus.scan(["hub"])
        #expect(outcome.status == 0, "\(outcome.both)")
        #expect(try slices()["split=test"] == [30, 0])
    }
}
