/// A row that is set aside, with what is needed to find and repair it.
package struct QuarantinedRow: Sendable, Equatable {
    /// Bytes that are kept of a row over the cap.
    package static let keptBytes = 64 << 10

    package let ordinal: Int
    /// Of the row's first byte in the decompressed shard.
    package let byteOffset: UInt64
    package let code: QuarantineCode
    /// What is wrong; never text of the row.
    package let message: String
    /// The row's bytes: all of them, but of a row over the cap the first `keptBytes`.
    package let raw: [UInt8]
    /// Bytes of the whole row.
    package let rawLength: UInt64

    package init(
        ordinal: Int, byteOffset: UInt64, code: QuarantineCode, message: String, raw: [UInt8],
        rawLength: UInt64
    ) {
        self.ordinal = ordinal
        self.byteOffset = byteOffset
        self.code = code
        self.message = message
        self.raw = raw
        self.rawLength = rawLength
    }
}
