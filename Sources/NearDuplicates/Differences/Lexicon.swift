/// A list of known words, for the class `spelling`; a value that threads share.
package struct Lexicon: Sendable {
    private var lowercaseKeys: Set<UInt64> = []
    private var capitalisedKeys: Set<UInt64> = []

    package init() {}

    /// Adds a word list, one word a line (as `/usr/share/dict/american-english`).
    ///
    /// - Complexity: O(bytes).
    package mutating func add(wordList: UnsafeRawBufferPointer) {
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
        if isCapital { capitalisedKeys.insert(key.finished) } else { lowercaseKeys.insert(key.finished) }
    }

    package var isEmpty: Bool { lowercaseKeys.isEmpty && capitalisedKeys.isEmpty }

    /// Whether the list has the word, in any case.
    func contains(_ key: UInt64) -> Bool { lowercaseKeys.contains(key) || capitalisedKeys.contains(key) }

    /// Whether the list has the word with a small letter, so that a capital does not make it a name.
    func containsLowercase(_ key: UInt64) -> Bool { lowercaseKeys.contains(key) }
}
