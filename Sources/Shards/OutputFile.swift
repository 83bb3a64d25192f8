import Crypto
import Glibc

/// A file that appears whole under its name, or not at all: it is written under a temporary name beside it.
///
/// Not thread-safe.
final class OutputFile {
    private let path: String
    private let temporaryPath: String
    private let shard: String
    private var descriptor: Int32
    private var hash = SHA256()
    private(set) var byteCount: UInt64 = 0

    /// - Throws: `ShardError` of code `unwritable`, also where a file has the temporary name already.
    init(path: String, shard: String) throws {
        self.path = path
        self.shard = shard
        temporaryPath = path + ".tmp"
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure("created") }
    }

    deinit { cancel() }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var written = 0
        while written < bytes.count {
            let count = SystemCall.retrying {
                write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            guard count > 0 else { throw failure("written") }
            written += count
        }
        if !bytes.isEmpty { hash.update(bufferPointer: bytes) }
        byteCount += UInt64(bytes.count)
    }

    /// Forces the bytes to the disk and gives the file its name.
    ///
    /// - Returns: the SHA-256 of its bytes, in hex.
    func finish() throws -> String {
        guard fsync(descriptor) == 0 else { throw failure("forced to the disk") }
        let result = close(descriptor)
        descriptor = -1
        guard result == 0, rename(temporaryPath, path) == 0 else {
            defer { unlink(temporaryPath) }
            throw failure("renamed")
        }
        syncFolder()
        return hash.finalize().hex
    }

    /// Removes the file, unless it was finished.
    func cancel() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(temporaryPath)
    }

    /// Without it, a power cut could take the new name back; a file system that refuses loses nothing else.
    private func syncFolder() {
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? "."
        let opened = open(folder.isEmpty ? "/" : String(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { return }
        fsync(opened)
        close(opened)
    }

    private func failure(_ action: String) -> ShardError {
        let cause = SystemCall.errorText
        return ShardError(
            .unwritable,
            "the output could not be \(action): \(cause); free space there or choose another folder",
            shard: shard, cause: cause)
    }
}
