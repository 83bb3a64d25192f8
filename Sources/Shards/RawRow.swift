/// Where a row lies in its batch and in its shard; without line end, carriage return and byte order mark.
package struct RawRow: Sendable, Equatable {
    /// Of the row's first byte in the batch.
    package let offset: Int
    /// In bytes.
    package let length: Int
    /// The 0-based position in the shard; blank lines are not counted, quarantined rows are.
    package let ordinal: Int
    /// Of the row's first byte in the decompressed shard.
    package let byteOffset: UInt64
}
