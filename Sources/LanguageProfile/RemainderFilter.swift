/// Tells most words that have no listed word at distance 1: by a bit for the hash of each listed word and of what is left
/// of it without each one of its letters.
///
/// Words at distance 1 (one letter more, less or another, or two that changed places) share such a remainder (symmetric
/// deletion); words that share a bit need not be near.
struct RemainderFilter {
    private var bits = [UInt64](repeating: 0, count: 1 << (RemainderFilter.sizeBits - 6))

    /// Chosen: 4 MiB, of which a hundred thousand words set one bit in thirty.
    private static let sizeBits: UInt64 = 25

    /// - Complexity: O(letters of all words, squared for each).
    init(_ lexicon: SpellingLexicon) {
        lexicon.forEachLower { word in
            Self.forEachRemainder(word) { hash in
                let place = hash >> (64 - Self.sizeBits)
                bits[Int(place >> 6)] |= 1 << (place & 63)
                return true
            }
        }
    }

    /// Whether some listed word may be at distance 1.
    ///
    /// - Complexity: O(letters squared).
    func mayHaveNeighbour(_ word: [UInt8]) -> Bool {
        var may = false
        word.withUnsafeBytes { word in
            Self.forEachRemainder(word) { hash in
                let place = hash >> (64 - Self.sizeBits)
                may = bits[Int(place >> 6)] >> (place & 63) & 1 == 1
                return !may
            }
        }
        return may
    }

    /// Calls `body` with the hash of the word and of each remainder, until it gives `false`.
    @inline(__always)
    private static func forEachRemainder(_ word: UnsafeRawBufferPointer, _ body: (UInt64) -> Bool) {
        // FNV-1a, mixed at the end; `start` is the hash of all letters before the one left out.
        let prime: UInt64 = 0x100_0000_01b3
        var start: UInt64 = 0xcbf2_9ce4_8422_2325
        for place in 0...word.count {
            var hash = start
            var at = place == word.count ? place : place + 1
            while at < word.count {
                hash = (hash ^ UInt64(word[at])) &* prime
                at &+= 1
            }
            guard body((hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15) else { return }
            if place < word.count { start = (start ^ UInt64(word[place])) &* prime }
        }
    }
}
