/// The buffered bytes of a compressed file, and the checks that gzip and zstd share.
final class CompressedInput {
    let file: any ByteSource
    let shard: String
    let limits: ReadLimits
    let buffer: UnsafeMutableRawBufferPointer
    /// Bytes in the buffer, and how many of them are used up.
    private(set) var count = 0
    var used = 0
    private(set) var isAtEnd = false
    /// Bytes used up before those in the buffer.
    private var usedBefore: UInt64 = 0
    private(set) var producedBytes: UInt64 = 0

    init(_ file: any ByteSource, shard: String, limits: ReadLimits) {
        self.file = file
        self.shard = shard
        self.limits = limits
        buffer = .allocate(byteCount: 128 << 10, alignment: 64)
    }

    deinit { buffer.deallocate() }

    /// Bytes of the file that the decoder has used up.
    var offset: UInt64 { usedBefore + UInt64(used) }

    var isDrained: Bool { used == count }

    /// Reads more where the buffer is drained and the file has not ended.
    func refill() throws {
        guard isDrained, !isAtEnd else { return }
        usedBefore += UInt64(count)
        used = 0
        count = 0
        count = try file.read(into: buffer)
        isAtEnd = count == 0
    }

    /// Counts decompressed bytes.
    ///
    /// - Throws: `ShardError` of code `ratioTooHigh`.
    func produced(_ bytes: Int) throws {
        producedBytes += UInt64(bytes)
        guard limits.maxRatio > 0, producedBytes > limits.ratioFloorBytes else { return }
        let (allowed, overflow) = offset.multipliedReportingOverflow(by: UInt64(limits.maxRatio))
        guard !overflow, producedBytes > allowed else { return }
        throw ShardError(
            .ratioTooHigh,
            "unpacks to more than \(limits.maxRatio) bytes for each of its own at byte \(offset) of the file;"
                + " if the data is meant to be so repetitive, raise --max-ratio",
            shard: shard, byteOffset: offset)
    }

    /// An error at the present place of the file.
    func error(_ code: ShardError.Code, _ message: String, cause: String? = nil) -> ShardError {
        ShardError(code, message, shard: shard, byteOffset: offset, cause: cause)
    }

    /// The file ends where more must follow.
    func truncated(_ unit: String) -> ShardError {
        if offset == 0 {
            return error(
                .truncatedContainer,
                "the file is named as \(unit) but holds no byte; copy it again from its source")
        }
        return error(
            .truncatedContainer,
            "the \(unit) data breaks off at byte \(offset) of the file; copy it again from its source")
    }
}
