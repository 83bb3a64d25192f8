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
    /// Symbols by the hash of a word: the last word met in each place.
    private var cachedHash: [UInt64]
    private var cachedSymbols: [Int32]
    private var symbolSets: [[Int32]] = [[]]

    private static let cacheSize = 1 << 14

    private let letters: LetterForms

    /// - Throws: `TextFormsError`.
    init(_ catalogue: FeatureCatalogue, _ knowledge: SpellingKnowledge?) throws {
        self.catalogue = catalogue
        letters = try LetterForms(knowledge)
        cachedHash = Array(repeating: 0, count: Self.cacheSize)
        cachedSymbols = Array(repeating: 0, count: Self.cacheSize)
    }

    func begin(_ role: ProfileRole) {
        self.role = role
        found = 0
        wordCount = 0
        upperWords = 0
        wideWords = 0
        lookalikeWords = 0
        active.removeAll(keepingCapacity: true)
        closers.removeAll(keepingCapacity: true)
    }

    /// Takes the turn's next words.
    func take(
        _ words: UnsafeBufferPointer<LexicalReader.Word>, _ bytes: UnsafeRawBufferPointer,
        _ reader: LexicalReader
    ) {
        for word in words {
            wordCount += 1
            let flags = word.flags
            if flags & Self.twoCapitals == Self.twoCapitals, flags & UInt32(CTEXT_LEXICAL_LOWER) == 0 {
                upperWords += 1
            }
            if flags & UInt32(CTEXT_LEXICAL_WIDE) != 0 { lookAtLetters(word, bytes) }
            if flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0, !active.isEmpty {
                active.removeAll(keepingCapacity: true)
            }
            step(symbolSet(word, bytes, reader))
        }
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

    private static let twoCapitals = UInt32(CTEXT_LEXICAL_FIRST_UPPER | CTEXT_LEXICAL_LATER_UPPER)

    @inline(__always)
    private func symbolSet(
        _ word: LexicalReader.Word, _ bytes: UnsafeRawBufferPointer, _ reader: LexicalReader
    ) -> Int32 {
        let slot = Int(truncatingIfNeeded: word.hash) & (Self.cacheSize - 1)
        if cachedHash[slot] == word.hash { return cachedSymbols[slot] }
        return lookUp(word, bytes, reader, slot)
    }

    @inline(never)
    private func lookUp(
        _ word: LexicalReader.Word, _ bytes: UnsafeRawBufferPointer, _ reader: LexicalReader, _ slot: Int
    ) -> Int32 {
        let key: [UInt8]
        if word.key == 0 {
            key = bytes[Int(word.start)..<Int(word.end)].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        } else {
            key = reader.withKey(word) { Array($0) }
        }
        let symbols = catalogue.symbols(of: key)
        var number: Int32 = 0
        if !symbols.isEmpty {
            if let known = symbolSets.firstIndex(of: symbols) {
                number = Int32(known)
            } else {
                symbolSets.append(symbols)
                number = Int32(symbolSets.count - 1)
            }
        }
        cachedHash[slot] = word.hash
        cachedSymbols[slot] = number
        return number
    }

    @inline(__always)
    private func step(_ set: Int32) {
        if set == 0, active.isEmpty { return }
        advance(set)
    }

    private func advance(_ set: Int32) {
        next.removeAll(keepingCapacity: true)
        let symbols = symbolSets[Int(set)]
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
        for goal in catalogue.goals[Int(node)] where goal.roles.contains(role) {
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
