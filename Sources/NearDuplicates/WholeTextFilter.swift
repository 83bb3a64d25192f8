import CText
import Corpus
import Findings
import TextForms

/// A Bloom filter with two probes: which 64-bit hashes may be present; at 16 bits a hash one in 70 others is.
struct WholeTextFilter {
    private var bits: [UInt64]
    private let mask: UInt64

    init(expecting count: Int) {
        var capacity: UInt64 = 1024
        while capacity < UInt64(count) * 16 { capacity *= 2 }
        bits = Array(repeating: 0, count: Int(capacity / 64))
        mask = capacity - 1
    }

    mutating func insert(_ hash: UInt64) {
        let first = hash & mask
        let second = hash >> 32 & mask
        bits[Int(first >> 6)] |= 1 << (first & 63)
        bits[Int(second >> 6)] |= 1 << (second & 63)
    }

    func mayContain(_ hash: UInt64) -> Bool {
        let first = hash & mask
        let second = hash >> 32 & mask
        return bits[Int(first >> 6)] >> (first & 63) & bits[Int(second >> 6)] >> (second & 63) & 1 == 1
    }
}
