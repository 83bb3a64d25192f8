import CText

/// MinHash signatures (Broder 1997; Mining of Massive Datasets, ch. 3) of 128 slots, one byte a slot.
///
/// Slot i is the least `a_i * x + b_i` modulo 2^32 over 32 bits x of the shingle hashes, with odd `a_i`, put
/// through the finaliser of MurmurHash3 and cut to 8 bits (b-bit minwise hashing, Li and König 2010). Two slots
/// are equal with probability J + (1 - J) / 256.
package struct MinHash: Sendable {
    /// Slots of a signature, and its bytes.
    package static let slotCount = Int(CTEXT_MINHASH_SLOTS)

    private let multipliers: [UInt32]
    private let addends: [UInt32]

    /// - Parameter seed: chooses the permutations; signatures of different seeds do not compare.
    package init(seed: UInt64) {
        var state = seed
        var multipliers: [UInt32] = []
        var addends: [UInt32] = []
        for _ in 0..<Self.slotCount {
            state &+= 0x9e37_79b9_7f4a_7c15
            let random = ctext_mix64(state)
            multipliers.append(UInt32(truncatingIfNeeded: random) | 1)
            addends.append(UInt32(truncatingIfNeeded: random >> 32))
        }
        self.multipliers = multipliers
        self.addends = addends
    }

    /// Writes the signature of a set of shingle hashes; repeats do no harm, no hashes give a constant.
    ///
    /// - Parameter signature: ``slotCount`` bytes.
    /// - Complexity: O(hashes * slots).
    package func signature(
        of hashes: UnsafeBufferPointer<UInt64>, into signature: UnsafeMutablePointer<UInt8>
    ) {
        multipliers.withUnsafeBufferPointer { multipliers in
            addends.withUnsafeBufferPointer { addends in
                ctext_minhash(
                    hashes.baseAddress, hashes.count, multipliers.baseAddress, addends.baseAddress, signature)
            }
        }
    }

    /// The number of equal slots of two signatures of ``slotCount`` bytes.
    @inlinable
    package static func matches(_ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>) -> Int {
        ctext_minhash_matches(first, second)
    }

    /// The estimate of J without the chance matches of single bytes; may be slightly below 0.
    package static func estimatedJaccard(matches: Int) -> Double {
        (Double(matches) / Double(slotCount) - 1 / 256) / (1 - 1 / 256)
    }
}
