/// What a finished output file holds.
package struct WrittenShard: Sendable, Equatable {
    package let rowCount: Int
    /// Of the file, as it lies on the disk.
    package let byteCount: UInt64
    /// Of the file's bytes, in hex.
    package let sha256: String
}
