import CText
import Corpus
import TextForms

/// Where the words of a turn stand in its original bytes: the slow way, for what is shown.
package final class OriginalWords {
    private let normalizer: TextNormalizer
    private let folded = ByteBuffer()
    private let reader: OverlapText

    /// - Throws: `TextFormsError` if ICU has no normalisation data.
    package init() throws {
        normalizer = try TextNormalizer()
        reader = try OverlapText()
    }

    /// The byte range of each word, in order; a run of letters that folds to several words gives each of them its
    /// range. Where the count is not that of the matched words (a fold that joins two runs, which no language
    /// has), every word has the whole turn.
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
        unfolded.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var at = 0
            var runStart: Int?
            while at <= length {
                var size = 1
                var isMember = false
                if at < length {
                    let point = ctext_decode(base, at, length)
                    size = Int(point.length)
                    isMember = WordCharacters.term.isWord(point.value)
                }
                if isMember {
                    if runStart == nil { runStart = at }
                } else if let from = runStart {
                    // An escape ends where the next byte begins; behind a plain byte a tag may have been dropped.
                    let last = Int(map[at - 1])
                    let end = start[last] == base[at - 1] ? last + 1 : Int(map[at])
                    append(
                        UnsafeRawBufferPointer(start: base + from, count: at - from),
                        at: Int(map[from])..<end,
                        to: &found)
                    runStart = nil
                }
                at += size
            }
        }
        if found.count == count { return found }
        return Array(repeating: 0..<turn.count, count: count)
    }

    private func append(_ run: UnsafeRawBufferPointer, at range: Range<Int>, to found: inout [Range<Int>]) {
        reader.begin()
        reader.append(run)
        found += repeatElement(range, count: reader.count)
    }
}
