import CText

/// The n-grams of words that a row shares with texts of an index, in order of texts and diagonals; one per thread.
///
/// A text is worth a comparison if ``least(words:)`` of its n-grams lie near one diagonal of the row: two common
/// phrases in other places than theirs are nothing.
final class GramSeeds {
    struct Seed {
        var text: UInt32
        /// The word of the row minus that of the text.
        var diagonal: Int32
        /// A word of the row.
        var place: UInt32
    }

    /// Keys of more places are boilerplate of the set itself and name no text.
    static let mostPostings = 256

    private let index: EvalIndex
    private let tally: TextTally
    private(set) var seeds: [Seed] = []

    init(_ index: EvalIndex) {
        self.index = index
        tally = TextTally(textCount: index.texts.count)
    }

    /// N-grams near one diagonal that a text of so many words needs. Chosen: a finding has a run of six words, two
    /// n-grams; with a quarter of its words dropped a text keeps 24 % of its n-grams, nine of 40.
    static func least(words: Int) -> UInt8 { words < 40 ? 2 : words < 80 ? 3 : 4 }

    /// Diagonals that belong together.
    static func band(words: Int) -> Int { max(6, words / 5) }

    /// Collects the seeds of the texts that have enough of them.
    ///
    /// - Parameter boilerplate: n-grams that count for nothing, by word of the index.
    /// - Complexity: O(hits log hits).
    func collect(_ hits: [KeyHits.Hit], without boilerplate: [Bool]? = nil) {
        seeds.removeAll(keepingCapacity: true)
        let table = index.grams
        var isFound = false
        for hit in hits {
            guard let range = table.range(of: Int(hit.key), most: Self.mostPostings) else { continue }
            for at in range where !isBoilerplate(table.postings[at], boilerplate) {
                let text = table.postings[at].text
                if tally.add(text) >= index.leastGrams[Int(text)] { isFound = true }
            }
        }
        defer { tally.clear() }
        guard isFound else { return }
        for hit in hits {
            guard let range = table.range(of: Int(hit.key), most: Self.mostPostings) else { continue }
            for at in range {
                let posting = table.postings[at]
                guard tally[posting.text] >= index.leastGrams[Int(posting.text)],
                    !isBoilerplate(posting, boilerplate)
                else { continue }
                seeds.append(
                    Seed(
                        text: posting.text, diagonal: Int32(hit.place) - Int32(posting.place),
                        place: hit.place))
            }
        }
        seeds.sort { ($0.text, $0.diagonal, $0.place) < ($1.text, $1.diagonal, $1.place) }
    }

    @inline(__always)
    private func isBoilerplate(_ posting: PostingTable.Posting, _ boilerplate: [Bool]?) -> Bool {
        guard let boilerplate else { return false }
        return boilerplate[index.firstWords[Int(posting.text)] + Int(posting.place)]
    }

    /// Calls `body` with the seeds of each text that has enough of them near one diagonal, until it returns true.
    ///
    /// - Returns: whether it did.
    @discardableResult
    func first(where body: (ArraySlice<Seed>) -> Bool) -> Bool {
        var start = 0
        while start < seeds.count {
            let text = Int(seeds[start].text)
            let least = Int(index.leastGrams[text])
            let band = Self.band(words: index.wordCounts[text])
            var isNear = false
            var end = start
            while end < seeds.count, seeds[end].text == seeds[start].text {
                let low = end + 1 - least
                if low >= start, Int(seeds[end].diagonal) - Int(seeds[low].diagonal) <= band { isNear = true }
                end += 1
            }
            if isNear, body(seeds[start..<end]) { return true }
            start = end
        }
        return false
    }
}
