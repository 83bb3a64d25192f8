import CText
import Glibc

/// Append-only bytes: the first part in memory, the rest in a file of the scratch folder.
///
/// Blocks never straddle the border. Appending is not thread-safe; reading is, once appending has ended.
package final class SpillStore: @unchecked Sendable {  // appended to by one thread at a time, then only read
    private let memory: UnsafeMutableRawPointer
    private let memoryCapacity: Int
    private var memoryCount = 0
    private var fileCount = 0
    private var descriptor: Int32 = -1
    private let path: String

    /// - Parameters:
    ///   - memoryBytes: address space to reserve; pages are taken as they are written.
    ///   - path: the scratch file, made when it is needed and unlinked at once, so that nothing stays behind.
    package init(memoryBytes: Int, path: String) throws {
        let bytes = max(4096, memoryBytes)
        guard
            let address = mmap(
                nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
            address != MAP_FAILED
        else { throw ScratchError(path: path, action: "reserve memory for", code: errno) }
        // Large pages spare most of the faults while the store fills; a refusal changes nothing.
        madvise(address, bytes, MADV_HUGEPAGE)
        memory = address
        memoryCapacity = bytes
        self.path = path
    }

    deinit {
        munmap(memory, memoryCapacity)
        if descriptor >= 0 { close(descriptor) }
    }

    /// Bytes that were appended, with the gap at the border.
    package var count: Int { fileCount > 0 ? memoryCapacity + fileCount : memoryCount }

    /// Bytes in the scratch file.
    package var spilledBytes: Int { fileCount }

    /// - Returns: the offset of the block.
    /// - Throws: `ScratchError` when the disk is full.
    package func append(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        if fileCount == 0, memoryCount + bytes.count <= memoryCapacity {
            if let source = bytes.baseAddress { memcpy(memory + memoryCount, source, bytes.count) }
            memoryCount += bytes.count
            return memoryCount - bytes.count
        }
        if descriptor < 0 { try openFile() }
        let offset = memoryCapacity + fileCount
        var written = 0
        while written < bytes.count {
            guard let start = bytes.baseAddress else { break }
            let result = write(descriptor, start + written, bytes.count - written)
            if result < 0 {
                if errno == EINTR { continue }
                throw ScratchError(path: path, action: "write", code: errno)
            }
            written += result
        }
        fileCount += bytes.count
        return offset
    }

    private func openFile() throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ScratchError(path: path, action: "create", code: errno) }
        unlink(path)
    }

    /// Asks for the two cache lines at an offset, where it lies in memory.
    @inline(__always)
    func prefetch(offset: Int) {
        guard offset < memoryCapacity else { return }
        ctext_prefetch(memory + offset)
        ctext_prefetch(memory + offset + 64)
    }

    /// The block at an offset: in place where it lies in memory, else read into `buffer`.
    ///
    /// - Parameter buffer: grown as needed; the result may point into it.
    package func read(offset: Int, count: Int, buffer: inout ReadBuffer) throws -> UnsafeRawBufferPointer {
        if offset < memoryCapacity { return UnsafeRawBufferPointer(start: memory + offset, count: count) }
        let target = buffer.reserve(count)
        var done = 0
        while done < count {
            let result = pread(descriptor, target + done, count - done, off_t(offset - memoryCapacity + done))
            if result < 0 {
                if errno == EINTR { continue }
                throw ScratchError(path: path, action: "read", code: errno)
            }
            if result == 0 { throw ScratchError(path: path, action: "read (the file is short)", code: EIO) }
            done += result
        }
        return UnsafeRawBufferPointer(start: target, count: count)
    }
}
