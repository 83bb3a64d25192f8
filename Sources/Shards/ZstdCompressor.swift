import CZstd

/// One zstd frame at level 3 with a checksum and one thread, so that its bytes depend on the text alone.
final class ZstdCompressor: ByteCompressor {
    private let context: OpaquePointer
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 64)
    private let shard: String

    /// - Throws: `ShardError` of code `unwritable` where libzstd gets no memory.
    init(shard: String) throws {
        self.shard = shard
        guard let context = ZSTD_createCCtx() else {
            output.deallocate()
            throw ShardError(.unwritable, "libzstd got no memory; free some and run again", shard: shard)
        }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit {
        ZSTD_freeCCtx(context)
        output.deallocate()
    }

    func append(_ bytes: UnsafeRawBufferPointer, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        try run(bytes, mode: ZSTD_e_continue, to: sink)
    }

    func finish(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        try run(UnsafeRawBufferPointer(start: nil, count: 0), mode: ZSTD_e_end, to: sink)
    }

    private func run(
        _ bytes: UnsafeRawBufferPointer, mode: ZSTD_EndDirective,
        to sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        while true {
            var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let remaining = ZSTD_compressStream2(context, &target, &source, mode)
            guard ZSTD_isError(remaining) == 0 else {
                let cause = String(cString: ZSTD_getErrorName(remaining))
                throw ShardError(
                    .unwritable, "libzstd refused to compress: \(cause); run again", shard: shard,
                    cause: cause)
            }
            if target.pos > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<target.pos])) }
            if mode == ZSTD_e_end ? remaining == 0 : source.pos == source.size { return }
        }
    }
}
