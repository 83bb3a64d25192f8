import CText
import Crypto
import Glibc

/// The bytes of one regular file, with their SHA-256 and a fast hash.
final class FileSource: ByteSource {
    let shard: Shard
    private(set) var bytesRead: UInt64 = 0
    private let descriptor: Int32
    private var hash: SHA256?
    private let stream: OpaquePointer?
    var notes: [String] { [] }

    /// Opens the shard's file.
    ///
    /// - Parameter hashes: whether to compute the SHA-256.
    /// - Throws: `ShardError` of code `unreadable`, or `changed` where size, time or file differ from what was
    ///   found at first.
    init(_ shard: Shard, hashes: Bool = true) throws {
        self.shard = shard
        hash = hashes ? SHA256() : nil
        stream = ctext_stream_new()
        // Without O_NONBLOCK, opening a FIFO that took the file's place would wait for a writer.
        descriptor = shard.pathBytes.withCPath { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else {
            let cause = SystemCall.errorText
            throw ShardError(
                .unreadable, "cannot be opened: \(cause); check that it exists and that you may read it",
                shard: shard.name, cause: cause)
        }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        do {
            try checkUnchanged()
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        close(descriptor)
        ctext_stream_free(stream)
    }

    /// XXH3 of the bytes read so far.
    var contentHash: UInt128 {
        let hash = ctext_stream_digest(stream)
        return UInt128(hash.high) << 64 | UInt128(hash.low)
    }

    /// Another descriptor of the open file, for the caller to close.
    ///
    /// - Throws: `ShardError` of code `unreadable`.
    func duplicate() throws -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else {
            let cause = SystemCall.errorText
            throw ShardError(.unreadable, "cannot be opened: \(cause)", shard: shard.name, cause: cause)
        }
        return copy
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = SystemCall.retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
        guard count >= 0 else {
            let cause = SystemCall.errorText
            throw ShardError(
                .unreadable, "cannot be read at byte \(bytesRead) of the file: \(cause); check the disk",
                shard: shard.name, byteOffset: bytesRead, cause: cause)
        }
        if count > 0 {
            ctext_stream_update(stream, buffer.baseAddress, count)
            hash?.update(bufferPointer: UnsafeRawBufferPointer(start: buffer.baseAddress, count: count))
        }
        bytesRead += UInt64(count)
        return count
    }

    /// Holds the open file against what was found at first.
    ///
    /// - Throws: `ShardError` of code `changed`.
    func checkUnchanged() throws {
        guard let status = FileStatus(descriptor: descriptor), status.kind == .file,
            status.byteCount == shard.byteCount, status.modificationTime == shard.modificationTime,
            status.device == shard.device, status.inode == shard.inode
        else { throw changed }
    }

    /// Ends the stream.
    ///
    /// - Parameter expected: the digest that an earlier reading found.
    /// - Returns: the file's SHA-256 in hex; empty where it was not asked for.
    /// - Throws: `ShardError` of code `changed`.
    func finish(expecting expected: String?) throws -> String {
        try checkUnchanged()
        guard bytesRead == shard.byteCount else { throw changed }
        guard let digest = hash?.finalize() else { return "" }
        let hex = digest.hex
        if let expected, expected != hex { throw changed }
        return hex
    }

    private var changed: ShardError {
        ShardError(
            .changed, "the file has changed since this run began; start again when nothing writes to it",
            shard: shard.name)
    }
}

extension SHA256.Digest {
    /// In lower-case hexadecimal digits.
    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
