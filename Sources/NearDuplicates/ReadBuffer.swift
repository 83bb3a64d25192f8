import CText
import Glibc

/// Memory for reads from scratch; one per thread and use.
package struct ReadBuffer: ~Copyable {
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0

    package init() {}

    deinit { memory?.deallocate() }

    mutating func reserve(_ count: Int) -> UnsafeMutableRawPointer {
        if let memory, capacity >= count { return memory }
        memory?.deallocate()
        capacity = max(count + count / 2, 65536)
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        memory = fresh
        return fresh
    }
}
