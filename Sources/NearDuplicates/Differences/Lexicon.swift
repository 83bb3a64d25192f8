/// A list of known words, for the class `spelling`; a value that threads share.
package struct Lexicon: Sendable {
    /// In which case a word is listed.
    private struct Cases: OptionSet, Sendable {
        let rawValue: UInt8

        static let lower = Cases(rawValue: 1)
        static let capitalised = Cases(rawValue: 2)
    }

    private var cases = KeyMap<Cases>()

    package init() {}

    /// Adds a word list, one word a line (as `/usr/share/dict/american-english`).
    ///
    /// - Complexity: O(bytes).
    package mutating func add(wordList: UnsafeRawBufferPointer) {
        // A list has a word in seven bytes and more; few are in a list before.
        if cases.isEmpty { cases = KeyMap(expecting: wordList.count / 7) }
        var table = ScalarTable()
        var start = 0
        for offset in 0...wordList.count where offset == wordList.count || wordList[offset] <= 0x20 {
            if offset > start { add(UnsafeRawBufferPointer(rebasing: wordList[start..<offset]), &table) }
            start = offset + 1
        }
    }

    package mutating func add(words: [String]) {
        for var word in words { word.withUTF8 { add(wordList: UnsafeRawBufferPointer($0)) } }
    }

    private mutating func add(_ word: UnsafeRawBufferPointer, _ table: inout ScalarTable) {
        var key = TokenKey()
        var offset = 0
        var isCapital = false
        while offset < word.count {
            let (scalar, length) = Tokeniser.decode(word, offset, word.count)
            if scalar < 0x80 {
                if offset == 0, scalar >= 0x41, scalar <= 0x5A { isCapital = true }
                key.add(UInt32(ascii: UInt8(truncatingIfNeeded: scalar)))
            } else {
                let (kind, folded) = table.lookUp(scalar)
                if offset == 0, kind == .upper { isCapital = true }
                key.add(scalar == 0x2019 ? 0x27 : folded)
            }
            offset += length
        }
        cases[key.finished, default: []].insert(isCapital ? .capitalised : .lower)
    }

    package var isEmpty: Bool { cases.isEmpty }

    /// Whether the list has the word, in any case.
    func contains(_ key: UInt64) -> Bool { cases[key] != nil }

    /// Whether the list has the word with a small letter, so that a capital does not make it a name.
    func containsLowercase(_ key: UInt64) -> Bool { cases[key]?.contains(.lower) ?? false }
}
