import Dispatch
import Synchronization

/// Writes lines as `.jsonl.zst` in independent zstd frames, so that any line can be read by its position.
///
/// A frame holds whole lines, at most 256 KiB of content; a longer line is a frame of its own. Frames are
/// compressed on a concurrent Dispatch queue and written in order; the file's bytes do not depend on the number
/// of threads. At most two frames a thread wait in memory. The file appears at `finish()`, whole, under its own
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
    private let queue: DispatchQueue?
    private let window: Int
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
    ///   - threadCount: frames compressed at a time; with 1 the caller's thread compresses.
    /// - Throws: `FindingsError.Code.fileSystem`.
    package convenience init(path: String, mode: UInt32 = 0o600, threadCount: Int) throws {
        self.init(file: try OutputFile(path: path, mode: mode), threadCount: threadCount)
    }

    init(file: OutputFile, threadCount: Int) {
        self.file = file
        queue = threadCount > 1 ? DispatchQueue(label: "assay.frames", attributes: .concurrent) : nil
        window = 2 * max(1, threadCount)
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
        if let queue {
            let compressor = compressor
            queue.async { frame.compressIfUnclaimed(with: compressor) }
        }
        while pending.count > (queue == nil ? 0 : window) || pendingByteCount > Self.pendingByteLimit {
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
