import CText
import TextForms

/// Finds the features of one turn after another; one per thread.
final class FeatureReader {
    /// A set of features, bit n for feature n.
    typealias Set = UInt128

    private struct Active {
        var node: Int32
        var start: Int32
    }

    private let catalogue: FeatureCatalogue
    private var role = ProfileRole.user
    private(set) var found: Set = 0
    private(set) var wordCount = 0
    private var upperWords = 0
    private var wideWords = 0
    private var lookalikeWords = 0
    private var active: [Active] = []
    private var next: [Active] = []
    /// Closers by the word that they end at.
    private var closers: [(feature: Int, end: Int)] = []
    /// The symbol set of each word met lately, twice its number, and 1 more if a pattern begins with one of the set.
    private let cache: UnsafeMutableBufferPointer<ctext_word_number>
    private var symbolSets: [[Int32]] = [[]]
    private var folded: [UInt8] = []

    private static let cacheSize = 1 << 14

    private let letters: LetterForms

    /// - Throws: `TextFormsError`.
    init(_ catalogue: FeatureCatalogue, _ knowledge: SpellingKnowledge?) throws {
        self.catalogue = catalogue
        letters = try LetterForms(knowledge)
        cache = .allocate(capacity: Self.cacheSize)
        cache.initialize(repeating: ctext_word_number())
    }

    deinit { cache.deallocate() }

    func begin(_ role: ProfileRole) {
        self.role = role
        found = 0
        wordCount = 0
        upperWords = 0
        wideWords = 0
        lookalikeWords = 0
        if !active.isEmpty { active.removeAll(keepingCapacity: true) }
        if !closers.isEmpty { closers.removeAll(keepingCapacity: true) }
    }

    /// Takes the turn's next words.
    func take(
        _ words: UnsafeBufferPointer<LexicalReader.Word>, _ bytes: UnsafeRawBufferPointer,
        _ reader: LexicalReader
    ) {
        var at = 0
        while at < words.count {
            if active.isEmpty {
                // Words of ASCII that no pattern begins with change nothing.
                let next = ctext_lexical_pass_even(
                    words.baseAddress, at, words.count, cache.baseAddress, cache.count - 1, &upperWords)
                wordCount += next - at
                at = next
                if at == words.count { break }
            }
            take(words[at], bytes, reader)
            at += 1
        }
    }

    private func take(
        _ word: LexicalReader.Word, _ bytes: UnsafeRawBufferPointer, _ reader: LexicalReader
    ) {
        wordCount += 1
        if ctext_lexical_is_capital(word.flags) { upperWords += 1 }
        if word.flags & UInt32(CTEXT_LEXICAL_WIDE) != 0 { lookAtLetters(word, bytes) }
        if word.flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0, !active.isEmpty {
            active.removeAll(keepingCapacity: true)
        }
        let set = symbolSet(word, bytes, reader)
        if set != 0 || !active.isEmpty { advance(set) }
    }

    private func lookAtLetters(_ word: LexicalReader.Word, _ bytes: UnsafeRawBufferPointer) {
        wideWords += 1
        if word.flags & UInt32(CTEXT_LEXICAL_UNSPACED) != 0 { return }
        let own = letters.findings(UnsafeRawBufferPointer(rebasing: bytes[Int(word.start)..<Int(word.end)]))
        if own.isEmpty { return }
        if own.contains(.mixedScripts) { found |= 1 << Set(FeatureCatalogue.mixedScript) }
        if own.contains(.homoglyph) { found |= 1 << Set(FeatureCatalogue.homoglyph) }
        if own.contains(.compatibility) { found |= 1 << Set(FeatureCatalogue.compatibility) }
        if own.contains(.lookalikeWord) { lookalikeWords += 1 }
    }

