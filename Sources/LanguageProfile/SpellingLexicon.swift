import CText
import TextForms

/// Known words, by the lists that have them; does not change once it is shared between threads.
///
/// Kept apart from the lexicon of the difference class `spelling`, which needs membership by a hash alone: here
/// words are compared byte for byte, and the lists tell American from British forms.
///
/// `@unchecked Sendable` without a lock: words are added before the first thread reads.
package final class SpellingLexicon: @unchecked Sendable {
    /// Where and how a word is listed.
    struct Flags: OptionSet {
        let rawValue: UInt8
        static let lower = Flags(rawValue: 1)
        static let capitalised = Flags(rawValue: 2)
        static let american = Flags(rawValue: 4)
        static let british = Flags(rawValue: 8)
        /// Only in a list of rare words.
        static let rare = Flags(rawValue: 16)
    }

    /// Which English a list is of.
    package enum Variety: Sendable {
        case american, british, any
        /// Words that are known where they stand, and that no other word is taken for a misspelling of.
        case rare
    }

    private let table: ByteTable
    private var flags: [Flags] = []
    /// Contractions by their letters alone: `dont`.
    private let contractions = ByteTable()

    package init(expecting words: Int = 200_000) { table = ByteTable(expecting: words) }

    package var isEmpty: Bool { table.count == 0 }

    /// Adds a list, one word a line; lines that begin with `#` are left out.
    ///
    /// - Complexity: O(bytes).
    package func add(wordList: UnsafeRawBufferPointer, variety: Variety) {
        var start = 0
        for offset in 0...wordList.count
        where offset == wordList.count || wordList[offset] == 0x0A || wordList[offset] == 0x0D {
            if offset > start, wordList[start] != UInt8(ascii: "#") {
                add(UnsafeRawBufferPointer(rebasing: wordList[start..<offset]), variety)
            }
            start = offset + 1
        }
    }

    private func add(_ word: UnsafeRawBufferPointer, _ variety: Variety) {
        if variety == .rare, word.contains(0x27) { return }
        let key =
            word.allSatisfy { $0 < 0x80 }
            ? word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } : LexicalReader.key(of: word)
        let isCapital = word.first.map { (0x41...0x5A).contains($0) } ?? false
        var own: Flags = isCapital ? .capitalised : .lower
        switch variety {
        case .american: own.insert(.american)
        case .british: own.insert(.british)
        case .any: own.formUnion([.american, .british])
        case .rare: own = .rare
        }
        key.withUnsafeBytes { bytes in
            let (number, isNew) = table.insert(bytes, hash: LexicalReader.hash(ofKey: bytes))
            if isNew {
                flags.append(own)
            } else if variety != .rare {
                flags[number] = flags[number].subtracting(.rare).union(own)
            }
        }
        if let apostrophe = key.firstIndex(of: 0x27), apostrophe > 0,
            !key.suffix(2).elementsEqual([0x27, 0x73])
        {
            let letters = key.filter { $0 != 0x27 }
            letters.withUnsafeBytes {
                _ = contractions.insert($0, hash: LexicalReader.hash(ofKey: $0))
            }
        }
    }

    func flags(of key: UnsafeRawBufferPointer) -> Flags? {
        table.find(key, hash: LexicalReader.hash(ofKey: key)).map { flags[$0] }
    }

    /// Whether a list of common words has it.
    func isListed(_ key: [UInt8]) -> Bool { flags(of: key).map { !$0.contains(.rare) } ?? false }

    func flags(of key: [UInt8]) -> Flags? { key.withUnsafeBytes { flags(of: $0) } }

    func isLower(_ key: ArraySlice<UInt8>) -> Bool {
        key.withUnsafeBytes { flags(of: $0)?.contains(.lower) ?? false }
    }

    /// Whether a word is a contraction without its apostrophe (`dont`): a habit, not a misspelling.
    func isBareContraction(_ key: [UInt8]) -> Bool {
        key.withUnsafeBytes { contractions.find($0, hash: LexicalReader.hash(ofKey: $0)) != nil }
    }

    /// Whether a word is listed, or formed by rule from a listed one.
    func isKnown(_ key: UnsafeRawBufferPointer) -> Bool {
        flags(of: key) != nil || isFormed(Array(key))
    }

    /// Prefixes that any word of four letters or more can take.
    private static let prefixes = [
        "anti", "co", "counter", "cross", "cyber", "down", "hyper", "inter", "mega", "micro", "mid", "mini",
        "mis", "multi", "nano", "non", "out", "over", "post", "pre", "pro", "pseudo", "re", "semi", "sub",
        "super",
        "sur", "trans", "ultra", "un", "under", "up",
    ].map { Array($0.utf8) }

    /// Verbs that any word can take: "that'd".
    private static let contracted = ["'d", "'ll", "'ve", "'re"].map { Array($0.utf8) }

    /// Endings with what they stand for in the base.
    private static let endings = [
        ("ly", ""), ("ness", ""), ("less", ""), ("able", ""), ("able", "e"), ("ably", "able"), ("ily", "y"),
        ("iness", "y"), ("like", ""), ("wise", ""), ("ish", ""), ("ers", ""), ("er", ""), ("ers", "e"),
        ("er", "e"), ("ability", "able"), ("ized", "ize"), ("izing", "ize"), ("ization", "ize"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

    /// Plurals, possessives and derived words: `topups'`, `re-` and `-ly` of a listed word.
    private func isFormed(_ key: [UInt8]) -> Bool {
        if key.count < 4 { return false }
        if key.hasSuffix("'s") { return isListedOrPlural(key.dropLast(2)) }
        if key.hasSuffix("s'") { return isListedOrPlural(key.dropLast(1)) }
        if let ending = Self.contracted.first(where: { key.hasSuffix($0) }) {
            return isListedOrPlural(key.dropLast(ending.count))
        }
        if isListedOrPlural(key[...]) { return true }
        for (ending, base) in Self.endings where key.count > ending.count + 3 && key.hasSuffix(ending) {
            if isLower(key.dropLast(ending.count) + base[...]) { return true }
        }
        for prefix in Self.prefixes where key.count >= prefix.count + 4 && key.starts(with: prefix) {
            let rest = key.dropFirst(prefix.count)
            if isLower(rest) || (isPlural(rest) && rest.count > 4) { return true }
        }
        return isCompound(key)
    }

    private func isListedOrPlural(_ key: ArraySlice<UInt8>) -> Bool {
        key.withUnsafeBytes { flags(of: $0) != nil } || isPlural(key)
    }

    /// A listed word with the ending that its letters ask for.
    private func isPlural(_ key: ArraySlice<UInt8>) -> Bool {
        guard key.count >= 3, key.last == UInt8(ascii: "s") else { return false }
        let base = key.dropLast()
        let isListed = base.withUnsafeBytes { flags(of: $0) != nil }
        guard isListed, let last = base.last else { return false }
        if last == UInt8(ascii: "y") { return base.dropLast().last.map { Self.vowels.contains($0) } ?? false }
        return ![UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z")].contains(last)
    }

    private static let vowels = Array("aeiou".utf8)

    /// Two listed words of four letters or more each, run into one: `railcard`.
    private func isCompound(_ key: [UInt8]) -> Bool {
        guard key.count >= 8 else { return false }
        return (4...key.count - 4).contains { cut in
            let tail = key[cut...]
            return isLower(key[..<cut]) && (isLower(tail) || isPlural(tail))
        }
    }
}

extension [UInt8] {
    func hasSuffix(_ suffix: String) -> Bool { hasSuffix(Array(suffix.utf8)) }
    func hasSuffix(_ suffix: [UInt8]) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}
