/// Estimates how many conversations the rows lie in, to tell whether they share them.
///
/// Linear counting (Whang, Vander-Zanden and Taylor 1990) in 2^22 bits, which holds for some ten million
/// conversations; an `or` of bits, so that no order changes it.
struct ConversationSketch: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1 << 16)
    private(set) var rows = 0

    mutating func add(_ conversation: UInt64) {
        rows += 1
        // The hash is of content and mixed already; its low bits choose.
        let place = conversation >> 1 & 0x3F_FFFF
        bits[Int(place >> 6)] |= 1 << (place & 63)
    }

    mutating func merge(_ other: ConversationSketch) {
        rows += other.rows
        for at in bits.indices { bits[at] |= other.bits[at] }
    }

    /// Whether at least one row in twenty shares its conversation with another.
    var areShared: Bool {
        guard rows > 0 else { return false }
        let set = bits.reduce(0) { $0 + $1.nonzeroBitCount }
        let size = Double(bits.count * 64)
        let free = max(1, size - Double(set))
        return size * (size / free).naturalLogarithm < 0.95 * Double(rows)
    }
}

extension Double {
    /// The natural logarithm for a value from 1 on: the series of the inverse hyperbolic tangent after halving.
    fileprivate var naturalLogarithm: Double {
        let part = (significand - 1) / (significand + 1)
        let square = part * part
        var term = part
        var sum = 0.0
        for odd in stride(from: 1.0, through: 41.0, by: 2) {
            sum += term / odd
            term *= square
        }
        return 2 * sum + Double(exponent) * 0.693_147_180_559_945_3
    }
}
