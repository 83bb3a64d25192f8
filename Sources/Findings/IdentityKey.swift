import Crypto
import Foundation
import Glibc

/// The secret that identities are written under, as HMAC-SHA256.
///
/// The key is the file's bytes without line breaks at its end, so that
/// `printf %s IDENTITY | openssl dgst -sha256 -hmac "$(cat FILE)"` gives the same.
package struct IdentityKey: Sendable {
    /// A shorter key is guessed from the identities themselves.
    package static let leastBytes = 16

    private let key: SymmetricKey

    /// - Throws: `fileSystem`; `wrongUse` for a key that is too short, and for a file that others than its owner may
    ///   read.
    package init(path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, let data = FileManager.default.contents(atPath: path) else {
            throw FindingsError(.fileSystem, "the key file cannot be read; check the path", place: path)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw FindingsError(
                .wrongUse, "others than you may read the key file; take that away: chmod 600 FILE",
                place: path)
        }
        var bytes = Array(data)
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        guard bytes.count >= Self.leastBytes else {
            throw FindingsError(
                .wrongUse,
                "the key has \(bytes.count) bytes, at least \(Self.leastBytes) are needed; make one: "
                    + "openssl rand -hex 32 > FILE", place: path)
        }
        key = SymmetricKey(data: bytes)
    }

    /// 64 lower-case hexadecimal digits.
    package func code(of identity: [UInt8]) -> String {
        OutputFile.hexadecimal(HMAC<SHA256>.authenticationCode(for: identity, using: key))
    }
}
