import Glibc

/// The first bytes of a file, enough for its magic number.
struct FileHead {
    let bytes: [UInt8]

    /// - Throws: `ShardError` of code `unreadable`.
    init(_ path: [UInt8]) throws {
        // Without O_NONBLOCK, opening a FIFO that took the file's place would wait for a writer.
        let descriptor = path.withCPath { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        defer { if descriptor >= 0 { close(descriptor) } }
        var head = [UInt8](repeating: 0, count: 64)
        let count =
            descriptor < 0
            ? -1
            : head.withUnsafeMutableBytes { buffer in
                SystemCall.retrying { read(descriptor, buffer.baseAddress, buffer.count) }
            }
        guard count >= 0 else {
            let cause = SystemCall.errorText
            throw ShardError(
                .unreadable, "cannot be read: \(cause); check that you may read it",
                shard: Shard.text(of: path),
                cause: cause)
        }
        bytes = Array(head.prefix(count))
    }
}
