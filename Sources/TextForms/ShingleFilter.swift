import CText

/// A few bits for each shingle of a row, small enough for the first cache: tells of most rows that are not alike
/// without asking for each shingle in a set; not for two threads.
package final class ShingleFilter {
    private var kernel = ctext_set_filter()
    /// Of the bits, as a power of two.
    private static let sizes: ClosedRange<UInt32> = 10...17

    package init() {
        kernel.bits = .allocate(capacity: 1 << Int(Self.sizes.upperBound - 6))
        kernel.shift = 64 - Self.sizes.lowerBound
    }

    deinit { kernel.bits.deallocate() }

    /// Holds some hashes in place of those before: 32 bits for each, up to 16 KiB in all.
    ///
    /// - Complexity: O(number of hashes).
    package func fill(_ hashes: UnsafeBufferPointer<UInt64>) {
        var size = Self.sizes.lowerBound
        while size < Self.sizes.upperBound, 1 << Int(size) < hashes.count * 32 { size += 1 }
        kernel.shift = 64 - size
        ctext_set_filter_fill(&kernel, hashes.baseAddress, hashes.count)
    }

    /// Whether more than `maximumMisses` of some hashes are surely not among those held; `false` says nothing.
    ///
    /// - Complexity: O(number of hashes).
    package func rejects(_ hashes: UnsafeBufferPointer<UInt64>, maximumMisses: Int) -> Bool {
        ctext_set_filter_rejects(&kernel, hashes.baseAddress, hashes.count, max(0, maximumMisses))
    }
}
