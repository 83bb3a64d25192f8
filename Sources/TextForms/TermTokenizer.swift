import CText

/// Finds the words that terms are made of; one for each thread.
///
/// A word is a maximal run of letters, marks, numbers and '_' that does not start with a mark. An apostrophe
/// (U+0027 or U+2019) between two letters joins ("don't"). Runs of Thai, Lao, Khmer, Myanmar, Han, Hiragana and
/// Katakana are cut into words by ICU. Differs from UAX #29 elsewhere in keeping "3.5" and "example.com" as two
/// words each.
package final class TermTokenizer {
    private let runs: BrokenRuns
    private var found: UnsafeMutablePointer<ctext_word_range>
    private var capacity = 1024
    /// The words of a text in which some are joined, cut or not ASCII.
    private var joined: [ctext_word_range] = []

    /// Ranges kept in memory between texts: 8 MiB.
    private static let keptCapacity = 1 << 20

    /// - Throws: ``TextFormsError`` if ICU has no break rules.
    package init() throws {
        runs = BrokenRuns(try WordBreaker())
        found = .allocate(capacity: capacity)
    }

    deinit { found.deallocate() }

    /// The words of a normal form, in order; valid until the next call.
    ///
    /// - Parameter normalForm: well-formed UTF-8 of less than 2^31 bytes (of a longer one no word is found).
    /// - Complexity: O(bytes).
    package func words(of normalForm: UnsafeRawBufferPointer) -> UnsafeBufferPointer<ctext_word_range> {
        guard let text = normalForm.assumingMemoryBound(to: UInt8.self).baseAddress,
            normalForm.count < Int32.max
        else { return UnsafeBufferPointer(start: found, count: 0) }
        reserve(normalForm.count / 2 + 1)
        var isPlain = true
        let count = ctext_word_ranges(
            text, normalForm.count, WordCharacters.term.bitmap, found, &isPlain)
        if isPlain { return UnsafeBufferPointer(start: found, count: count) }
        joined.removeAll(keepingCapacity: joined.capacity <= Self.keptCapacity)
        for at in 0..<count {
            let range = found[at]
            if range.start >= 0, range.start == 0 || !joins(text, Int(range.start), normalForm.count) {
                joined.append(range)
            } else {
                appendUnusual(range, of: normalForm)
            }
        }
        return putBack()
    }

    /// Moves `joined` to `found`, whose address lasts.
    private func putBack() -> UnsafeBufferPointer<ctext_word_range> {
        reserve(joined.count)
        for (place, range) in joined.enumerated() { found[place] = range }
        return UnsafeBufferPointer(start: found, count: joined.count)
    }

    /// Whether an apostrophe between two letters stands before `start`.
    @inline(__always)
    private func joins(_ text: UnsafePointer<UInt8>, _ start: Int, _ length: Int) -> Bool {
        let before = text[start - 1]
        guard before == CTEXT_APOSTROPHE || before == CTEXT_APOSTROPHE_END else { return false }
        return joinsSlowly(text, start, length)
    }

    @inline(never)
    private func joinsSlowly(_ text: UnsafePointer<UInt8>, _ start: Int, _ length: Int) -> Bool {
        var end = start - 1
        if text[end] == 0x99 {
            guard end >= 2, text[end - 1] == 0x80, text[end - 2] == 0xE2 else { return false }
            end -= 2
        }
        guard end > 0 else { return false }
        var previous = end - 1
        while previous > 0, text[previous] & 0xC0 == 0x80 { previous -= 1 }
        let letters = WordCharacters.letters
        return letters.isWord(ctext_decode(text, previous, end).value)
            && letters.isWord(ctext_decode(text, start, length).value)
    }

    /// Appends a word that is joined to the one before it or is not ASCII.
    private func appendUnusual(_ range: ctext_word_range, of normalForm: UnsafeRawBufferPointer) {
        guard let text = normalForm.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        let end = Int(range.end)
        var start = Int(range.start < 0 ? ~range.start : range.start)
        if start > 0, joins(text, start, normalForm.count), let last = joined.last,
            start - Int(last.end) <= 3
        {
            joined[joined.count - 1].end = Int32(end)
            return
        }
        let shingle = WordCharacters.shingle
        let unspaced = WordCharacters.unspaced
        // Leading marks belong to no word (a variation selector behind an emoji).
        var point = ctext_decode(text, start, end)
        while !shingle.isWord(point.value) {
            start += Int(point.length)
            guard start < end else { return }
            point = ctext_decode(text, start, end)
        }
        while start < end {
            let isUnspaced = unspaced.isWord(ctext_decode(text, start, end).value)
            var at = start
            while at < end {
                let point = ctext_decode(text, at, end)
                if unspaced.isWord(point.value) != isUnspaced { break }
                at += Int(point.length)
            }
            if isUnspaced {
                runs.forEachWord(in: normalForm, run: start..<at) {
                    joined.append(ctext_word_range(start: Int32($0.lowerBound), end: Int32($0.upperBound)))
                }
            } else {
                joined.append(ctext_word_range(start: Int32(start), end: Int32(at)))
            }
            start = at
        }
    }

    private func reserve(_ count: Int) {
        if count > capacity {
            resize(to: max(count, capacity + capacity / 2))
        } else if capacity > Self.keptCapacity, count <= Self.keptCapacity {
            resize(to: Self.keptCapacity)
        }
    }

    /// Forgets what was found.
    private func resize(to newCapacity: Int) {
        found.deallocate()
        found = .allocate(capacity: newCapacity)
        capacity = newCapacity
    }
}
