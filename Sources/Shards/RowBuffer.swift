import CJSON
import Glibc

/// Bytes on the heap that grow at need, with room behind them for a parser that reads ahead.
///
/// Not thread-safe: it belongs to one reader, then unchanged to one batch.
final class RowBuffer {
    private(set) var base: UnsafeMutableRawPointer
    private(set) var capacity: Int
    /// Bytes in use.
    var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(byteCount: capacity + Int(CJSON_PADDING), alignment: 64)
    }

    deinit { base.deallocate() }

    /// The bytes that are free.
    var free: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
    }

    /// Makes room for `capacity` bytes and keeps those in use.
    func grow(to capacity: Int) {
        guard capacity > self.capacity else { return }
        let larger = UnsafeMutableRawPointer.allocate(
            byteCount: capacity + Int(CJSON_PADDING), alignment: 64)
        larger.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = larger
        self.capacity = capacity
    }

    /// Drops the first bytes.
    func drop(first dropped: Int) {
        memmove(base, base + dropped, count - dropped)
        count -= dropped
    }

    /// Sets the bytes behind those in use to zero.
    func pad() { memset(base + count, 0, Int(CJSON_PADDING)) }
}
