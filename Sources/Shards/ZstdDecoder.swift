import CZstd

/// The text of a zstd file (RFC 8878): many frames, skippable ones between them, content checksums checked.
///
/// The file must end where the decoder says that a frame is complete; otherwise it is truncated. A streaming
/// decoder alone would pass a cut file in silence.
final class ZstdDecoder: ByteDecoder {
    private let input: CompressedInput
    private let context: OpaquePointer
    /// What the decoder returned last: 0 says that a frame is complete and flushed.
    private var hint = 1
    private(set) var isFinished = false
    private var frameCount = 0
    var notes: [String] { [] }

    /// - Throws: `ShardError` where libzstd gets no memory.
    init(_ file: any ByteSource, shard: String, limits: ReadLimits) throws {
        input = CompressedInput(file, shard: shard, limits: limits)
        guard let context = ZSTD_createDCtx() else {
            throw ShardError(.unreadable, "libzstd got no memory; free some and run again", shard: shard)
        }
        self.context = context
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Int32(clamping: limits.maxWindowLog))
    }

    deinit { ZSTD_freeDCtx(context) }

    func step(into output: UnsafeMutableRawBufferPointer) throws -> Int {
        try input.refill()
        if input.isDrained, hint == 0 {
            isFinished = true
            return 0
        }
        var source = ZSTD_inBuffer(src: input.buffer.baseAddress, size: input.count, pos: input.used)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(context, &target, &source)
        let isStuck = target.pos == 0 && source.pos == input.used
        input.used = source.pos
        if ZSTD_isError(result) != 0 { throw refusal(ZSTD_getErrorCode(result)) }
        if isStuck, input.isAtEnd { throw input.truncated("zstd") }
        hint = result
        if result == 0 { frameCount += 1 }
        try input.produced(target.pos)
        return target.pos
    }

    private func refusal(_ code: ZSTD_ErrorCode) -> ShardError {
        let cause = String(cString: ZSTD_getErrorString(code))
        if code == ZSTD_error_frameParameter_windowTooLarge {
            return input.error(
                .windowTooLarge,
                "the zstd frame at byte \(input.offset) of the file asks for a larger window than"
                    + " 2^\(input.limits.maxWindowLog) bytes; raise --max-window-log if you have the memory",
                cause: cause)
        }
        if code == ZSTD_error_prefix_unknown, frameCount > 0 {
            return input.error(
                .trailingBytes,
                "other bytes follow the zstd data at byte \(input.offset) of the file;"
                    + " cut them off if they do not belong there, or copy the file again",
                cause: cause)
        }
        return input.error(
            .corruptContainer,
            "the zstd data is corrupt near byte \(input.offset) of the file (\(cause)); copy it again from its source",
            cause: cause)
    }
}
