import CText

/// Saturating counters of term hashes: never too low below 65,535.
struct TermFilter {
    private let shift: UInt64
    private var counters: [UInt16]

    /// - Parameter terms: occurrences to be counted, about; counters are at most 2^23.
    init(expecting terms: Int) {
        var bits: UInt64 = 12
        while bits < 23, 1 << Int(bits) < terms { bits += 1 }
        shift = 64 - bits
        counters = Array(repeating: 0, count: 1 << Int(bits))
    }

    @inline(__always)
    mutating func add(_ hash: UInt64) {
        let at = Int(hash >> shift)
        if counters[at] < .max { counters[at] += 1 }
    }

    @inline(__always)
    func count(_ hash: UInt64) -> Int { Int(counters[Int(hash >> shift)]) }

    /// - Precondition: both were made for as many terms.
    mutating func merge(_ other: TermFilter) {
        for at in counters.indices {
            counters[at] = UInt16(min(65_535, Int(counters[at]) + Int(other.counters[at])))
        }
    }
}
