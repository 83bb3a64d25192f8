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

    /// Words of the turn that a pattern was found in.
    struct Span {
        var feature: Int
        var start: Int
        var end: Int
    }

    private let catalogue: FeatureCatalogue
    private var role = ProfileRole.user
    private(set) var found: Set = 0
    private(set) var wordCount = 0
    private var upperWords = 0
    private var wideWords = 0
    private var lookalikeWords = 0
    private var technicalWords = 0
    /// Flags of the word at hand.
    private var flags: UInt32 = 0
    private let patterns: PatternTable
    /// Nodes that the last words lead to.
    private var active = UnsafeMutableBufferPointer<Active>.allocate(capacity: 64)
    private var activeCount = 0
    private var next = UnsafeMutableBufferPointer<Active>.allocate(capacity: 64)
    private var nextCount = 0
    /// Closers, of which the turn's end decides.
    private var closers: [Span] = []
    /// Finds from the first word on, which count if they end with the turn.
    private var wholes: [Span] = []
    /// Shorthand in capitals, which is initials (`BC`) where the turn is not written so.
    private var capitals: [Span] = []
    /// Of features with exclusions, what was found and what is excluded; each in the order of its ends.
    private var held: [Span] = []
    private var excluded: [Span] = []
    /// Where patterns were found in the turn, if `keepsSpans`; exclusions are taken off at its end.
    private(set) var spans: [Span] = []
    private let keepsSpans: Bool
    /// The symbol set of each word met lately, twice its number, and 1 more if a pattern begins with one of the set.
    private let cache: UnsafeMutableBufferPointer<ctext_word_number>
    private var symbolSets: [[Int32]] = [[]]
    /// The sets' symbols one after another, and where each set begins.
    private var symbols = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 0)
    private var symbolStarts: [Int] = [0, 0]
    private var folded: [UInt8] = []

    private static let cacheSize = 1 << 14

    private let letters: LetterForms

    /// - Throws: `TextFormsError`.
    init(_ catalogue: FeatureCatalogue, _ knowledge: SpellingKnowledge?, keepsSpans: Bool = false) throws {
        self.catalogue = catalogue
        self.keepsSpans = keepsSpans
        patterns = PatternTable(catalogue)
        letters = try LetterForms(knowledge)
        cache = .allocate(capacity: Self.cacheSize)
        cache.initialize(repeating: ctext_word_number())
    }

    deinit {
        cache.deallocate()
        active.deallocate()
        next.deallocate()
        symbols.deallocate()
    }

    func begin(_ role: ProfileRole) {
        self.role = role
        found = 0
        wordCount = 0
        upperWords = 0
        wideWords = 0
        lookalikeWords = 0
        technicalWords = 0
        activeCount = 0
        if !closers.isEmpty { closers.removeAll(keepingCapacity: true) }
        if !wholes.isEmpty { wholes.removeAll(keepingCapacity: true) }
        if !capitals.isEmpty { capitals.removeAll(keepingCapacity: true) }
        if !spans.isEmpty { spans.removeAll(keepingCapacity: true) }
        if !held.isEmpty { held.removeAll(keepingCapacity: true) }
        if !excluded.isEmpty { excluded.removeAll(keepingCapacity: true) }
    }

    /// Takes the turn's next words.
    ///
    /// - Parameter technical: how many of them are part of program text.
    func take(
        _ words: UnsafeBufferPointer<LexicalReader.Word>, technical: Int, _ bytes: UnsafeRawBufferPointer,
        _ reader: LexicalReader
    ) {
        technicalWords += technical
        var at = 0
        while at < words.count {
            if activeCount == 0 {
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
        flags = word.flags
        if ctext_lexical_is_capital(word.flags) { upperWords += 1 }
        if word.flags & UInt32(CTEXT_LEXICAL_WIDE) != 0 { lookAtLetters(word, bytes) }
        if word.flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0 { activeCount = 0 }
        let set = symbolSet(word, bytes, reader)
        if set != 0 || activeCount > 0 { advance(set) }
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
                number = add(symbols)
            }
        }
        let isFirst = symbols.contains { patterns.edge(from: 0, $0) >= 0 }
        cache[slot] = ctext_word_number(hash: word.hash, number: Int64(number * 2 + (isFirst ? 1 : 0)))
        return number
    }

    /// Adds a set of symbols.
    ///
    /// - Complexity: O(symbols of all sets), once a set.
    private func add(_ set: [Int32]) -> Int {
        symbolSets.append(set)
        let longer = UnsafeMutableBufferPointer<Int32>.allocate(capacity: symbols.count + set.count)
        _ = longer.initialize(from: symbols + set)
        symbols.deallocate()
        symbols = longer
        symbolStarts.append(symbols.count)
        return symbolSets.count - 1
    }

    private func advance(_ set: Int) {
        nextCount = 0
        let first = symbolStarts[set]
        let count = symbolStarts[set + 1] - first
        let most = (activeCount + 1) * (count + 1)
        if most > next.count { grow(to: most) }
        let patterns = patterns
        let symbols = UnsafeMutableBufferPointer(rebasing: symbols[first..<first + count])
        for state in 0..<activeCount {
            let (node, start) = (active[state].node, active[state].start)
            let wild = patterns.node(node).wild
            if wild >= 0 { reach(wild, start) }
            for at in symbols.indices {
                let target = patterns.edge(from: node, symbols[at])
                if target >= 0 { reach(target, start) }
            }
        }
        for at in symbols.indices {
            let target = patterns.edge(from: 0, symbols[at])
            if target >= 0 { reach(target, Int32(truncatingIfNeeded: wordCount - 1)) }
        }
        swap(&active, &next)
        activeCount = nextCount
    }

    @inline(never)
    private func grow(to count: Int) {
        next.deallocate()
        next = .allocate(capacity: count * 2)
        let moved = UnsafeMutableBufferPointer<Active>.allocate(capacity: count * 2)
        _ = moved.update(fromContentsOf: active[..<activeCount])
        active.deallocate()
        active = moved
    }

    @inline(__always)
    private func reach(_ node: Int32, _ start: Int32) {
        let target = patterns.node(node)
        if target.hasGoals { score(node, start) }
        if !target.isEmpty {
            next[nextCount] = Active(node: node, start: start)
            nextCount += 1
        }
    }

    private func score(_ node: Int32, _ start: Int32) {
        let bit = FeatureCatalogue.Goal.bit(role)
        patterns.forEachGoal(of: node) { goal in
            guard goal.roles & bit != 0 else { return }
            let span = Span(feature: goal.feature, start: Int(start), end: wordCount)
            if goal.isExclusion {
                excluded.append(span)
                if excluded.count > Self.mostHeld { settle() }
                return
            }
            if span.end - span.start == 1, goal.feature == catalogue.shorthand {
                if flags & UInt32(CTEXT_LEXICAL_TECHNICAL) != 0 || isName { return }
                if ctext_lexical_is_capital(flags) {
                    capitals.append(span)
                    return
                }
            }
            switch goal.position {
            case .whole:
                if start == 0 { wholes.append(span) }
            case .any: note(span)
            case .opener: if start < FeatureCatalogue.openerReach { note(span) }
            case .closer:
                closers.append(span)
                if closers.count > Self.mostHeld {
                    closers.removeAll { wordCount - $0.end > FeatureCatalogue.closerReach }
                }
            }
        }
    }

    /// Whether the word at hand has a capital as names do within a sentence: `Rn`.
    private var isName: Bool {
        flags & UInt32(CTEXT_LEXICAL_FIRST_UPPER) != 0 && !ctext_lexical_is_capital(flags)
            && flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) == 0
    }

    private func note(_ span: Span) {
        let bit: Set = 1 << Set(span.feature)
        if !keepsSpans, found & bit != 0 { return }
        guard catalogue.excluding & bit != 0 else {
            add(span)
            return
        }
        held.append(span)
        if held.count > Self.mostHeld { settle() }
    }

    /// Finds that wait for what may exclude them; of a turn of any length.
    private static let mostHeld = 1024

    /// Decides on finds that no later exclusion can reach, and drops exclusions that no later find can.
    private func settle() {
        let longest = catalogue.longestPattern
        let waiting = held.firstIndex { $0.end + longest > wordCount } ?? held.count
        for span in held[..<waiting] where !isExcluded(span) { add(span) }
        held.removeFirst(waiting)
        let horizon = wordCount - 3 * longest - FeatureCatalogue.closerReach
        excluded.removeFirst(excluded.firstIndex { $0.end > horizon } ?? excluded.count)
    }

    private func add(_ span: Span) {
        found |= 1 << Set(span.feature)
        if keepsSpans { spans.append(span) }
    }

    /// Whether a find shares a word with what is excluded.
    ///
    /// - Complexity: O(exclusions that end within the words of two patterns).
    private func isExcluded(_ span: Span) -> Bool {
        var low = 0
        var high = excluded.count
        while low < high {
            let middle = (low + high) / 2
            if excluded[middle].end > span.start { high = middle } else { low = middle + 1 }
        }
        while low < excluded.count, excluded[low].end - catalogue.longestPattern < span.end {
            if excluded[low].feature == span.feature, excluded[low].start < span.end { return true }
            low += 1
        }
        return false
    }

    /// Ends the turn: what punctuation and characters tell.
    func end(_ bytes: UnsafeRawBufferPointer) {
        // In a text of the other script it is a word of that.
        if lookalikeWords > 0, wideWords * 2 < wordCount { found |= 1 << Set(FeatureCatalogue.homoglyph) }
        if upperWords * 2 > wordCount { for span in capitals { note(span) } }
        for whole in wholes where whole.end == wordCount { note(whole) }
        for closer in closers where wordCount - closer.end <= FeatureCatalogue.closerReach { note(closer) }
        for span in held where !isExcluded(span) { add(span) }
        let marks = Set(ctext_marks(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count))
        // In program text `!`, `#` and small letters are no habits of writing.
        if technicalWords * Self.programShare > wordCount, Self.hasProgramMarks(bytes) {
            found |= marks & Self.marksOfPrograms
            return
        }
        found |= marks
        if Self.startsLow(bytes) { found |= 1 << Set(FeatureCatalogue.lowerStart) }
        if let last = bytes.last(where: { $0 > 0x20 }), Self.isLetterOrDigit(last) {
            found |= 1 << Set(FeatureCatalogue.noTerminal)
        }
        if wordCount >= 4, upperWords * 10 >= wordCount * 7 { found |= 1 << Set(FeatureCatalogue.allCaps) }
        if wordCount > 0, wordCount <= 2 { found |= 1 << Set(FeatureCatalogue.veryShort) }
    }

    /// Whether a text has marks of program text: addresses are technical too.
    private static func hasProgramMarks(_ bytes: UnsafeRawBufferPointer) -> Bool {
        programMarks.contains { bytes.firstOffset(of: $0) != nil }
    }

    private static let programMarks: [StaticString] = [
        "{", "()", " = ", "==", ";\n", "| ", "$", "#!", "</", "->", "::",
    ]
    /// A turn of which more than one word in so many is technical, and that has such marks, is program text.
    private static let programShare = 4
    /// Characters that should not be there, and fences.
    private static let marksOfPrograms: Set =
        (1 << Set(CTEXT_MARK_COUNT)) - (1 << Set(CTEXT_MARK_ZERO_WIDTH)) | 1 << Set(CTEXT_MARK_FENCE)

    /// Whether the first word begins with a small letter, behind a bullet or bracket too; `iPhone` and addresses are
    /// written so.
    private static func startsLow(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let rest = bytes.drop { $0 <= 0x20 || "-*([\"'".utf8.contains($0) }
        guard let first = rest.first else { return false }
        if first >= 0x80 {
            var scalars = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.makeIterator()
            return scalars.next()?.properties.isLowercase ?? false
        }
        guard (0x61...0x7A).contains(first) else { return false }
        if let second = rest.dropFirst().first, (0x41...0x5A).contains(second) { return false }
        return !rest.starts(with: "http://".utf8) && !rest.starts(with: "https://".utf8)
            && !rest.starts(with: "www.".utf8)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
