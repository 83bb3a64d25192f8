import Glibc

/// What `stat(2)` says of a path, as far as reading shards asks.
struct FileStatus: Equatable {
    enum Kind { case file, folder, fifo, device, socket }

    let kind: Kind
    let byteCount: UInt64
    /// Nanoseconds since 1970.
    let modificationTime: Int64
    let device: UInt64
    let inode: UInt64

    /// Follows symbolic links; `nil` leaves the reason in `errno`.
    init?(path: [UInt8]) {
        var status = stat()
        let result = path.withCPath { stat($0, &status) }
        guard result == 0 else { return nil }
        self.init(status)
    }

    /// Of an open file; `nil` leaves the reason in `errno`.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFDIR: kind = .folder
        case S_IFIFO: kind = .fifo
        case S_IFSOCK: kind = .socket
        case S_IFREG: kind = .file
        default: kind = .device
        }
        byteCount = UInt64(max(0, status.st_size))
        let (nanoseconds, overflow) = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(
            by: 1_000_000_000)
        modificationTime = overflow ? 0 : nanoseconds &+ Int64(status.st_mtim.tv_nsec)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}

extension [UInt8] {
    /// Calls `body` with the bytes as a C string. A path holds no NUL: the system would not have given it.
    func withCPath<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        try (self + [0]).withUnsafeBufferPointer { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { chars in
                guard let base = chars.baseAddress else {
                    preconditionFailure("a path with its NUL is empty")
                }
                return try body(base)
            }
        }
    }
}
