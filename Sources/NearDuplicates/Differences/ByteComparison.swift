import CText

extension UnsafeRawBufferPointer {
    /// The sign of the bytewise comparison with a buffer of the same length.
    func compare(to other: UnsafeRawBufferPointer) -> Int {
        let offset = commonPrefix(other)
        if offset == count || offset == other.count { return count - other.count }
        return self[offset] < other[offset] ? -1 : 1
    }

    func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
        count == other.count && commonPrefix(other) == count
    }

    /// Count of equal bytes at the start.
    ///
    /// - Complexity: O(count), eight bytes a step.
    func commonPrefix(_ other: UnsafeRawBufferPointer) -> Int {
        let limit = Swift.min(count, other.count)
        var offset = 0
        while offset &+ 8 <= limit {
            let difference =
                loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                ^ other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if difference != 0 { return offset &+ difference.littleEndian.trailingZeroBitCount / 8 }
            offset &+= 8
        }
        while offset < limit, self[offset] == other[offset] { offset &+= 1 }
        return offset
    }

    /// Count of equal bytes at the end, at most `limit`.
    func commonSuffix(_ other: UnsafeRawBufferPointer, limit: Int) -> Int {
        var length = 0
        while length &+ 8 <= limit {
            let difference =
                loadUnaligned(fromByteOffset: count &- length &- 8, as: UInt64.self)
                ^ other.loadUnaligned(fromByteOffset: other.count &- length &- 8, as: UInt64.self)
            if difference != 0 { return length &+ difference.littleEndian.leadingZeroBitCount / 8 }
            length &+= 8
        }
        while length < limit, self[count &- length &- 1] == other[other.count &- length &- 1] { length &+= 1 }
        return length
    }
}
