import CText

/// Random numbers that a seed repeats: SplitMix64 (Steele, Lea and Flood 2014).
struct RandomBits: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter stream: tells apart the uses of one seed.
    init(seed: UInt64, stream: UInt64) { state = ctext_mix64(seed &+ ctext_mix64(stream &+ 0x51)) }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return ctext_mix64(state)
    }

    /// Uniform in [0, 1).
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// The number of events of a Poisson process of rate 1: bootstrap weights (by inversion).
    mutating func poisson() -> Int {
        let draw = unit()
        var count = 0
        var term = 0.367_879_441_171_442_33
        var sum = term
        while draw >= sum, count < 12 {
            count += 1
            term /= Double(count)
            sum += term
        }
        return count
    }

    /// Shuffles in a way that does not depend on the standard library's version.
    mutating func shuffle(_ elements: inout [Int]) {
        guard elements.count > 1 else { return }
        for at in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(at, Int(next() % UInt64(at + 1)))
        }
    }
}
