import CZlib

/// The text of a gzip file (RFC 1952): one member after another, each checksum and length checked by zlib.
///
/// Zero bytes behind the last member are accepted with a note, as gzip(1) does; any other byte is an error.
final class GzipDecoder: ByteDecoder {
    private enum Phase { case member, betweenMembers, padding, finished }

    private let input: CompressedInput
    /// On the heap: zlib's state holds the address of its stream.
    private let stream: UnsafeMutablePointer<z_stream>
    private var phase = Phase.member
    private var memberCount = 0
    private var pending: ShardError?
    private(set) var notes: [String] = []

    /// - Throws: `ShardError` where zlib gets no memory.
    init(_ file: any ByteSource, shard: String, limits: ReadLimits) throws {
        input = CompressedInput(file, shard: shard, limits: limits)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 + 16: the largest window, and a gzip header alone is accepted (zlib.h, inflateInit2).
        let result = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else {
            stream.deallocate()
            throw ShardError(.unreadable, "zlib got no memory; free some and run again", shard: shard)
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var isFinished: Bool { phase == .finished }

    func step(into output: UnsafeMutableRawBufferPointer) throws -> Int {
        if let pending { throw pending }
        switch phase {
        case .member: return try inflateMore(into: output)
        case .betweenMembers: try beginMember()
        case .padding: try skipPadding()
        case .finished: break
        }
        return 0
    }

    /// One step of zlib; moves on to the next phase at a member's end.
    private func inflateMore(into output: UnsafeMutableRawBufferPointer) throws -> Int {
        try input.refill()
        let room = output.count
        let available = input.count - input.used
        stream.pointee.next_in = input.buffer.baseAddress.map {
            ($0 + input.used).assumingMemoryBound(to: Bytef.self)
        }
        stream.pointee.avail_in = uInt(available)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = uInt(room)
        let result = inflate(stream, Z_NO_FLUSH)
        let produced = room - Int(stream.pointee.avail_out)
        input.used += available - Int(stream.pointee.avail_in)
        switch result {
        case Z_STREAM_END:
            memberCount += 1
            phase = .betweenMembers
        case Z_OK: break
        case Z_BUF_ERROR where produced == 0 && input.isAtEnd: throw input.truncated("gzip")
        case Z_BUF_ERROR: break
        default:
            // What came before the damage is handed out first.
            guard produced > 0 else { throw corrupt() }
            pending = corrupt()
        }
        try input.produced(produced)
        return produced
    }

    private func corrupt() -> ShardError {
        let cause = stream.pointee.msg.map { String(cString: $0) } ?? "zlib code"
        if memberCount > 0, cause == "incorrect header check" { return trailing() }
        return input.error(
            .corruptContainer,
            "the gzip data is corrupt at byte \(input.offset) of the file (\(cause)); copy it again from its source",
            cause: cause)
    }

    private func trailing() -> ShardError {
        input.error(
            .trailingBytes,
            "other bytes follow the gzip data at byte \(input.offset) of the file;"
                + " cut them off if they do not belong there, or copy the file again")
    }

    /// Looks at what follows a member: the next one, zero padding, the end, or garbage.
    private func beginMember() throws {
        try input.refill()
        if input.isDrained {
            phase = .finished
            return
        }
        switch input.buffer[input.used] {
        case 0x1F:
            inflateReset(stream)
            phase = .member
        case 0: phase = .padding
        default: throw trailing()
        }
    }

    private func skipPadding() throws {
        let start = input.offset
        while true {
            try input.refill()
            if input.isDrained { break }
            while input.used < input.count {
                guard input.buffer[input.used] == 0 else { throw trailing() }
                input.used += 1
            }
        }
        notes.append("\(input.offset - start) zero bytes behind the gzip data were left out")
        phase = .finished
    }
}
