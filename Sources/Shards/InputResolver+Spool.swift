import Glibc

extension InputResolver {
    /// Copies standard input into scratch, since it is read more than once.
    mutating func spool(_ descriptor: Int32, below folder: String) throws {
        let path = Array("\(folder)/standard-input".utf8)
        let output = path.withCPath { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
        guard output >= 0 else { throw Self.unwritable() }
        defer { close(output) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = SystemCall.retrying { read(descriptor, buffer.baseAddress, buffer.count) }
            guard count >= 0 else {
                let cause = SystemCall.errorText
                throw ShardError(
                    .unreadable, "cannot be read: \(cause)", shard: "standard input", cause: cause)
            }
            if count == 0 { break }
            var written = 0
            while written < count {
                let step = SystemCall.retrying {
                    write(output, buffer.baseAddress.map { $0 + written }, count - written)
                }
                guard step > 0 else { throw Self.unwritable() }
                written += step
            }
        }
        guard let status = FileStatus(descriptor: output) else { throw Self.unwritable() }
        files.append(
            FoundFile(path: path, absolutePath: path, status: status, isSpooled: true))
    }

    private static func unwritable() -> ShardError {
        let cause = SystemCall.errorText
        return ShardError(
            .unwritable,
            "cannot be copied to scratch: \(cause); free space there or choose another --scratch",
            shard: "standard input", cause: cause)
    }
}
