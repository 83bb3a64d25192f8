import CText
import Corpus
import Glibc

/// Memory that records are written into, one batch at a time.
package struct RecordBlock: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 1 << 16) {
        self.capacity = capacity
        memory = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { memory.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }

    /// Room for `size` bytes behind what is there; the address holds until the next call.
    mutating func grow(by size: Int) -> UnsafeMutableRawPointer {
        if count + size > capacity {
            capacity = max(capacity * 2, count + size)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
            memcpy(larger, memory, count)
            memory.deallocate()
            memory = larger
        }
        count += size
        return memory + (count - size)
    }
}
