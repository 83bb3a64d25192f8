import CText

/// The pairs of neighbouring words that one text shares with a row, near the diagonals of its seeds.
///
/// A pair that stands more than ``mostRepeats`` times in the text tells no place and is left out; its words are
/// covered by their other neighbours.
struct WordPairs {
    /// The place in the row of each word of the text; -1 where it is not covered.
    private var rowOf: [Int32] = []
    /// Words of the exact run that ends at each word.
    private var runTo: [Int32] = []
    private var longest = 0
    /// The last place in the row at which a run of pairs ended at each word, and its words.
    private var endOf: [Int32] = []
    private var endRun: [Int32] = []
    /// Pair hash -> the first word of the pair; further ones by `next`.
    private var slots: [UInt32] = []
    private var keys: [UInt64] = []
    private var next: [Int32] = []
    /// How often the pair that begins at each word stands in the text up to it.
    private var repeats: [Int32] = []
    /// Chosen: "of the" comes as often in a text of 50,000 words; without a bound, one word said 300,000 times on
    /// both sides took minutes.
    private static let mostRepeats = 256
    private var mask = 0
    private var held: UInt32?

    /// Begins with a text; the table of the text before is kept if it is the same.
    mutating func begin(_ text: IndexedText, words: [UInt64], keepsFirst number: UInt32) {
        let count = text.wordCount
        rowOf.removeAll(keepingCapacity: true)
        rowOf.append(contentsOf: repeatElement(-1, count: count))
        runTo.removeAll(keepingCapacity: true)
        runTo.append(contentsOf: repeatElement(0, count: count))
        longest = 0
        endOf.removeAll(keepingCapacity: true)
        endOf.append(contentsOf: repeatElement(-1, count: count))
        endRun.removeAll(keepingCapacity: true)
        endRun.append(contentsOf: repeatElement(0, count: count))
        if held == number { return }
        held = number
        var bits = 4
        while 1 << bits < count * 2 { bits += 1 }
        mask = 1 << bits - 1
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(0, count: 1 << bits))
        keys.removeAll(keepingCapacity: true)
        next.removeAll(keepingCapacity: true)
        repeats.removeAll(keepingCapacity: true)
        for word in 0..<max(0, count - 1) {
            let key = Self.key(words[text.firstWord + word], words[text.firstWord + word + 1])
            keys.append(key)
            next.append(-1)
            repeats.append(1)
            var at = Int(truncatingIfNeeded: key >> 20) & mask
            while slots[at] != 0, keys[Int(slots[at]) - 1] != key { at = (at + 1) & mask }
            if slots[at] != 0 {
                next[word] = Int32(slots[at]) - 1
                repeats[word] = repeats[Int(slots[at]) - 1] + 1
            }
            slots[at] = UInt32(word + 1)
        }
    }

    @inline(__always)
    private static func key(_ first: UInt64, _ second: UInt64) -> UInt64 {
        ctext_mix64(first &* 0x9e37_79b9_7f4a_7c15 &+ second)
    }

    /// Takes the pairs of the row's words in a window whose diagonals lie in bounds.
    ///
    /// - Complexity: O(words of the window), times at most ``mostRepeats``.
    mutating func take(
        _ row: UnsafeBufferPointer<UInt64>, from: Int, to: Int, diagonals: ClosedRange<Int>
    ) {
        guard to - from >= 2 else { return }
        for place in from..<to - 1 {
            let key = Self.key(row[place], row[place + 1])
            var at = Int(truncatingIfNeeded: key >> 20) & mask
            while slots[at] != 0, keys[Int(slots[at]) - 1] != key { at = (at + 1) & mask }
            var word = Int32(slots[at]) - 1
            if word >= 0, repeats[Int(word)] > Self.mostRepeats { continue }
            while word >= 0 {
                let here = Int(word)
                if diagonals.contains(place - here) { cover(here, place) }
                word = next[here]
            }
        }
    }

    private mutating func cover(_ word: Int, _ place: Int) {
        var run: Int32 = 2
        if endOf[word] == Int32(place) { run = endRun[word] + 1 }
        endOf[word + 1] = Int32(place + 1)
        endRun[word + 1] = run
        if run >= runTo[word + 1] {
            runTo[word + 1] = run
            rowOf[word + 1] = Int32(place + 1)
        }
        if rowOf[word] < 0 {
            rowOf[word] = Int32(place)
            runTo[word] = 1
        }
        longest = Swift.max(longest, Int(run))
    }

    /// What was taken, as a match of some of the text's words.
    func match(
        _ number: Int, _ text: IndexedText, part: Range<Int>, decision: OverlapDecision
    ) -> TextMatch? {
        var covered = 0
        var spans: [TextMatch.Span] = []
        for word in part where rowOf[word] >= 0 {
            if !decision.discounted[text.firstWord + word] { covered += 1 }
            let place = Int(rowOf[word])
            if let last = spans.last, place >= last.row.upperBound, place - last.row.upperBound <= 3,
                word - last.text.upperBound <= 3
            {
                spans[spans.count - 1].row = last.row.lowerBound..<place + 1
                spans[spans.count - 1].text = last.text.lowerBound..<word + 1
            } else {
                spans.append(TextMatch.Span(row: place..<place + 1, text: word..<word + 1))
            }
        }
        let isWhole = part.count == text.wordCount
        let specific =
            isWhole
            ? Int(decision.specificWords[number])
            : part.count { !decision.discounted[text.firstWord + $0] }
        guard covered > 0, specific > 0 else { return nil }
        let run =
            isWhole ? longest : part.reduce(0) { max($0, min(Int(runTo[$1]), $1 - part.lowerBound + 1)) }
        spans.sort { ($0.row.lowerBound, $0.text.lowerBound) < ($1.row.lowerBound, $1.text.lowerBound) }
        return TextMatch(
            text: number, means: .runs, part: part, coverage: Double(covered) / Double(specific),
            coveredWords: covered, longestRun: run, spans: spans)
    }

    /// Words of a part of the text that are not covered, each with the word of the row that stands in its place, where a
    /// neighbour tells it.
    func replaced(in part: Range<Int>) -> [(word: Int, place: Int?)] {
        part.filter { rowOf[$0] < 0 }.map { word in
            if word > part.lowerBound, rowOf[word - 1] >= 0 { return (word, Int(rowOf[word - 1]) + 1) }
            if word + 1 < part.upperBound, rowOf[word + 1] > 0 { return (word, Int(rowOf[word + 1]) - 1) }
            return (word, nil)
        }
    }
}
