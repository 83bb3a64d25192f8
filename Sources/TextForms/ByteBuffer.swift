/// A growing run of bytes that is used again for text after text; not for two threads at once.
package final class ByteBuffer {
    /// Readable bytes behind ``count``, of any value.
    package static let padding = 64

    /// Bytes in use.
    package internal(set) var count = 0
    /// Bytes that fit without growing, the padding not counted.
    package private(set) var capacity: Int
    private(set) var start: UnsafeMutableRawPointer

    /// - Parameter capacity: bytes to make room for.
    package init(capacity: Int = 4096) {
        self.capacity = max(capacity, 64)
        start = .allocate(byteCount: self.capacity + ByteBuffer.padding, alignment: 64)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: self.capacity + ByteBuffer.padding)
    }

    deinit { start.deallocate() }

    /// The bytes in use; valid until the next change.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// Forgets the bytes and keeps the memory.
    package func removeAll() { count = 0 }

    /// Forgets all bytes from an offset on.
    package func truncate(to newCount: Int) { count = min(count, max(newCount, 0)) }

    /// Makes room for more bytes behind those in use.
    ///
    /// - Complexity: O(`count`) when it grows, which it does by half at least.
    package func reserve(_ additional: Int) {
        let needed = count + additional
        guard needed > capacity else { return }
        resize(to: max(needed, capacity + capacity / 2))
    }

    /// Gives back memory beyond a capacity, if more is held and not in use: one huge row must not stay in memory.
    package func shrink(toCapacity limit: Int) {
        guard capacity > max(limit, count, 64) else { return }
        resize(to: max(limit, count, 64))
    }

    /// - Complexity: O(number of bytes).
    package func append(_ more: UnsafeRawBufferPointer) {
        guard let base = more.baseAddress else { return }
        reserve(more.count)
        (start + count).copyMemory(from: base, byteCount: more.count)
        count += more.count
    }

    package func append(_ byte: UInt8) {
        reserve(1)
        start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    private func resize(to newCapacity: Int) {
        let moved = UnsafeMutableRawPointer.allocate(
            byteCount: newCapacity + ByteBuffer.padding, alignment: 64)
        moved.copyMemory(from: start, byteCount: count)
        (moved + newCapacity).initializeMemory(as: UInt8.self, repeating: 0, count: ByteBuffer.padding)
        start.deallocate()
        start = moved
        capacity = newCapacity
    }
}
