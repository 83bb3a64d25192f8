import Foundation
import TestSupport
import Testing

/// Files of foreign writers read as their list says. Empty where they are not at hand.
@Suite(.enabled(if: ParquetTools.areReady)) struct ForeignParquetTests {
    /// A line of the list: its file, rows, and whether it reads.
    struct Entry: Sendable, CustomTestStringConvertible {
        let path: String
        let url: URL
        let rows: Int?
        let reads: Bool

        var testDescription: String { path }
    }

    static let folder = Fixture.optionalFolder("data")

    /// Rows of the list's tables whose first cell is a Parquet file.
    static let entries: [Entry] = {
        guard let folder,
            let text = try? String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let path = cells.first, path.hasPrefix("parquet/"), path.hasSuffix(".parquet") else {
                return nil
            }
            let isDerived = path.hasPrefix("parquet/derived/")
            let rows = Int(cells[isDerived ? 1 : 2])
            return Entry(
                path: path, url: folder.appendingPathComponent(path), rows: rows,
                reads: isDerived || cells.contains("reads"))
        }
    }()

    /// Files that pyarrow reads by default and a reader that checks sums must refuse.
    static let corrupt = ["datapage_v1-corrupt-checksum.parquet"]

    @Test(arguments: entries)
    func `a file reads with its rows`(entry: Entry) throws {
        let scan = try HostileParquetTests.Scan(entry.url, seconds: 10)
        #expect([0, 3].contains(scan.outcome.status), "\(scan.outcome.both)")
        #expect(scan.peakBytes < HostileParquetTests.peakBytes)
        guard entry.reads else { return }
        if Self.corrupt.contains(entry.url.lastPathComponent) {
            #expect(scan.outcome.status == 3)
            #expect(scan.outcome.text.contains("CRC"), "\(scan.outcome.text)")
        } else {
            #expect(scan.outcome.status == 0, "\(scan.outcome.both)")
            #expect(scan.rows == entry.rows)
        }
    }

    @Test(
        arguments: (try? FileManager.default.contentsOfDirectory(
            atPath: folder?.appendingPathComponent("parquet/arrow-testing_fuzzing").path ?? "")) ?? [])
    func `a fuzz input reads or fails cleanly`(name: String) throws {
        let folder = try #require(Self.folder)
        let scan = try HostileParquetTests.Scan(
            folder.appendingPathComponent("parquet/arrow-testing_fuzzing/\(name)"), seconds: 10)
        #expect([0, 3].contains(scan.outcome.status), "\(scan.outcome.status): \(scan.outcome.both)")
        #expect(scan.peakBytes < HostileParquetTests.peakBytes)
    }

    /// The JSONL that each group of derived files was written from.
    static let sources = [
        "banking77_train": "support/banking77_train.jsonl.zst",
        "alpaca_zh_demo": "sft/llamafactory_alpaca_zh_demo.jsonl.zst",
        "toolformer_dedupe-only": "sft/gpteacher_toolformer_dedupe-only.jsonl.zst",
        "kto_en_demo_nested": "sft/llamafactory_kto_en_demo.jsonl.zst",
    ]

    @Test(arguments: sources.keys.sorted())
    func `casualties are those of the lines that the files were written from`(group: String) throws {
        guard let folder = Self.folder, let source = Self.sources[group] else { return }
        let scratch = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let run = scratch.appendingPathComponent("run").path
        func casualties(_ url: URL) throws -> [String] {
            let outcome = try CommandRunner.assay(
                ["dedup", url.path, "--out", run, "--force", "--quiet", "--keeper", "first"])
            #expect(outcome.status == 0, "\(outcome.both)")
            let packed = Array(try Data(contentsOf: URL(fileURLWithPath: "\(run)/casualties.jsonl.zst")))
            let text = try CommandRunner.tool("zstd", ["-dqc"], input: packed).text
            return try text.split(separator: "\n").map { line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                let places = ["row", "keeper"].map { object?[$0] as? [String: Any] }
                return places.map { "\($0?["ordinal"] ?? "") \($0?["textId"] ?? "")" }.joined(separator: " ")
                    + " \(object?["kind"] ?? "") \(object?["similarity"] ?? "")"
            }
        }
        let expected = try casualties(folder.appendingPathComponent(source))
        for entry in Self.entries where entry.path.hasPrefix("parquet/derived/\(group).") {
            #expect(try casualties(entry.url) == expected, "\(entry.path)")
        }
    }
}
