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
        for hash in Self.remainders(word, limit) {
            let slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            entries.append((hash, number, slots[slot]))
            slots[slot] = Int32(entries.count - 1)
        }
    }

    /// The numbers of the words within the distance, ascending, each with its distance.
    func neighbours(of word: [UInt32]) -> [(number: Int, distance: Int)] {
        var found: Set<Int32> = []
        for hash in Self.remainders(word, limit) {
            var at = slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
            while at >= 0 {
                let entry = entries[Int(at)]
                if entry.hash == hash { found.insert(entry.word) }
                at = entry.next
            }
        }
        return found.sorted().compactMap { number in
            let distance = WordEdit.distance(word, words[Int(number)], limit: limit)
            return distance <= limit && distance > 0 ? (Int(number), distance) : nil
        }
    }

    private static func remainders(_ word: [UInt32], _ limit: Int) -> Set<UInt64> {
        var hashes: Set<UInt64> = [hash(word, -1, -1)]
        for first in word.indices {
            hashes.insert(hash(word, first, -1))
            if limit > 1 {
                for second in word.indices where second > first { hashes.insert(hash(word, first, second)) }
            }
        }
        return hashes
    }

    /// FNV-1a over code points, without those at two places.
    private static func hash(_ word: [UInt32], _ first: Int, _ second: Int) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for (at, letter) in word.enumerated() where at != first && at != second {
            hash = (hash ^ UInt64(letter)) &* 0x100_0000_01b3
        }
        return hash ^ hash >> 29
    }
}
