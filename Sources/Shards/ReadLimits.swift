/// The caps on what reading a shard may cost; each is named by its flag in the message of what it refuses.
package struct ReadLimits: Sendable, Equatable {
    /// Bytes of one row, without its line end (`--max-row-bytes`). A longer row is quarantined and skipped in
    /// a stream, so that it costs no memory. 16 MiB is chosen: a parser's tape takes up to 14 bytes a byte.
    package var maxRowBytes: Int
    /// Nesting of arrays and objects in one row (`--max-nesting`). 1,024 is simdjson's own default.
    /// An empty array or object at the bottom does not count.
    package var maxNesting: Int
    /// Base-2 logarithm of the window that a zstd frame may ask for (`--max-window-log`). 27 (128 MiB) is the
    /// default of the zstd command, `ZSTD_WINDOWLOG_LIMIT_DEFAULT` in zstd.h.
    package var maxWindowLog: Int
    /// Decompressed bytes for each compressed byte (`--max-ratio`); 0 sets no limit. It is looked at above
    /// `ratioFloorBytes` only. gzip cannot pass 1,032 (RFC 1951: 258 bytes from two bits), zstd can reach
    /// 32,768 (a block of 128 KiB from four bytes); real text stays below 100.
    package var maxRatio: Int
    /// Decompressed bytes below which no ratio is refused: rows are streamed, so that a small bomb costs
    /// time alone. 2 GiB is chosen: some seconds of inflating.
    package var ratioFloorBytes: UInt64

    package init(
        maxRowBytes: Int = 16 << 20, maxNesting: Int = 1024, maxWindowLog: Int = 27, maxRatio: Int = 2000,
        ratioFloorBytes: UInt64 = 2 << 30
    ) {
        self.maxRowBytes = maxRowBytes
        self.maxNesting = maxNesting
        self.maxWindowLog = maxWindowLog
        self.maxRatio = maxRatio
        self.ratioFloorBytes = ratioFloorBytes
    }

    /// What is wrong with the limits, as a message that names the flag; `nil` where they can be used.
    package var problem: String? {
        if maxRowBytes < 1 || maxRowBytes > 128 << 20 {
            return "--max-row-bytes must lie between 1 and 134217728 (128 MiB)"
        }
        if maxNesting < 1 || maxNesting > 4096 { return "--max-nesting must lie between 1 and 4096" }
        if maxWindowLog < 10 || maxWindowLog > 31 { return "--max-window-log must lie between 10 and 31" }
        if maxRatio < 0 { return "--max-ratio must be 0 (no limit) or a positive whole number" }
        return nil
    }
}
