import Crypto
import Glibc

/// Size and SHA-256 of a file or of bytes.
package struct FileDigest: Sendable, Equatable, Codable {
    package let bytes: Int
    /// 64 lower-case hexadecimal digits.
    package let sha256: String

    package init(bytes: Int, sha256: String) {
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// The digest of bytes in memory.
    ///
    /// - Complexity: O(bytes).
    package init(of content: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: content)
        self.init(bytes: content.count, sha256: OutputFile.hexadecimal(hash.finalize()))
    }

    /// Reads a file once, a MiB at a time.
    ///
    /// - Throws: `FindingsError.Code.fileSystem`.
    /// - Complexity: O(bytes of the file).
    package init(ofFile path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FindingsError.system("cannot open the file", place: path) }
        defer { close(descriptor) }
        var hash = SHA256()
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try buffer.withUnsafeMutableBytes { buffer in
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0 && errno != EINTR {
                    throw FindingsError.system("cannot read the file", place: path)
                }
                if count > 0 {
                    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                }
                return count
            }
            if count == 0 { break }
            total += max(0, count)
        }
        self.init(bytes: total, sha256: OutputFile.hexadecimal(hash.finalize()))
    }
}
