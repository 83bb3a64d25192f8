/// How the user's turns of a sample of rows begin, to find a template that most prompts are wrapped in; of one thread,
/// or of all once they are merged.
///
/// The sample is of the turns whose rows come first in a random order of all, so that it is the same for any number of
/// threads.
package struct TurnOpenings: Sendable {
    private struct Opening: Sendable {
        var number: UInt64
        /// Zeros behind a shorter turn.
        var bytes: SIMD32<UInt8>
    }

    private var openings: [Opening] = []
    /// Rows from this number on are not of the sample.
    private var limit = UInt64.max

    /// Chosen: longer than greetings and question words, shorter than any template.
    private static let length = 32
    private static let most = 1 << 12
    /// Of the turns from this share on have one template. Chosen.
    private static let leastShare = 0.5
    private static let leastTurns = 20

    package init() {}

    /// - Parameter number: the row's place in the random order.
    mutating func add(_ turn: UnsafeRawBufferPointer, number: UInt64) {
        guard number < limit else { return }
        var bytes = SIMD32<UInt8>()
        withUnsafeMutableBytes(of: &bytes) {
            $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: turn.prefix(Self.length)))
        }
        openings.append(Opening(number: number, bytes: bytes))
        if openings.count >= 2 * Self.most { cut() }
    }

    package mutating func merge(_ other: TurnOpenings) {
        openings += other.openings
        limit = min(limit, other.limit)
        openings.removeAll { $0.number >= limit }
        if openings.count > Self.most { cut() }
    }

    /// Leaves whole rows out, those of the largest numbers.
    private mutating func cut() {
        openings.sort { $0.number < $1.number }
        guard openings.count > Self.most else { return }
        limit = openings[Self.most].number
        openings.removeAll { $0.number >= limit }
    }

    /// The beginning that at least half of the turns have, up to its last whole word; `nil` where there is none.
    package var template: (text: String, share: Double)? {
        guard openings.count >= Self.leastTurns else { return nil }
        let long = openings.filter { $0.bytes[Self.length - 1] != 0 }
        let counts = Dictionary(grouping: long, by: \.bytes).mapValues(\.count)
        func text(_ bytes: SIMD32<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }
        // Of two with half of the turns each, the first by its bytes.
        let best = counts.max { one, other in
            one.value != other.value
                ? one.value < other.value : text(other.key).lexicographicallyPrecedes(text(one.key))
        }
        guard let best, Double(best.value) >= Self.leastShare * Double(openings.count) else { return nil }
        let bytes = text(best.key)
        let end = bytes.lastIndex { $0 <= 0x20 } ?? bytes.count
        let words = String(decoding: bytes[..<end], as: UTF8.self).replacing("\u{FFFD}", with: "")
        return (words, Double(best.value) / Double(openings.count))
    }
}
