import CText

/// Bits by the highest bits of term hashes, so many that at most one in sixteen strange terms meets a set one.
final class TermBits: @unchecked Sendable {  // read-only after init
    /// Bits are chosen by `hash >> shift`.
    let shift: UInt32
    let words: UnsafeMutablePointer<UInt64>

    init(_ hashes: [UInt64]) {
        var bits: UInt32 = 12
        while bits < 30, 1 << Int(bits) < hashes.count * 16 { bits += 1 }
        shift = 64 - bits
        words = .allocate(capacity: 1 << Int(bits - 6))
        words.initialize(repeating: 0, count: 1 << Int(bits - 6))
        for hash in hashes {
            let bit = hash >> UInt64(shift)
            words[Int(bit >> 6)] |= 1 << (bit & 63)
        }
    }

    deinit { words.deallocate() }

    /// Whether a term's bit is set.
    @inline(__always)
    func contains(_ hash: UInt64) -> Bool {
        let bit = hash >> UInt64(shift)
        return words[Int(bit >> 6)] >> (bit & 63) & 1 != 0
    }
}
