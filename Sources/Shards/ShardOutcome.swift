/// What reading a shard came to, so far or in all.
package struct ShardOutcome: Sendable, Equatable {
    package init() {}

    /// Rows met, those quarantined by the reader included.
    package var rowCount = 0
    /// Lines of white space alone, which are no rows.
    package var blankLineCount = 0
    /// Bytes of the file that were read; where reading ended early, how far it had run ahead depends on the
    /// size of a batch, here and below.
    package var bytesRead: UInt64 = 0
    /// Bytes that came of them.
    package var decompressedByteCount: UInt64 = 0
    package var layout = RowLayout.lines
    /// What a careful reader should know: a byte order mark dropped, zero padding, a misleading name.
    package var notes: [String] = []
    /// Of the file's bytes, in hex; `nil` until the clean end, empty where it was not asked for.
    package var sha256: String?

    /// XXH3 of the file's bytes; `nil` until the clean end.
    package var contentHash: UInt128?

    /// Whether the shard was read to its clean end.
    package var isComplete: Bool { sha256 != nil }
}
