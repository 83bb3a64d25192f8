import CICU
import CText

/// Reads the lexical words of texts (UAX #29), with what a spelling check must know of each; one per thread.
///
/// A stretch between ASCII white space that is ASCII but for the usual typographic quotes, dashes and the ellipsis
/// is broken by a byte kernel, equal to ICU by test; any other stretch is broken by ICU.
///
/// A word's *key* is what makes two words one type: lower case by simple mapping, apostrophes straight, Latin
/// ligatures and full-width letters as plain ones.
package final class LexicalReader {
    package typealias Word = ctext_lexical_word

    private let breaker: WordBreaker
    private let breaksUnspaced: Bool
    private var state = ctext_lexical_state()
    private var text = UnsafeRawBufferPointer(start: nil, count: 0)
    private let found: UnsafeMutablePointer<Word>
    private var mixed: [Word] = []
    /// `mixed` where its address lasts.
    private var resolved: UnsafeMutableBufferPointer<Word>
    /// Keys of words that are not plain ASCII: two bytes of length, then the key.
    private var keys: [UInt8] = []

    /// Words that one call gives, but for those that ICU finds.
    package static let batchSize = 4096
    /// Bytes of a key; a longer word has none.
    package static let longestKey = 200

    /// - Parameter breaksUnspaced: whether stretches of scripts without spaces are broken by ICU's dictionaries
    ///   (about 50 MB/s) or passed over where they hold nothing else.
    /// - Throws: ``TextFormsError`` if ICU has no break rules.
    package init(breaksUnspaced: Bool) throws {
        breaker = try WordBreaker()
        self.breaksUnspaced = breaksUnspaced
        found = .allocate(capacity: Self.batchSize)
        resolved = .allocate(capacity: Self.batchSize)
    }

    deinit {
        found.deallocate()
        resolved.deallocate()
    }

    /// Begins a text; it must stay as it is until its last word is read.
    ///
    /// - Parameters:
    ///   - text: UTF-8 of less than 2^32 bytes.
    ///   - skipsCode: program text between ` or ``` is passed over.
    package func begin(_ text: UnsafeRawBufferPointer, skipsCode: Bool) {
        self.text = text.count < Int(UInt32.max) ? text : UnsafeRawBufferPointer(start: nil, count: 0)
        state = ctext_lexical_state()
        state.skips_code = skipsCode
    }

    /// The next words in order, none at the end; valid until the next call.
    ///
    /// - Complexity: O(bytes read).
    package func next() -> UnsafeBufferPointer<Word> {
        guard let bytes = text.assumingMemoryBound(to: UInt8.self).baseAddress else {
            return UnsafeBufferPointer(start: found, count: 0)
        }
        while true {
            let count = ctext_lexical_words(bytes, text.count, &state, found, Self.batchSize)
            guard count > 0 else { return UnsafeBufferPointer(start: found, count: 0) }
            let words = UnsafeBufferPointer(start: found, count: count)
            let unusual = ctext_lexical_find(found, 0, count, Self.unusual)
            if unusual == count { return words }
            resolve(words, first: unusual)
            // Wide stretches may hold no word at all.
            if !mixed.isEmpty { return putAside() }
        }
    }

    /// The key of a word of the last batch, if it is not plain: in lower case, apostrophes straight.
    @inline(__always)
    package func withKey<Result>(_ word: Word, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        keys.withUnsafeBytes { keys in
            let at = Int(word.key)
            let length = Int(keys[at]) | Int(keys[at + 1]) << 8
            return body(UnsafeRawBufferPointer(rebasing: keys[at + 2..<at + 2 + length]))
        }
    }

    private func putAside() -> UnsafeBufferPointer<Word> {
        if mixed.count > resolved.count {
            resolved.deallocate()
            resolved = .allocate(capacity: mixed.count * 2)
        }
        _ = resolved.update(fromContentsOf: mixed)
        return UnsafeBufferPointer(rebasing: resolved[..<mixed.count])
    }

    private static let unusual = UInt32(CTEXT_LEXICAL_WIDE | CTEXT_LEXICAL_CURLY)

    /// Puts words that are not plain into `mixed` with their keys, and the plain ones between them.
    private func resolve(_ words: UnsafeBufferPointer<Word>, first: Int) {
        mixed.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        // Key 0 is that of plain words.
        keys.append(contentsOf: [0, 0])
        var start = 0
        var at = first
        while at < words.count {
            mixed.append(contentsOf: words[start..<at])
            var word = words[at]
            if word.flags & UInt32(CTEXT_LEXICAL_WIDE) != 0 {
                breakStretch(word)
            } else {
                addKey(&word)
                mixed.append(word)
            }
            start = at + 1
            at = ctext_lexical_find(found, start, words.count, Self.unusual)
        }
        mixed.append(contentsOf: words[start...])
    }

    private func breakStretch(_ stretch: Word) {
        let range = Int(stretch.start)..<Int(stretch.end)
        if !breaksUnspaced, holdsNoSpacedLetter(range) { return }
        var isFirst = true
        breaker.forEachWord(in: text, run: range) { [self] word in
            var flags = stretch.flags
            if !isFirst { flags &= ~UInt32(CTEXT_LEXICAL_SENTENCE_START) }
            isFirst = false
            flags |= kinds(of: word)
            if word.lowerBound > range.lowerBound + 1, text[word.lowerBound - 1] == UInt8(ascii: "-") {
                flags |= UInt32(CTEXT_LEXICAL_HYPHEN_BEFORE)
            }
            if word.upperBound + 1 < range.upperBound, text[word.upperBound] == UInt8(ascii: "-") {
                flags |= UInt32(CTEXT_LEXICAL_HYPHEN_AFTER)
            }
            var found = Word(
                hash: 0, start: UInt32(word.lowerBound), end: UInt32(word.upperBound), flags: flags, key: 0)
            addKey(&found)
            mixed.append(found)
        }
    }

    private func holdsNoSpacedLetter(_ range: Range<Int>) -> Bool {
        !ctext_holds_spaced_letter(
            text.assumingMemoryBound(to: UInt8.self).baseAddress, range.lowerBound, range.upperBound,
            WordCharacters.letters.bitmap, WordCharacters.unspaced.bitmap)
    }

    /// What kinds of characters a word holds.
    private func kinds(of word: Range<Int>) -> UInt32 {
        guard let bytes = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return 0 }
        var flags: UInt32 = 0
        var at = word.lowerBound
        while at < word.upperBound {
            let point = ctext_decode(bytes, at, word.upperBound)
            if WordCharacters.lettersAndMarks.isWord(point.value) {
                if WordCharacters.unspaced.isWord(point.value) {
                    flags |= UInt32(CTEXT_LEXICAL_UNSPACED)
                } else if WordCharacters.capitals.isWord(point.value) {
                    flags |= UInt32(
                        at == word.lowerBound
                            ? CTEXT_LEXICAL_FIRST_UPPER : CTEXT_LEXICAL_LATER_UPPER)
                } else {
                    flags |= UInt32(CTEXT_LEXICAL_LOWER)
                }
            } else if WordCharacters.numbers.isWord(point.value) {
                flags |= UInt32(CTEXT_LEXICAL_DIGIT)
            } else if point.value == 0x5F {
                flags |= UInt32(CTEXT_LEXICAL_UNDERSCORE)
            } else if point.value == 0x27 || point.value == 0x2018 || point.value == 0x2019 {
                flags |= UInt32(CTEXT_LEXICAL_APOSTROPHE)
            } else {
                flags |= UInt32(CTEXT_LEXICAL_MID)
            }
            at += Int(point.length)
        }
        return flags
    }

    private func addKey(_ word: inout Word) {
        guard let bytes = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        word.key = UInt32(keys.count)
        keys.append(contentsOf: [0, 0])
        let start = keys.count
        var at = Int(word.start)
        let end = Int(word.end)
        while at < end, keys.count - start <= Self.longestKey {
            let point = ctext_decode(bytes, at, end)
            LexicalReader.appendKey(of: point.value, to: &keys)
            at += Int(point.length)
        }
        let length = keys.count - start
        keys[start - 2] = UInt8(truncatingIfNeeded: length)
        keys[start - 1] = UInt8(truncatingIfNeeded: length >> 8)
        word.hash = keys.withUnsafeBytes {
            ctext_lexical_hash(
                $0.baseAddress?.advanced(by: start).assumingMemoryBound(to: UInt8.self), length)
        }
    }

    private static func appendKey(of point: UInt32, to keys: inout [UInt8]) {
        if point < 0x80 {
            let byte = UInt8(truncatingIfNeeded: point)
            keys.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        } else if point == 0x2018 || point == 0x2019 {
            keys.append(0x27)
        } else if let letters = ligatures[point] {
            keys.append(contentsOf: letters.utf8)
        } else if (0xFF21...0xFF3A).contains(point) || (0xFF41...0xFF5A).contains(point) {
            // Full-width forms of ASCII letters.
            keys.append(UInt8(truncatingIfNeeded: point - 0xFEE0) | 0x20)
        } else if let scalar = Unicode.Scalar(UInt32(bitPattern: cicu_to_lower(Int32(point)))) {
            keys.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    /// Latin ligatures of the presentation forms.
    private static let ligatures: [UInt32: String] = [
        0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    ]

    /// The key of a text that is one word.
    package static func key(of word: some Sequence<UInt8>) -> [UInt8] {
        var keys: [UInt8] = []
        for scalar in String(decoding: Array(word), as: UTF8.self).unicodeScalars {
            appendKey(of: scalar.value, to: &keys)
        }
        return keys
    }

    /// The hash that words of this key bear.
    package static func hash(ofKey key: UnsafeRawBufferPointer) -> UInt64 {
        ctext_lexical_hash(key.assumingMemoryBound(to: UInt8.self).baseAddress, key.count)
    }
}
