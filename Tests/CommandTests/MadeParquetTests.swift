import Foundation
import TestSupport
import Testing

/// Parquet files that cost more than they seem to, or whose footer lies, made by `make_hostile.py`.
@Suite(.enabled(if: ParquetTools.areReady)) struct MadeParquetTests {
    /// One file and what comes of it.
    struct Case: Sendable, CustomStringConvertible {
        var name: String
        var rows = 0
        var quarantined = 0
        /// Part of the shard's error; `nil` where the file is read to its end.
        var error: String?
        /// For the whole process. A scan of nothing takes up to 85 MB, in a debug build.
        var peakBytes = 160 << 20

        var description: String { name }
    }

    static let cases = [
        Case(name: "latin", rows: 60_000, quarantined: 60_000, peakBytes: 192 << 20),
        Case(name: "columns20000", rows: 3, peakBytes: 384 << 20),
        Case(name: "wide", error: "it describes 900001 schema elements, 0 row groups"),
        Case(name: "groups", error: "it describes 2 schema elements, 2000000 row groups"),
        Case(
            name: "chunks",
            error: "columns times row groups, are read; write the file again with fewer columns"),
        Case(name: "disguised", error: "the footer's lists contradict the format"),
        Case(name: "nothing", error: "the Parquet file has rows but no column"),
        Case(name: "claims1000", rows: 1000),
        Case(
            name: "nogroups", error: "the footer says 1000 rows, its row groups hold 0; copy the file again"),
        Case(
            name: "claims3000", rows: 1000, error: "the footer says 3000 rows, its row groups hold 1000; copy"
        ),
        Case(
            name: "claims500", rows: 1000, error: "the footer says 500 rows, its row groups hold 1000; copy"),
    ]

    private static let folder = Result {
        let folder = try Fixture.scratchFolder()
        try ParquetTools.run("make_hostile.py", [folder.path])
        atexit { MadeParquetTests.remove() }
        return folder
    }

    private static func remove() {
        if let folder = try? folder.get() { try? FileManager.default.removeItem(at: folder) }
    }

    @Test(arguments: cases) func `a made file gives its outcome within its memory`(file: Case) throws {
        let url = try Self.folder.get().appendingPathComponent("\(file.name).parquet")
        let scan = try HostileParquetTests.Scan(url, seconds: 120)
        #expect(scan.rows == file.rows)
        #expect(scan.quarantined == file.quarantined)
        #expect(scan.complete == (file.error == nil))
        #expect(scan.peakBytes < file.peakBytes)
        guard let error = file.error else { return }
        #expect(scan.outcome.status == 3, "\(scan.outcome.both)")
        #expect(scan.outcome.text.contains(error), "\(scan.outcome.text)")
    }
}
