/// Finds words within an edit distance of 1 or 2 of a given one.
///
/// Each word is entered under the hashes of what is left of it without one (or two) of its letters: words within
/// the distance share such a remainder (symmetric deletion). Every find is verified.
struct NeighbourIndex {
    private let limit: Int
    private var words: [[UInt32]] = []
    private var slots: [Int32]
    private var entries: [(hash: UInt64, word: Int32, next: Int32)] = []

    /// - Parameters:
    ///   - limit: 1 or 2.
    ///   - expecting: words that will be added.
    init(limit: Int, expecting: Int) {
        self.limit = limit
        var size = 1024
        while size < expecting * (limit == 1 ? 8 : 40) { size *= 2 }
        slots = Array(repeating: -1, count: size)
    }

    /// Adds a word; its number is its place in the order of adding.
    ///
    /// - Complexity: O(letters ^ limit).
    mutating func add(_ word: [UInt32]) {
        let number = Int32(words.count)
        words.append(word)
        Self.forEachRemainder(word, limit) { hash in
            let slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            entries.append((hash, number, slots[slot]))
            slots[slot] = Int32(entries.count - 1)
        }
    }

    /// The numbers of the words within the distance, ascending, each with its distance.
    func neighbours(of word: [UInt32]) -> [(number: Int, distance: Int)] {
        var found: [Int32] = []
        Self.forEachRemainder(word, limit) { hash in
            var at = slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
            while at >= 0 {
                let entry = entries[Int(at)]
                if entry.hash == hash, !found.contains(entry.word) { found.append(entry.word) }
                at = entry.next
            }
        }
        return found.sorted().compactMap { number in
            let distance = WordEdit.distance(word, words[Int(number)], limit: limit)
            return distance <= limit && distance > 0 ? (Int(number), distance) : nil
        }
    }

    /// Calls with the hash of the word, and of what is left without each one (and two) of its letters; some are
    /// called with more than once.
    private static func forEachRemainder(_ word: [UInt32], _ limit: Int, _ body: (UInt64) -> Void) {
        // FNV-1a over code points; `start` is the hash of all letters before the first one left out.
        var start: UInt64 = 0xcbf2_9ce4_8422_2325
        body(hash(word, from: 0, start))
        for first in word.indices {
            body(hash(word, from: first + 1, start))
            if limit > 1 {
                var between = start
                for second in first + 1..<max(first + 1, word.count) {
                    body(hash(word, from: second + 1, between))
                    between = (between ^ UInt64(word[second])) &* prime
                }
            }
            start = (start ^ UInt64(word[first])) &* prime
        }
    }

    private static let prime: UInt64 = 0x100_0000_01b3

    /// The hash of the letters from a place on, behind those of `start`.
    @inline(__always)
    private static func hash(_ word: [UInt32], from place: Int, _ start: UInt64) -> UInt64 {
        var hash = start
        var at = place
        while at < word.count {
            hash = (hash ^ UInt64(word[at])) &* prime
            at &+= 1
        }
        return hash ^ hash >> 29
    }
}
