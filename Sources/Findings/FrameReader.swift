import CZstd
import Glibc

/// Reads `.jsonl.zst` files: line by line, or one line by its position. One reader at a time.
package final class FrameReader {
    private let path: String
    private let descriptor: Int32
    private let context: OpaquePointer
    private var input = [UInt8](repeating: 0, count: 128 << 10)
    private var inputRange = 0..<0
    private var fileOffset = 0
    /// Decoded content not yet handed out: `content[contentStart...]`.
    private var content: [UInt8] = []
    private var contentStart = 0
    private var isBetweenFrames = true
    private var isAtEnd = false
    private var cachedFrame: (compressedOffset: Int, content: [UInt8])?

    /// - Throws: `FindingsError.Code.fileSystem`, `library`.
    package init(path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FindingsError.system("cannot open the file", place: path) }
        guard let context = ZSTD_createDCtx() else {
            close(descriptor)
            throw FindingsError(.library, "zstd found no memory for reading", place: path)
        }
        // A row's line may be far longer than a frame; zstd allocates a window only as large as a frame states.
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 30)
        self.context = context
    }

    deinit {
        ZSTD_freeDCtx(context)
        close(descriptor)
    }

    /// Calls `body` with each line that is left, without its line break; the bytes are borrowed.
    ///
    /// - Throws: as `nextLine(_:)`, and what `body` throws.
    package func forEachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        while try nextLine(body) != nil {}
    }

    /// Calls `body` with the next line, without its line break; the bytes are borrowed.
    ///
    /// - Returns: what `body` returns; `nil` at the end of the file.
    /// - Throws: `damaged` for a frame that is corrupt or cut off or a last line without an end, `fileSystem`,
    ///   and what `body` throws.
    package func nextLine<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result? {
        var searched = contentStart
        while true {
            if let end = firstLineBreak(from: searched) {
                let range = contentStart..<end
                contentStart = end + 1
                return try content.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
            }
            if isAtEnd {
                if contentStart < content.count { throw damaged("the last line has no end") }
                return nil
            }
            content.removeFirst(contentStart)
            contentStart = 0
            searched = content.count
            try decodeMore()
        }
    }

    /// Calls `body` with the line at a position; the place of the sequential reading is not moved.
    ///
    /// - Parameters:
    ///   - compressedOffset: bytes of the file before the frame.
    ///   - offset: bytes of content before the line in its frame.
    /// - Throws: `damaged` for an offset that is no line's or a frame that is corrupt, `fileSystem`, and what
    ///   `body` throws.
    /// - Complexity: O(frame); the frame read last is kept.
    package func line<Result>(
        atFrame compressedOffset: Int, offset: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        if cachedFrame?.compressedOffset != compressedOffset {
            cachedFrame = (compressedOffset, try decodeFrame(at: compressedOffset))
        }
        guard let frame = cachedFrame?.content, offset >= 0, offset < frame.count,
            offset == 0 || frame[offset - 1] == UInt8(ascii: "\n"),
            let end = frame[offset...].firstIndex(of: UInt8(ascii: "\n"))
        else { throw damaged("no line begins at offset \(offset) of the frame at \(compressedOffset)") }
        return try frame.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[offset..<end])) }
    }

    // MARK: Sequential reading

    private func firstLineBreak(from start: Int) -> Int? {
        content.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, 0x0a, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private func decodeMore() throws {
        if inputRange.isEmpty {
            inputRange = 0..<(try readFile(at: fileOffset))
            fileOffset += inputRange.count
            if inputRange.isEmpty {
                guard isBetweenFrames else { throw damaged("the file is cut off") }
                isAtEnd = true
                return
            }
        }
        let (taken, hint) = try decode(inputRange, into: &content)
        inputRange = inputRange.lowerBound + taken..<inputRange.upperBound
        isBetweenFrames = hint == 0
    }

    // MARK: Random access

    private func decodeFrame(at compressedOffset: Int) throws -> [UInt8] {
        // The sequential reading's decoder and buffer are set aside.
        let reader = try FrameReader(path: path)
        reader.fileOffset = compressedOffset
        var frame: [UInt8] = []
        while true {
            let count = try reader.readFile(at: reader.fileOffset)
            guard count > 0 else { throw damaged("the file is cut off") }
            reader.fileOffset += count
            var range = 0..<count
            while !range.isEmpty {
                let (taken, hint) = try reader.decode(range, into: &frame)
                if hint == 0 { return frame }
                range = range.lowerBound + taken..<count
            }
        }
    }

    // MARK: Parts

    /// Decodes some input and appends what comes out.
    ///
    /// - Returns: bytes of input taken; what zstd expects next, 0 at the end of a frame.
    private func decode(_ range: Range<Int>, into output: inout [UInt8]) throws -> (taken: Int, hint: Int) {
        var taken = 0
        var hint = 0
        let piece = [UInt8](unsafeUninitializedCapacity: ZSTD_DStreamOutSize()) { buffer, count in
            input.withUnsafeBytes { bytes in
                var source = ZSTD_inBuffer(
                    src: bytes.baseAddress.map { $0 + range.lowerBound }, size: range.count, pos: 0)
                var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                hint = ZSTD_decompressStream(context, &target, &source)
                taken = source.pos
                count = ZSTD_isError(hint) == 0 ? target.pos : 0
            }
        }
        guard ZSTD_isError(hint) == 0 else {
            throw damaged("a frame is corrupt", cause: String(cString: ZSTD_getErrorName(hint)))
        }
        output.append(contentsOf: piece)
        return (taken, hint)
    }

    private func readFile(at offset: Int) throws -> Int {
        while true {
            let count = input.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            if count >= 0 { return count }
            if errno != EINTR { throw FindingsError.system("cannot read the file", place: path) }
        }
    }

    private func damaged(_ message: String, cause: String? = nil) -> FindingsError {
        FindingsError(.damaged, message + "; scan the corpus again", place: path, cause: cause)
    }
}
