import CText
import Corpus
import TextForms

/// The words of a row's turns in the form that is matched; used again for row after row, by one thread.
///
/// The form of a turn: HTML entities and JSON escapes resolved, tags and zero-width characters dropped, NFKC, full
/// case folding. Words are maximal runs of letters, marks, numbers and `_`, whatever stands between them, so that
/// curly and straight quotes, dashes and any white space are alike; in scripts without spaces each character is a
/// word. The words of all turns follow one another: an n-gram may span two turns. Of a row of more than
/// ``mostWords`` words or ``mostFolded`` bytes its beginning is read, and ``isCut`` says so.
package final class OverlapText {
    private let normalizer: TextNormalizer
    private let folded = ByteBuffer()
    private let runs: WordRuns
    /// The unfolded text of all turns, for their capitals.
    private var unfolded: UnsafeMutableRawBufferPointer
    private var unfoldedEnds: [Int] = []
    private var capitals: [Int: [Bool]] = [:]
    private var row = ctext_row_words()
    private var wordCapacity = 0
    private var streamCapacity = 0
    /// The first word of each turn, and the number of words at the end.
    package private(set) var turnStarts: [Int] = [0]

    /// Words and bytes kept in memory between rows.
    private static let keptWords = 1 << 18
    /// Words of a row that are read. Chosen: 16 MiB of prose have 3 million; a word takes 29 bytes.
    package static let mostWords = 1 << 22
    /// Folded bytes of a row that are read; a letter such as U+FDFA folds to eleven times its bytes.
    package static let mostFolded = 1 << 24
    /// Bytes that are folded at a time where a row may exceed ``mostFolded``, and those before their end in which a
    /// space is looked for.
    private static let stretch = 1 << 18
    private static let seam = 1 << 12
    /// The most bytes that a byte folds to.
    private static let mostGrowth = 11

    /// Whether words of the row were left out.
    package private(set) var isCut = false

    /// - Throws: `TextFormsError` if ICU has no normalisation data.
    package init() throws {
        normalizer = try TextNormalizer()
        runs = try WordRuns()
        unfolded = .allocate(byteCount: 4096, alignment: 64)
        row.most = Self.mostWords
        reserve(words: 1024, stream: 8192)
    }

    deinit {
        unfolded.deallocate()
        release()
    }

    package var count: Int { row.count }
    package var words: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: row.words, count: row.count) }
    /// The bytes of the words one after another.
    package var stream: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: row.stream, count: row.streamed)
    }
    /// Where each word begins in the stream.
    package var places: UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: row.places, count: row.count)
    }
    package var gaps: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: row.gaps, count: row.count) }

    /// Reads a row's turns.
    ///
    /// - Complexity: O(bytes).
    package func read(_ text: RowText) {
        begin()
        for turn in text.turns { append(text.bytes(of: turn)) }
    }

    /// Forgets the row.
    package func begin() {
        folded.removeAll()
        if wordCapacity > Self.keptWords {
            release()
            unfolded.deallocate()
            unfolded = .allocate(byteCount: 4096, alignment: 64)
            folded.shrink(toCapacity: Self.keptWords)
            reserve(words: 1024, stream: 8192)
        }
        row.count = 0
        row.streamed = 0
        row.cut = false
        isCut = false
        turnStarts.removeAll(keepingCapacity: true)
        turnStarts.append(0)
        unfoldedEnds.removeAll(keepingCapacity: true)
        if !capitals.isEmpty { capitals.removeAll() }
    }

    /// Adds a turn.
    package func append(_ turn: UnsafeRawBufferPointer) {
        let from = unfoldedEnds.last ?? 0
        var end = from
        defer {
            turnStarts.append(row.count)
            unfoldedEnds.append(end)
        }
        guard let start = turn.assumingMemoryBound(to: UInt8.self).baseAddress, !turn.isEmpty else { return }
        reserveUnfolded(from + turn.count + Int(CTEXT_OVERLAP_SLACK), keeping: from)
        guard let target = unfolded.assumingMemoryBound(to: UInt8.self).baseAddress.map({ $0 + from }) else {
            return
        }
        let count = ctext_unfold(start, turn.count, target, nil)
        end = from + count
        let base = folded.count
        fold(UnsafeRawBufferPointer(start: target, count: count))
        let length = folded.count - base
        let words = min(row.count + (length + 1) / 2, Self.mostWords)
        reserve(words: words + 2, stream: row.streamed + length)
        let bytes = UnsafeRawBufferPointer(rebasing: folded.bytes[base...])
        guard let text = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        ctext_append_words(
            &row, text, length, WordCharacters.term.kernelBitmap, WordCharacters.unspaced.kernelBitmap)
        if row.cut { isCut = true }
    }

    /// Appends the normal form of a turn to `folded`, as far as there is room for it.
    ///
    /// A turn that may be too long is folded in stretches that end at spaces, which changes nothing; where there is no
    /// space near, between two characters.
    private func fold(_ turn: UnsafeRawBufferPointer) {
        if folded.count + turn.count * Self.mostGrowth <= Self.mostFolded {
            return normalizer.appendNormalForm(of: turn, to: folded)
        }
        let base = folded.count
        var from = 0
        while from < turn.count {
            guard folded.count < Self.mostFolded else {
                isCut = true
                return
            }
            let end = Self.seam(in: turn, from: from)
            let isSpaced = from > 0 && turn[from - 1] == 0x20
            if isSpaced, folded.count > base, folded.bytes[folded.count - 1] != 0x20 { folded.append(0x20) }
            normalizer.appendNormalForm(of: UnsafeRawBufferPointer(rebasing: turn[from..<end]), to: folded)
            from = end
        }
    }

    /// Where a stretch of a turn ends.
    private static func seam(in turn: UnsafeRawBufferPointer, from: Int) -> Int {
        var end = from + stretch
        guard end < turn.count else { return turn.count }
        for at in (end - seam..<end).reversed() where turn[at] == 0x20 { return at + 1 }
        while end > from + 1, turn[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }

    /// Whether a word begins with a digit.
    package func isNumber(_ word: Int) -> Bool {
        let place = Int(row.places[word])
        return place < row.streamed && row.stream[place] >= 0x30 && row.stream[place] <= 0x39
    }

    /// Whether a word was written with a capital, where it does not begin a sentence.
    package func isName(_ word: Int) -> Bool {
        guard row.gaps[word] == 0 else { return false }
        let turn = turn(of: word)
        let flags: [Bool]
        if let known = capitals[turn] {
            flags = known
        } else {
            let from = turn == 0 ? 0 : unfoldedEnds[turn - 1]
            flags = CapitalWords.flags(
                of: UnsafeRawBufferPointer(rebasing: unfolded[from..<unfoldedEnds[turn]]),
                count: turnStarts[turn + 1] - turnStarts[turn], runs)
            capitals[turn] = flags
        }
        return flags[word - turnStarts[turn]]
    }

    /// The turn that a word lies in.
    package func turn(of word: Int) -> Int {
        var low = 0
        var high = turnStarts.count - 1
        while low + 1 < high {
            let middle = (low + high) / 2
            if turnStarts[middle] <= word { low = middle } else { high = middle }
        }
        return low
    }

    /// The word that a byte of the stream lies in.
    package func word(atPlace place: Int) -> Int {
        var low = 0
        var high = row.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if Int(row.places[middle]) <= place { low = middle } else { high = middle }
        }
        return low
    }

    // MARK: Probes

    /// N-grams of words that pass a filter, into `probes`.
    package func grams(_ filter: HashFilter?, into probes: ProbeBuffer) {
        probes.reserve(row.count + 1)
        probes.count = withUnsafePointerOrNil(filter) {
            ctext_word_grams(row.words, row.count, $0, probes.start)
        }
    }

    /// Sampled windows of the stream that pass a filter.
    package func windows(_ filter: HashFilter?, into probes: ProbeBuffer) {
        probes.reserve(row.streamed + 1)
        probes.count = withUnsafePointerOrNil(filter) {
            ctext_stream_windows(row.stream, row.streamed, $0, probes.start)
        }
    }

    /// Short turns, lines and sentences that pass a filter.
    package func segments(_ filter: HashFilter?, into probes: ProbeBuffer) {
        probes.reserve(4 * row.count + 8)
        probes.count = withUnsafePointerOrNil(filter) { ctext_row_segments(&row, $0, probes.start) }
    }

    /// The hash of all words as one segment; `nil` for none or more than a segment has.
    package var segmentHash: UInt64? {
        guard row.count > 0, row.count <= Int(CTEXT_SEGMENT_WORDS) else { return nil }
        return ctext_segment_hash(&row, 0, row.count)
    }

    private func withUnsafePointerOrNil(
        _ filter: HashFilter?, _ body: (UnsafePointer<ctext_filter>?) -> Int
    ) -> Int {
        guard let filter else { return body(nil) }
        var kernel = filter.kernel
        return body(&kernel)
    }

    // MARK: Memory

    private func reserveUnfolded(_ needed: Int, keeping kept: Int) {
        guard needed > unfolded.count else { return }
        let grown = UnsafeMutableRawBufferPointer.allocate(byteCount: needed * 3 / 2, alignment: 64)
        grown.copyMemory(from: UnsafeRawBufferPointer(rebasing: unfolded[..<kept]))
        unfolded.deallocate()
        unfolded = grown
    }

    private func reserve(words: Int, stream: Int) {
        if words + 2 > wordCapacity {
            let capacity = max(words + 2, min(wordCapacity * 3 / 2, Self.mostWords + 4))
            let isNew = row.prefix == nil
            row.words = Self.grown(row.words, row.count, to: capacity)
            row.prefix = Self.grown(row.prefix, row.count + 1, to: capacity)
            if isNew { row.prefix[0] = 0 }
            row.symbols = Self.grown(row.symbols, row.count, to: capacity)
            row.places = Self.grown(row.places, row.count, to: capacity)
            row.gaps = Self.grown(row.gaps, row.count + 1, to: capacity)
            wordCapacity = capacity
        }
        let needed = stream + Int(CTEXT_OVERLAP_SLACK)
        if needed > streamCapacity {
            let capacity = max(needed, streamCapacity * 3 / 2)
            row.stream = Self.grown(row.stream, row.streamed, to: capacity)
            streamCapacity = capacity
        }
    }

    /// Memory that nobody has written to costs nothing: it is not cleared.
    private static func grown<Element: FixedWidthInteger>(
        _ old: UnsafeMutablePointer<Element>?, _ count: Int, to capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let made = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        if let old {
            made.initialize(from: old, count: count)
            old.deallocate()
        }
        return made
    }

    private func release() {
        for pointer in [row.words, row.prefix, row.symbols] { pointer?.deallocate() }
        row.places?.deallocate()
        row.gaps?.deallocate()
        row.stream?.deallocate()
        row = ctext_row_words()
        row.most = Self.mostWords
        wordCapacity = 0
        streamCapacity = 0
    }
}
