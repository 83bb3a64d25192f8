import Foundation
import TestSupport
import Testing

/// Every hostile Parquet file gives the outcome of its list, in a process of its own, within time and memory.
/// Empty where the files are not at hand, which a printed line says; `MadeParquetTests` makes its own.
@Suite(.enabled(if: ParquetTools.areReady)) struct HostileParquetTests {
    /// Files that unpack to much: they may take 60 s, any other 10.
    static let large = [
        "alpha_bomb_300M_cell.parquet", "alpha_rle_3M_rows.parquet", "large_string_map.brotli.parquet",
    ]

    static let peakBytes = 512 << 20

    /// A scan in a process of its own.
    struct Scan {
        var outcome: CommandRunner.Outcome
        var rows = 0
        var quarantined = 0
        var complete = false
        var peakBytes = 0

        init(_ file: URL, seconds: Int) throws {
            let folder = try Fixture.scratchFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let run = folder.appendingPathComponent("run")
            // A hang ends with 124, and with its signal a crash.
            outcome = try CommandRunner.tool(
                "timeout",
                [
                    "-k", "2", "\(seconds)", try CommandRunner.binary().path, "dedup", file.path, "--format",
                    "parquet",
                ]
                    + ["--out", run.path, "--quiet", "--threads", "1"])
            func object(_ name: String) throws -> [String: Any] {
                let data = try Data(contentsOf: run.appendingPathComponent(name))
                return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
            }
            guard [0, 1, 3].contains(outcome.status) else { return }
            let summary = try object("summary.json")
            let counts = summary["rows"] as? [String: Any]
            rows = counts?["in"] as? Int ?? -1
            quarantined = counts?["quarantined"] as? Int ?? -1
            complete = summary["complete"] as? Bool ?? false
            peakBytes = try object("run.log.json")["peakMemory"] as? Int ?? .max
        }
    }

    @Test(
        arguments: HostileList.entries(
            of: "parquet-bad", "parquet-odd", "parquet-fuzz", "parquet-encoding-fuzz", "parquet-made"))
    func `a file gives its outcome`(entry: HostileList.Entry) throws {
        let scan = try Scan(entry.url, seconds: Self.large.contains(entry.name) ? 60 : 10)
        #expect([0, 3].contains(scan.outcome.status), "\(scan.outcome.status): \(scan.outcome.both)")
        #expect(scan.peakBytes < Self.peakBytes)
        switch entry.expected {
        case let expected where expected.hasPrefix("accept"):
            #expect(scan.outcome.status == 0, "\(scan.outcome.both)")
            if let count = entry.acceptedRows { #expect(scan.rows == count) }
        case let expected where expected.hasPrefix("reject"):
            #expect(scan.outcome.status == 3)
            #expect(!scan.complete)
            // A clear line that names the shard.
            #expect(scan.outcome.text.contains("\(entry.name): "), "\(scan.outcome.text)")
            if expected.contains("encrypted") { #expect(scan.outcome.text.contains("encrypted")) }
        case let expected where expected.hasPrefix("rows 0 and 3 quarantined"):
            #expect(scan.rows == 4)
            #expect(scan.quarantined == 2)
        case let expected where expected.hasPrefix("cell over the row limit"):
            #expect(scan.complete)
            #expect(scan.quarantined == 1)
        default: #expect(entry.expected.hasPrefix("either"))
        }
    }
}
