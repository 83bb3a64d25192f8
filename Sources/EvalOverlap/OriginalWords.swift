import CText

/// Where the words of a turn stand in its original bytes: the slow way, for what is shown.
package final class OriginalWords {
    private let runs: WordRuns

    /// - Throws: `TextFormsError` if ICU has no normalisation data.
    package init() throws { runs = try WordRuns() }

    /// The byte range of each word, in order; a run of letters that folds to several words gives each of them its
    /// range. Where the count is not that of the matched words (a turn that was not read to its end, or an
    /// exception of ``WordRuns``), every word has the whole turn.
    ///
    /// - Parameter count: words that `OverlapText` found in the turn.
    /// - Complexity: O(bytes), at some 10 MB/s.
    package func ranges(of turn: UnsafeRawBufferPointer, count: Int) -> [Range<Int>] {
        guard let start = turn.assumingMemoryBound(to: UInt8.self).baseAddress, !turn.isEmpty else {
            return []
        }
        var unfolded = [UInt8](repeating: 0, count: turn.count + Int(CTEXT_OVERLAP_SLACK))
        var map = [UInt32](repeating: 0, count: turn.count + Int(CTEXT_OVERLAP_SLACK) + 1)
        let length = ctext_unfold(start, turn.count, &unfolded, &map)
        var found: [Range<Int>] = []
        unfolded.withUnsafeBytes { bytes in
            runs.forEach(in: UnsafeRawBufferPointer(rebasing: bytes[..<length])) { run, words in
                // An escape ends where the next byte begins; behind a plain byte a tag may have been dropped.
                let last = Int(map[run.upperBound - 1])
                let end = start[last] == bytes[run.upperBound - 1] ? last + 1 : Int(map[run.upperBound])
                found += repeatElement(Int(map[run.lowerBound])..<end, count: words)
            }
        }
        if found.count == count { return found }
        return Array(repeating: 0..<turn.count, count: count)
    }
}
