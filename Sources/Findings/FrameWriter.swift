import Synchronization

/// Writes lines as `.jsonl.zst` in independent zstd frames, so that any line can be read by its position.
///
/// A frame holds whole lines, at most 256 KiB of content; a longer line is a frame of its own. Frames are
/// compressed by the threads that a queue has, else by the caller's, and written in order; the file's bytes do not
/// depend on that. At most two frames a thread wait in memory. The file appears at `finish()`, whole, under its own
/// name.
///
/// `lock` guards all state, so lines may come from any thread, one at a time.
package final class FrameWriter: @unchecked Sendable {
    /// The largest content of a frame of several lines, in bytes (the contract of the run's folder).
    package static let frameByteLimit = 256 << 10

    /// zstd's level. Chosen: on 508 MB of chat rows in such frames level 3 gives 7 % fewer bytes for 15 % more CPU
    /// time, and on a plan's lines 24 % more bytes for 70 % more (libzstd 1.5.4).
    static let level: Int32 = 1

    /// Bytes of content that may wait for compression besides the frame count's bound: long lines.
    private static let pendingByteLimit = 16 << 20

    private let lock = Mutex<Void>(())
    private let file: OutputFile
    private let compressor = FrameCompressor(level: level)
    private let queue: FrameQueue?
    private var content: [UInt8] = []
    private var pending: [PendingFrame] = []
    private var pendingByteCount = 0
    private var frames: [FrameEntry] = []
    private var frameNumber: Int32 = 0
    private var lineCount = 0
    private var frameFirstLine = 0
    private var isOpen = true

    /// - Parameters:
    ///   - path: the final name; the folder must exist.
    ///   - mode: rights of the file; 0o600 where lines hold raw text.
    ///   - queue: for threads that compress; without one the caller's does.
    /// - Throws: `FindingsError.Code.fileSystem`.
    package convenience init(path: String, mode: UInt32 = 0o600, queue: FrameQueue? = nil) throws {
        self.init(file: try OutputFile(path: path, mode: mode), queue: queue)
    }

    init(file: OutputFile, queue: FrameQueue? = nil) {
        self.file = file
        self.queue = queue
    }

    /// Appends one line; the line break is the writer's.
    ///
    /// - Parameter line: bytes without a line break.
    /// - Returns: where the line begins.
    /// - Throws: `closed`, `fileSystem`, `library`; after an error the file is given up.
    @discardableResult
    package func append(_ line: UnsafeRawBufferPointer) throws -> FramePosition {
        try lock.withLock { _ in
            guard isOpen else { throw FindingsError(.closed, "the file is closed", place: file.path) }
            if !content.isEmpty && content.count + line.count + 1 > Self.frameByteLimit { try cutFrame() }
            let position = FramePosition(frame: frameNumber, offset: Int32(truncatingIfNeeded: content.count))
            content.append(contentsOf: line)
            content.append(UInt8(ascii: "\n"))
            lineCount += 1
            return position
        }
    }

    @discardableResult
    package func append(_ line: JSONBytes) throws -> FramePosition {
        try line.withUnsafeBytes { try append($0) }
    }

    /// Writes what is left, syncs the file and gives it its name.
    ///
    /// A file without lines holds one empty frame.
    ///
    /// - Throws: as `append(_:)`; the temporary file is removed then.
    package func finish() throws -> FramedFile {
        try lock.withLock { _ in
            guard isOpen else { throw FindingsError(.closed, "the file is closed", place: file.path) }
            if !content.isEmpty || lineCount == 0 { try cutFrame() }
            while !pending.isEmpty { try writeOldestFrame() }
            isOpen = false
            return FramedFile(digest: try file.finish(), frames: frames, lineCount: lineCount)
        }
    }

    /// Gives the file up and removes the temporary one; nothing after `finish()`.
    package func cancel() {
        lock.withLock { _ in giveUp() }
    }

    /// Hands the collected lines to compression, and writes what the window has no room for.
    private func cutFrame() throws {
        let frame = PendingFrame(content: content, firstLine: frameFirstLine)
        content = []
        content.reserveCapacity(Self.frameByteLimit)
        frameFirstLine = lineCount
        frameNumber += 1
        pending.append(frame)
        pendingByteCount += frame.contentByteCount
        queue?.add(frame, compressor)
        while pending.count > (queue?.window ?? 0) || pendingByteCount > Self.pendingByteLimit {
            try writeOldestFrame()
        }
    }

    private func writeOldestFrame() throws {
        let frame = pending.removeFirst()
        pendingByteCount -= frame.contentByteCount
        do {
            let compressed = try frame.result(with: compressor)
            frames.append(FrameEntry(compressedOffset: file.byteCount, firstLine: frame.firstLine))
            try compressed.withUnsafeBytes { try file.write($0) }
        } catch {
            giveUp()
            throw error
        }
    }

    private func giveUp() {
        isOpen = false
        content = []
        pending = []
        file.cancel()
    }
}
