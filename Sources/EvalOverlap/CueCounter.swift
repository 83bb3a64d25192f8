import Corpus

/// Counts in how many rows each phrase of a rubric stands in an assistant turn; one per thread.
package final class CueCounter {
    private let phrases: CuePhrases
    /// The row in which each phrase was met last.
    private var lastRow: [UInt32]
    package private(set) var counts: CueCounts

    package init(_ phrases: CuePhrases) {
        self.phrases = phrases
        counts = CueCounts(phrases)
        lastRow = Array(repeating: 0, count: phrases.phrases.count)
    }

    /// - Parameter text: the row's words.
    /// - Complexity: O(words + phrases met).
    package func add(_ text: OverlapText, _ row: RowText) {
        guard text.count > 0 else { return }
        var isCounted = false
        for turn in 0..<text.turnStarts.count - 1 where row.turns[turn].role == .assistant {
            if !isCounted { counts.rows += 1 }
            isCounted = true
            let range = text.turnStarts[turn]..<text.turnStarts[turn + 1]
            counts.words += range.count
            phrases.forEach(in: UnsafeBufferPointer(rebasing: text.words[range])) { number in
                counts.occurrences[number] += 1
                if lastRow[number] == UInt32(truncatingIfNeeded: counts.rows) { return }
                lastRow[number] = UInt32(truncatingIfNeeded: counts.rows)
                counts.ofPhrase[number] += 1
            }
        }
    }
}
