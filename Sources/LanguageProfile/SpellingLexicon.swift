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
    /// A bit for each hash that some word has: most strings that are looked up are no words.
    private let filter: UnsafeMutablePointer<UInt64>
    /// Contractions by their letters alone: `dont`.
    private let contractions = ByteTable()

    private static let filterBits = 22

    package init(expecting words: Int = 200_000) {
        table = ByteTable(expecting: words)
        filter = .allocate(capacity: 1 << (Self.filterBits - 6))
        filter.initialize(repeating: 0, count: 1 << (Self.filterBits - 6))
    }

    deinit { filter.deallocate() }

    /// The bit of a hash: the table takes the lowest ones.
    @inline(__always)
    private static func bit(_ hash: UInt64) -> (word: Int, bit: UInt64) {
        let place = hash >> (64 - UInt64(filterBits))
        return (Int(place >> 6), 1 << (place & 63))
    }

    package var isEmpty: Bool { table.count == 0 }

    /// Adds a list, one word a line; lines that begin with `#` are left out.
    ///
    /// - Complexity: O(bytes).
    package func add(wordList: UnsafeRawBufferPointer, variety: Variety) {
        guard let bytes = wordList.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        var lines = [ctext_lexical_word](repeating: ctext_lexical_word(), count: Self.linesAtOnce)
        var place = 0
        while true {
            let count = lines.withUnsafeMutableBufferPointer {
                ctext_list_lines(bytes, wordList.count, &place, $0.baseAddress, $0.count)
            }
            if count == 0 { break }
            for line in lines[..<count] { table.prefetch(line.hash) }
            for line in lines[..<count] {
                let range = Int(line.start)..<Int(line.end)
                add(UnsafeRawBufferPointer(rebasing: wordList[range]), line, variety)
            }
        }
    }

    /// Lines whose places in the table are asked for before the first is looked up.
    private static let linesAtOnce = 256

    private func add(_ word: UnsafeRawBufferPointer, _ line: ctext_lexical_word, _ variety: Variety) {
        let hasApostrophe = line.flags & UInt32(CTEXT_LEXICAL_APOSTROPHE) != 0
        if variety == .rare, hasApostrophe { return }
        var own: Flags = line.flags & UInt32(CTEXT_LEXICAL_FIRST_UPPER) != 0 ? .capitalised : .lower
        switch variety {
        case .american: own.insert(.american)
        case .british: own.insert(.british)
        case .any: own.formUnion([.american, .british])
        case .rare: own = .rare
        }
        if line.flags & UInt32(CTEXT_LEXICAL_WIDE) == 0 {
            let number = insert(word, hash: line.hash, foldsCase: true, own, variety)
            if hasApostrophe { addContraction(Array(table.bytes(number))) }
        } else {
            let key =
                word.allSatisfy { $0 < 0x80 }
                ? word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } : LexicalReader.key(of: word)
            key.withUnsafeBytes {
                _ = insert($0, hash: LexicalReader.hash(ofKey: $0), foldsCase: false, own, variety)
            }
            addContraction(key)
        }
    }

    private func insert(
        _ key: UnsafeRawBufferPointer, hash: UInt64, foldsCase: Bool, _ own: Flags, _ variety: Variety
    ) -> Int {
        let (number, isNew) = table.insert(key, hash: hash, foldsCase: foldsCase)
        if isNew {
            let place = Self.bit(hash)
            filter[place.word] |= place.bit
            flags.append(own)
        } else if variety != .rare {
            flags[number] = flags[number].subtracting(.rare).union(own)
        }
        return number
    }

    private func addContraction(_ key: [UInt8]) {
        guard let apostrophe = key.firstIndex(of: 0x27), apostrophe > 0,
            !key.suffix(2).elementsEqual([0x27, 0x73])
        else { return }
        key.filter { $0 != 0x27 }.withUnsafeBytes {
            _ = contractions.insert($0, hash: LexicalReader.hash(ofKey: $0))
        }
    }

    /// Calls `body` with each word that is listed in small letters.
    func forEachLower(_ body: (UnsafeRawBufferPointer) -> Void) {
        for number in flags.indices where flags[number].contains(.lower) { body(table.bytes(number)) }
    }

    func flags(of key: UnsafeRawBufferPointer) -> Flags? {
        let hash = LexicalReader.hash(ofKey: key)
        let place = Self.bit(hash)
        guard filter[place.word] & place.bit != 0 else { return nil }
        return table.find(key, hash: hash).map { flags[$0] }
    }

    /// Whether a list of common words has it.
    func isListed(_ key: [UInt8]) -> Bool { flags(of: key).map { !$0.contains(.rare) } ?? false }

    func flags(of key: [UInt8]) -> Flags? { key.withUnsafeBytes { flags(of: $0) } }

    func isLower(_ key: ArraySlice<UInt8>) -> Bool { key.withUnsafeBytes { isLower($0) } }

    func isLower(_ key: UnsafeRawBufferPointer) -> Bool { flags(of: key)?.contains(.lower) ?? false }

    /// Whether a word is a contraction without its apostrophe (`dont`): a habit, not a misspelling.
    func isBareContraction(_ key: [UInt8]) -> Bool {
        key.withUnsafeBytes { contractions.find($0, hash: LexicalReader.hash(ofKey: $0)) != nil }
    }

    /// Whether a word is listed, or formed by rule from a listed one.
    func isKnown(_ key: UnsafeRawBufferPointer) -> Bool { flags(of: key) != nil || isFormed(key) }

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
    private func isFormed(_ key: UnsafeRawBufferPointer) -> Bool {
        if key.count < 4 { return false }
        if key.ends(with: "'s") { return isListedOrPlural(key.first(key.count - 2)) }
        if key.ends(with: "s'") { return isListedOrPlural(key.first(key.count - 1)) }
        if let ending = Self.contracted.first(where: { key.ends(with: $0) }) {
            return isListedOrPlural(key.first(key.count - ending.count))
        }
        if isListedOrPlural(key) { return true }
        for (ending, base) in Self.endings where key.count > ending.count + 3 && key.ends(with: ending) {
            if isLower((Array(key.first(key.count - ending.count)) + base)[...]) { return true }
        }
        for prefix in Self.prefixes where key.count >= prefix.count + 4 && key.begins(with: prefix) {
            let rest = UnsafeRawBufferPointer(rebasing: key[prefix.count...])
            if isLower(rest) || (isPlural(rest) && rest.count > 4) { return true }
        }
        return isCompound(key)
    }

    private func isListedOrPlural(_ key: UnsafeRawBufferPointer) -> Bool {
        flags(of: key) != nil || isPlural(key)
    }

    /// A listed word with the ending that its letters ask for.
    private func isPlural(_ key: UnsafeRawBufferPointer) -> Bool {
        guard key.count >= 3, key[key.count - 1] == UInt8(ascii: "s") else { return false }
        for ending in Self.hissing where key.count > ending.count + 3 && key.ends(with: ending) {
            if flags(of: key.first(key.count - 2)) != nil { return true }
        }
        let base = key.first(key.count - 1)
        guard flags(of: base) != nil, let last = base.last else { return false }
        if last == UInt8(ascii: "y") { return Self.vowels.contains(base[base.count - 2]) }
        return ![UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z")].contains(last)
    }

    /// Endings of words that take `es`: attaches, boxes.
    private static let hissing = ["ches", "shes", "sses", "xes", "zzes"].map { Array($0.utf8) }
    private static let vowels = Array("aeiou".utf8)

    /// Two listed words of four letters or more each, run into one: `railcard`.
    private func isCompound(_ key: UnsafeRawBufferPointer) -> Bool {
        guard key.count >= 8 else { return false }
        return (4...key.count - 4).contains { cut in
            let tail = UnsafeRawBufferPointer(rebasing: key[cut...])
            return isLower(key.first(cut)) && (isLower(tail) || isPlural(tail))
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func first(_ length: Int) -> UnsafeRawBufferPointer { Self(rebasing: self[..<length]) }

    fileprivate func begins(with part: [UInt8]) -> Bool { matches(part, at: 0) }

    fileprivate func ends(with part: [UInt8]) -> Bool { matches(part, at: count - part.count) }

    fileprivate func ends(with part: StaticString) -> Bool {
        let length = part.utf8CodeUnitCount
        return count >= length
            && (0..<length).allSatisfy { self[count - length + $0] == part.utf8Start[$0] }
    }

    @inline(__always)
    private func matches(_ part: [UInt8], at place: Int) -> Bool {
        guard place >= 0, place + part.count <= count else { return false }
        var at = 0
        while at < part.count {
            if self[place &+ at] != part[at] { return false }
            at &+= 1
        }
        return true
    }
}

extension [UInt8] {
    func hasSuffix(_ suffix: String) -> Bool { hasSuffix(Array(suffix.utf8)) }
    func hasSuffix(_ suffix: [UInt8]) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}
