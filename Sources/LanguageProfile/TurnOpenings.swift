import CText

/// How the user's turns begin, to find a template that most prompts are wrapped in; of one thread, or of all once they
/// are merged.
///
/// Beyond `most` different beginnings new ones are not counted: one that half of the turns have is among the first.
package struct TurnOpenings: Sendable {
    private struct Opening {
        var count = 0
        var bytes: [UInt8]
    }

    private var openings: [UInt64: Opening] = [:]
    private var turns = 0

    /// Chosen: longer than greetings and question words, shorter than any template.
    private static let length = 32
    private static let most = 1 << 15
    /// Of the turns from this share on have one template. Chosen.
    private static let leastShare = 0.5
    private static let leastTurns = 20

    package init() {}

    mutating func add(_ turn: UnsafeRawBufferPointer) {
        turns += 1
        guard turn.count >= Self.length else { return }
        add(ctext_xxh3_64(turn.baseAddress, Self.length, 0), 1) { Array(turn.prefix(Self.length)) }
    }

    package mutating func merge(_ other: TurnOpenings) {
        turns += other.turns
        for (hash, opening) in other.openings { add(hash, opening.count) { opening.bytes } }
    }

    private mutating func add(_ hash: UInt64, _ count: Int, _ bytes: () -> [UInt8]) {
        if openings[hash] == nil {
            guard openings.count < Self.most else { return }
            openings[hash] = Opening(bytes: bytes())
        }
        openings[hash]?.count += count
    }

    /// The beginning that at least half of the turns have, up to its last whole word; `nil` where there is none.
    package var template: (text: String, share: Double)? {
        // Of two with half of the turns each, the first by its bytes.
        func isLess(_ one: Opening, _ other: Opening) -> Bool {
            one.count != other.count
                ? one.count < other.count : other.bytes.lexicographicallyPrecedes(one.bytes)
        }
        guard turns >= Self.leastTurns, let best = openings.values.max(by: isLess),
            Double(best.count) >= Self.leastShare * Double(turns)
        else { return nil }
        let end = best.bytes.lastIndex { $0 <= 0x20 } ?? best.bytes.count
        let text = String(decoding: best.bytes[..<end], as: UTF8.self)
        return (text.replacing("\u{FFFD}", with: ""), Double(best.count) / Double(turns))
    }
}
