import Findings
import NearDuplicates

/// What a dedup is expected to take; each constant with the measurement behind it.
struct ScanEstimate {
    var rows: Double
    /// Bytes of the shards when inflated, and those of them that are compared.
    var inflatedBytes: Double
    var comparedBytes: Double
    var threads: Int
    var memoryLimit: Int

    /// Start and end of a run: word lists, the store. 0.25 s on a run of 100 rows.
    static let fixedSeconds = 0.25
    /// Bytes a core reads, inflates and parses a second, both passes together: 135 MB of JSON with little text took
    /// 0.7 s.
    static let readBytesPerSecond = 300e6
    /// Bytes of compared text a second and core at char-5 with all policies: 13 to 20 MB on a busy machine.
    static let comparedBytesPerSecond = 16e6
    /// Share of a second core that adds to the first: 1.8x with two threads.
    static let threadGain = 0.8

    /// Bytes of a run without rows, and of a thread's tables: 45 MB in all for three rows, 16 more for a second thread
    /// on 90 MB.
    static let fixedMemory = 32e6
    static let threadMemory = 16e6
    /// Bytes of the tables of shingles, buckets and terms for a byte of compared text, and at most.
    static let tableShare = 1.3
    static let mostTables = 110e6
    /// Bytes a row in the row table (44) with the tables of the exact layer.
    static let rowMemory = 60.0
    /// Bytes a row in the store of records beside its text, and in that of signatures.
    static let recordBytes = 64.0
    static let signatureBytes = 128.0

    var figures: LookFigures.Estimate {
        var estimate = LookFigures.Estimate()
        let work = inflatedBytes / Self.readBytesPerSecond + comparedBytes / Self.comparedBytesPerSecond
        let cores = 1 + Self.threadGain * Double(threads - 1)
        let records = comparedBytes + rows * Self.recordBytes
        let signatures = rows * Self.signatureBytes
        // What the row table keeps of these before they go to scratch.
        let heldRecords = min(records, Double(memoryLimit) / Double(RowTable.recordShare))
        let heldSignatures = min(signatures, Double(memoryLimit) / 24)
        estimate.rows = Self.whole(rows)
        estimate.inflatedBytes = Self.whole(inflatedBytes)
        estimate.comparedBytes = Self.whole(comparedBytes)
        estimate.seconds = Self.fixedSeconds + work / cores
        estimate.threads = threads
        estimate.memoryBytes = Self.whole(
            Self.fixedMemory + Self.threadMemory * Double(threads) + rows * Self.rowMemory + heldRecords
                + heldSignatures + min(Self.mostTables, comparedBytes * Self.tableShare))
        estimate.scratchBytes = Self.whole(records - heldRecords + signatures - heldSignatures)
        return estimate
    }

    private static func whole(_ value: Double) -> Int { value < 1e18 ? Int(value.rounded()) : .max }
}
