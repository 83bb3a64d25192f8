import CText

/// Finds the words that terms are made of; one for each thread.
///
/// A word is a maximal run of letters, marks, numbers and '_' that does not start with a mark. An apostrophe
/// (U+0027 or U+2019) between two letters joins ("don't"). Runs of Thai, Lao, Khmer, Myanmar, Han, Hiragana and
/// Katakana are cut into words by ICU. Differs from UAX #29 elsewhere in keeping "3.5" and "example.com" as two
/// words each.
package final class TermTokenizer {
    private let breaker: WordBreaker
    private var found: UnsafeMutablePointer<ctext_word_range>
    private var capacity = 1024

    /// Ranges kept in memory between texts: 8 MiB.
    private static let keptCapacity = 1 << 20

    /// - Throws: ``TextFormsError`` if ICU has no break rules.
    package init() throws {
        breaker = try WordBreaker()
        found = .allocate(capacity: capacity)
    }

    deinit { found.deallocate() }

    /// Puts the byte ranges of all words of a normal form into `ranges`, in order, in place of what it held.
    ///
    /// - Parameter normalForm: well-formed UTF-8 of less than 2^31 bytes (of a longer one no word is found).
    /// - Complexity: O(bytes).
    package func words(of normalForm: UnsafeRawBufferPointer, into ranges: inout [Range<Int32>]) {
        ranges.removeAll(keepingCapacity: true)
        guard let text = normalForm.assumingMemoryBound(to: UInt8.self).baseAddress,
            normalForm.count < Int32.max
        else { return }
        reserve(normalForm.count / 2 + 1)
        let count = ctext_word_ranges(text, normalForm.count, WordCharacters.term.bitmap, found)
        ranges.reserveCapacity(count)
        for at in 0..<count {
            let range = found[at]
            if range.start >= 0, range.start == 0 || !joins(text, Int(range.start), normalForm.count) {
                ranges.append(Range(uncheckedBounds: (range.start, range.end)))
            } else {
                appendUnusual(range, of: normalForm, to: &ranges)
            }
        }
        if capacity > Self.keptCapacity { resize(to: Self.keptCapacity) }
    }

    /// Whether an apostrophe between two letters stands before `start`.
    @inline(__always)
    private func joins(_ text: UnsafePointer<UInt8>, _ start: Int, _ length: Int) -> Bool {
        let before = text[start - 1]
        guard before == 0x27 || before == 0x99 else { return false }
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
    private func appendUnusual(
        _ range: ctext_word_range, of normalForm: UnsafeRawBufferPointer, to ranges: inout [Range<Int32>]
    ) {
        guard let text = normalForm.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        let end = Int(range.end)
        var start = Int(range.start < 0 ? ~range.start : range.start)
        if start > 0, joins(text, start, normalForm.count), let last = ranges.last,
            start - Int(last.upperBound) <= 3
        {
            ranges[ranges.count - 1] = last.lowerBound..<Int32(end)
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
                breaker.forEachWord(in: normalForm, run: start..<at) {
                    ranges.append(Int32($0.lowerBound)..<Int32($0.upperBound))
                }
            } else {
                ranges.append(Int32(start)..<Int32(at))
            }
            start = at
        }
    }

    private func reserve(_ count: Int) {
        if count > capacity { resize(to: max(count, capacity + capacity / 2)) }
    }

    /// Forgets what was found.
    private func resize(to newCapacity: Int) {
        found.deallocate()
        found = .allocate(capacity: newCapacity)
        capacity = newCapacity
    }
}
