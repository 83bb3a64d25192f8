import CZlib

/// One gzip member at level 6 without a name and with time 0, so that its bytes depend on the text alone.
final class GzipCompressor: ByteCompressor {
    private let stream: UnsafeMutablePointer<z_stream>
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
    private let shard: String

    /// - Throws: `ShardError` of code `unwritable` where zlib gets no memory.
    init(shard: String) throws {
        self.shard = shard
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 + 16: the largest window, a gzip header; 8 is zlib's default memory level (zlib.h).
        let result = deflateInit2_(
            stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else { throw failure }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    func append(_ bytes: UnsafeRawBufferPointer, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        var rest = bytes
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            try run(piece, flush: Z_NO_FLUSH, to: sink)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
        }
    }

    func finish(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        try run(UnsafeRawBufferPointer(start: nil, count: 0), flush: Z_FINISH, to: sink)
    }

    private func run(
        _ bytes: UnsafeRawBufferPointer, flush: Int32, to sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        stream.pointee.next_in = bytes.baseAddress.map {
            UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: Bytef.self))
        }
        stream.pointee.avail_in = uInt(bytes.count)
        while true {
            stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_out = uInt(output.count)
            let result = deflate(stream, flush)
            guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { throw failure }
            let count = output.count - Int(stream.pointee.avail_out)
            if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<count])) }
            let isDone = flush == Z_FINISH ? result == Z_STREAM_END : stream.pointee.avail_out > 0
            if isDone { return }
        }
    }

    private var failure: ShardError {
        ShardError(.unwritable, "zlib refused to compress; free memory and run again", shard: shard)
    }
}