    @inline(__always)
    private func symbolSet(
        _ word: LexicalReader.Word, _ bytes: UnsafeRawBufferPointer, _ reader: LexicalReader
    ) -> Int {
        let slot = Int(truncatingIfNeeded: word.hash) & (Self.cacheSize - 1)
        if cache[slot].hash == word.hash { return Int(cache[slot].number >> 1) }
        return lookUp(word, bytes, reader, slot)
    }

    @inline(never)
    private func lookUp(
        _ word: LexicalReader.Word, _ bytes: UnsafeRawBufferPointer, _ reader: LexicalReader, _ slot: Int
    ) -> Int {
        let symbols: [Int32]
        if word.key == 0 {
            folded.removeAll(keepingCapacity: true)
            for byte in bytes[Int(word.start)..<Int(word.end)] {
                folded.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            }
            symbols = folded.withUnsafeBytes { catalogue.symbols(of: $0, hash: word.hash) }
        } else {
            symbols = reader.withKey(word) { catalogue.symbols(of: $0, hash: word.hash) }
        }
        var number = 0
        if !symbols.isEmpty {
            if let known = symbolSets.firstIndex(of: symbols) {
                number = known
            } else {
                symbolSets.append(symbols)
                number = symbolSets.count - 1
            }
        }
        let isFirst = symbols.contains { catalogue.edge(from: 0, $0) != nil }
        cache[slot] = ctext_word_number(hash: word.hash, number: Int64(number * 2 + (isFirst ? 1 : 0)))
        return number
    }

    private func advance(_ set: Int) {
        next.removeAll(keepingCapacity: true)
        let symbols = symbolSets[set]
        for state in active {
            let wild = catalogue.nodes[Int(state.node)].wild
            if wild >= 0 { reach(wild, state.start) }
            for symbol in symbols {
                if let node = catalogue.edge(from: state.node, symbol) { reach(node, state.start) }
            }
        }
        for symbol in symbols {
            if let node = catalogue.edge(from: 0, symbol) { reach(node, Int32(wordCount - 1)) }
        }
        swap(&active, &next)
    }

    @inline(__always)
    private func reach(_ node: Int32, _ start: Int32) {
        let target = catalogue.nodes[Int(node)]
        if target.hasGoals { score(node, start) }
        if !target.isEmpty { next.append(Active(node: node, start: start)) }
    }

    private func score(_ node: Int32, _ start: Int32) {
        let bit = FeatureCatalogue.Goal.bit(role)
        for goal in catalogue.goals[Int(node)] where goal.roles & bit != 0 {
            switch goal.position {
            case .any: found |= 1 << Set(goal.feature)
            case .opener: if start < FeatureCatalogue.openerReach { found |= 1 << Set(goal.feature) }
            case .closer: closers.append((goal.feature, wordCount))
            }
        }
    }

    /// Ends the turn: what punctuation and characters tell.
    ///
    /// - Parameter isMisspelt: whether it has a misspelling.
    func end(_ bytes: UnsafeRawBufferPointer, isMisspelt: Bool) {
        // In a text of the other script it is a word of that.
        if lookalikeWords > 0, wideWords * 2 < wordCount { found |= 1 << Set(FeatureCatalogue.homoglyph) }
        if isMisspelt { found |= 1 << Set(FeatureCatalogue.misspelt) }
        for closer in closers where wordCount - closer.end <= FeatureCatalogue.closerReach {
            found |= 1 << Set(closer.feature)
        }
        found |= Set(ctext_marks(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count))
        if let first = bytes.first(where: { $0 > 0x20 }), (0x61...0x7A).contains(first) {
            found |= 1 << Set(FeatureCatalogue.lowerStart)
        }
        if let last = bytes.last(where: { $0 > 0x20 }), Self.isLetterOrDigit(last) {
            found |= 1 << Set(FeatureCatalogue.noTerminal)
        }
        if wordCount >= 4, upperWords * 10 >= wordCount * 7 { found |= 1 << Set(FeatureCatalogue.allCaps) }
        if wordCount > 0, wordCount <= 2 { found |= 1 << Set(FeatureCatalogue.veryShort) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
