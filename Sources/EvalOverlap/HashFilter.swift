import CText

/// A filter in front of an index: about 16 bits for each hash, two of them set in one 64-bit word, so that one hash
/// in 70 that is not held passes.
///
/// `@unchecked Sendable` without a lock: nothing changes once it is filled.
package final class HashFilter: @unchecked Sendable {
    let kernel: ctext_filter

    /// - Parameter count: hashes to come.
    init(count: Int) {
        var bits = 6
        while 1 << bits < max(64, count / 4) { bits += 1 }
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << bits)
        words.initialize(repeating: 0, count: 1 << bits)
        kernel = ctext_filter(words: words, shift: UInt32(64 - bits))
    }

    deinit { kernel.words.deallocate() }

    /// Several threads may add hashes that differ in the first six bits.
    func add(_ hash: UInt64) {
        var kernel = kernel
        ctext_filter_add(&kernel, hash)
    }
}
