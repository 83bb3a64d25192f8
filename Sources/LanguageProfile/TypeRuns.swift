import Glibc
import TextForms

/// Sorted runs of types on scratch, for tables that outgrow their memory; of one thread.
///
/// A record is: hash (8 bytes), length (4), the bytes of `TypeTable.Counts`, the key. Records of a run ascend by
/// hash, then key, so that runs merge in one sequential reading. The file has no name once it is open.
final class TypeRuns {
    let memoryBytes: Int
    private let path: String
    private var file: UnsafeMutablePointer<FILE>?
    /// Where each run begins, and the end of the last.
    private(set) var ends: [Int] = []

    /// - Parameter memoryBytes: what a table may take before it is written out.
    init(path: String, memoryBytes: Int) {
        self.path = path
        self.memoryBytes = max(memoryBytes, 4 << 20)
    }

    deinit { if let file { fclose(file) } }

    var isEmpty: Bool { ends.isEmpty }
    var spilledBytes: Int { ends.last ?? 0 }

    private func failure() -> ProfileError {
        ProfileError(
            .scratch,
            "\(path): \(String(cString: strerror(errno))); free space or choose another folder with --scratch"
        )
    }

    /// Writes a table as a run and empties it.
    ///
    /// - Throws: `ProfileError`.
    func spill(_ table: TypeTable) throws {
        if file == nil {
            file = fopen(path, "w+")
            guard file != nil else { throw failure() }
            unlink(path)
        }
        guard let file, fseek(file, 0, SEEK_END) == 0 else { throw failure() }
        var size = 0
        for number in TypeRuns.order(table) {
            let key = table.key(number)
            var hash = table.hash(number)
            var length = UInt32(key.count)
            var counts = table.counts(number)
            let written =
                fwrite(&hash, 8, 1, file) + fwrite(&length, 4, 1, file)
                + fwrite(&counts, MemoryLayout<TypeTable.Counts>.size, 1, file)
            guard written == 3, key.isEmpty || fwrite(key.baseAddress, key.count, 1, file) == 1 else {
                throw failure()
            }
            size += 12 + MemoryLayout<TypeTable.Counts>.size + key.count
        }
        guard fflush(file) == 0 else { throw failure() }
        ends.append((ends.last ?? 0) + size)
        table.removeAll()
    }

    /// The table's types in the order of a run.
    static func order(_ table: TypeTable) -> [Int] {
        (0..<table.count).sorted { first, second in
            let a = table.hash(first)
            let b = table.hash(second)
            return a != b ? a < b : table.key(first).lexicographicallyPrecedes(table.key(second))
        }
    }

    /// Reads the runs back, each in a buffer of its own.
    func readers() throws -> [RunReader] {
        guard let file else { return [] }
        var start = 0
        return try ends.map { end in
            defer { start = end }
            guard let reader = RunReader(descriptor: fileno(file), from: start, to: end) else {
                throw failure()
            }
            return reader
        }
    }
}

/// Reads one run from its beginning.
final class RunReader {
    private let descriptor: Int32
    private var offset: Int
    private let end: Int
    private var buffer: [UInt8] = []
    private var at = 0

    private(set) var hash: UInt64 = 0
    private(set) var key: [UInt8] = []
    private(set) var counts = TypeTable.Counts()
    private(set) var isAtEnd = false
    private(set) var hasFailed = false

    private static let bufferBytes = 64 << 10

    init?(descriptor: Int32, from start: Int, to end: Int) {
        self.descriptor = descriptor
        offset = start
        self.end = end
        advance()
        if hasFailed { return nil }
    }

    /// Moves to the next record.
    func advance() {
        let countBytes = MemoryLayout<TypeTable.Counts>.size
        guard at < buffer.count || offset < end else {
            isAtEnd = true
            return
        }
        guard let head = take(12 + countBytes) else { return }
        let length = buffer.withUnsafeBytes { bytes -> Int in
            hash = bytes.loadUnaligned(fromByteOffset: head, as: UInt64.self)
            withUnsafeMutableBytes(of: &counts) {
                $0.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[head + 12..<head + 12 + countBytes]))
            }
            return Int(bytes.loadUnaligned(fromByteOffset: head + 8, as: UInt32.self))
        }
        guard let place = take(length) else { return }
        key = Array(buffer[place..<place + length])
    }

    /// Makes `count` bytes readable and steps over them.
    private func take(_ count: Int) -> Int? {
        if at + count > buffer.count {
            buffer.removeFirst(at)
            at = 0
            let wanted = min(max(Self.bufferBytes, count - buffer.count), end - offset)
            let start = buffer.count
            buffer.append(contentsOf: repeatElement(0, count: wanted))
            var filled = 0
            while filled < wanted {
                let got = buffer.withUnsafeMutableBytes {
                    pread(
                        descriptor, $0.baseAddress?.advanced(by: start + filled), wanted - filled,
                        off_t(offset + filled))
                }
                if got <= 0 { break }
                filled += got
            }
            offset += filled
            if filled < wanted || buffer.count < count {
                hasFailed = true
                isAtEnd = true
                return nil
            }
        }
        at += count
        return at - count
    }
}
