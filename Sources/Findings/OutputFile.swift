import Crypto
import Glibc

/// A file that appears whole or not at all: written under a temporary name beside its own, synced, renamed.
///
/// Its size and SHA-256 are computed while it is written. One writer at a time. Removed if it is dropped before
/// `finish()`.
package final class OutputFile {
    package let path: String
    private let temporaryPath: String
    private var descriptor: Int32
    private var sha256 = SHA256()
    private(set) var byteCount = 0

    /// Creates the temporary file beside `path`.
    ///
    /// - Parameter mode: rights before the process's mask; 0o600 for files with raw text.
    /// - Throws: `FindingsError.Code.fileSystem`.
    init(path: String, mode: mode_t) throws {
        self.path = path
        temporaryPath = path + ".tmp"
        unlink(temporaryPath)
        descriptor = open(temporaryPath, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw FindingsError.system("cannot create the file", place: path) }
    }

    /// Writes a whole file; one that is there is replaced.
    ///
    /// - Throws: `FindingsError.Code.fileSystem`.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws {
        let file = try OutputFile(path: path, mode: mode)
        try bytes.withUnsafeBytes { try file.write($0) }
        _ = try file.finish()
    }

    /// Takes over an open descriptor; for tests of full devices.
    init(path: String, descriptor: Int32) {
        self.path = path
        temporaryPath = path + ".tmp"
        self.descriptor = descriptor
    }

    deinit { cancel() }

    /// Writes all bytes.
    ///
    /// - Throws: `closed`, or `fileSystem` (full disk, file size limit).
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard descriptor >= 0 else { throw FindingsError(.closed, "the file is closed", place: path) }
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw FindingsError.system("cannot write", place: path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        sha256.update(bufferPointer: bytes)
        byteCount += bytes.count
    }

    /// Syncs, closes and renames the file into place.
    ///
    /// - Throws: `closed` or `fileSystem`; the temporary file is removed then.
    func finish() throws -> FileDigest {
        guard descriptor >= 0 else { throw FindingsError(.closed, "the file is closed", place: path) }
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            let error = FindingsError.system("cannot sync", place: path)
            cancel()
            throw error
        }
        let closing = close(descriptor)
        descriptor = -1
        guard closing == 0, rename(temporaryPath, path) == 0 else {
            let error = FindingsError.system("cannot put the file in place", place: path)
            unlink(temporaryPath)
            throw error
        }
        return FileDigest(bytes: byteCount, sha256: Self.hexadecimal(sha256.finalize()))
    }

    /// Closes and removes the temporary file; nothing after `finish()`.
    func cancel() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(temporaryPath)
    }

    static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
