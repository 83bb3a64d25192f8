/// Upper bounds of how often each four words follow one another in what a model learns; of one thread, or of all once
/// they are merged.
///
/// One row of counters of a byte (16 MiB), saturating: a bound is never below the true number, and no order of merging
/// changes it. What shares a counter with something frequent is counted exactly, and dropped, in the second pass.
package struct PhraseSketch: Sendable {
    private var counters: [UInt8]

    static let bits = 24
    /// Words of a phrase from which it is looked for.
    static let length = 4

    package init() { counters = Array(repeating: 0, count: 1 << Self.bits) }

    @inline(__always)
    mutating func add(_ hash: UInt64) {
        let place = Int(hash >> (64 - UInt64(Self.bits)))
        if counters[place] < .max { counters[place] &+= 1 }
    }

    @inline(__always)
    func bound(_ hash: UInt64) -> Int { Int(counters[Int(hash >> (64 - UInt64(Self.bits)))]) }

    package mutating func merge(_ other: PhraseSketch) {
        for at in counters.indices {
            let (sum, overflows) = counters[at].addingReportingOverflow(other.counters[at])
            counters[at] = overflows ? .max : sum
        }
    }

    /// The hash of four words in order, from their own hashes.
    @inline(__always)
    static func hash(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> UInt64 {
        var hash = (a ^ 0x9e37_79b9_7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 32 ^ b) &* 0xc4ce_b9fe_1a85_ec53
        hash = (hash ^ hash >> 32 ^ c) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 32 ^ d) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ hash >> 31
    }
}
