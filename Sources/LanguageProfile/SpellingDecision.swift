// Over 400 lines: the rules share the tables of one pass over the types, and the order in which they apply is the rule.

import Findings
import TextForms

/// Picks the pairs of wrong and right forms from the types of a corpus.
///
/// Rules, in this order; the first that applies gives the kind:
/// - `normal-form`: the same word with combining marks and with composed letters; the rarer form stands as wrong.
/// - `variant`: a hyphen compound and its closed form; an American and a British form.
/// - `listed`: in a list of misspellings and not in the lexicon, or in a list of the user's.
/// - `neighbour`: unknown, at distance 1 from a form five times as frequent, or, of seven letters or more, at
///   distance 2 from one twenty times as frequent. Of several the likeliest error wins. Where it has fewer letters
///   and the form is two words of three letters or more, these stand beside it, and come first if they hold
///   (`SpellingReport`).
/// - `run-together`: unknown as it stands, and two known words; holds if the two stand apart in five times as many
///   rows, which the second pass counts.
/// - `entrenched`: unknown, seven letters or more, never capitalised, twice or more, and at distance 1 from exactly
///   one listed word, whatever the frequencies.
///
/// Not looked at: what mostly stands capitalised (names) unless the word it is near stands so too (German nouns, text
/// in capitals), plurals and derived forms of listed words, contractions without their apostrophe, letters repeated
/// three times at the end, three letters or fewer but for transpositions and missing letters of very frequent words. A
/// misspelling that is another word ("form" for "from") is out of reach.
package struct SpellingDecision {
    package private(set) var pairs: [SpellingPair] = []
    /// Pairs beyond the limit, the rarest, that were left out.
    package private(set) var pairsLeftOut = 0
    package private(set) var typeCount = 0

    static let ratio = 5
    static let farRatio = 20
    static let farLength = 7
    /// Letters of each of two words that stand run together rather than for a neighbour.
    private static let wholePart = 3
    /// Letters from which words at distance 1 are hardly two words.
    static let longWord = 8
    static let longestPairs = 20_000

    /// Types with combining marks that are looked for in composed form.
    static let mostDecomposed = 100_000

    private let knowledge: SpellingKnowledge
    private var forms = TypeTable()
    private var near: NeighbourIndex
    private var nearForms: [Int] = []
    private var far: NeighbourIndex
    private var farForms: [Int] = []
    /// Made where it saves more than it costs.
    private var remainders: RemainderFilter?
    /// Unknown types from which it does: each saves a five-thousandth of its cost, about.
    private static let leastForRemainders = 8_000
    /// Hashes of the compounds of the corpus without their hyphens.
    private var closedForms: Set<UInt64> = []

    /// - Throws: `ProfileError` where scratch cannot be read.
    package init(_ types: TypeStream, _ knowledge: SpellingKnowledge) throws {
        self.knowledge = knowledge
        let forms = TypeTable()
        var count = 0
        var decomposed: [String: (key: [UInt8], counts: TypeTable.Counts)] = [:]
        var unknown = 0
        try types.forEach { key, counts in
            count += 1
            if counts.state == .unknown, counts.total > 1, key.count >= Self.farLength { unknown += 1 }
            if Self.hasCombiningMark(key), decomposed.count < Self.mostDecomposed {
                decomposed[String(decoding: key, as: UTF8.self)] = (Array(key), counts)
            }
            if Self.canBeRight(key, counts) {
                forms.add(key, hash: LexicalReader.hash(ofKey: key), counts)
            }
        }
        typeCount = count
        self.forms = forms
        near = NeighbourIndex(limit: 1, expecting: forms.count)
        far = NeighbourIndex(limit: 2, expecting: 0)
        indexForms()
        if unknown >= Self.leastForRemainders { remainders = RemainderFilter(knowledge.lexicon) }
        var found: [SpellingPair] = []
        try types.forEach { [self] key, counts in
            let key = Array(key)
            if !decomposed.isEmpty, let pair = normalForm(key, counts, decomposed) {
                found.append(pair)
            } else {
                found += decide(key, counts)
            }
        }
        pairsLeftOut = max(0, found.count - Self.longestPairs)
        found.sort { ($0.tokens, $1.wrong) > ($1.tokens, $0.wrong) }
        pairs = Array(found.prefix(Self.longestPairs))
        self.forms = TypeTable()
        closedForms = []
        remainders = nil
        near = NeighbourIndex(limit: 1, expecting: 0)
        far = NeighbourIndex(limit: 2, expecting: 0)
    }

    /// Types that another can be a misspelling or a variant of.
    private static func canBeRight(_ key: UnsafeRawBufferPointer, _ counts: TypeTable.Counts) -> Bool {
        switch counts.state {
        case .known, .foreign: counts.total >= ratio
        case .unknown: counts.total >= 4 * ratio
        case .compound: counts.total >= 2
        }
    }

    private static func hash(_ key: [UInt8]) -> UInt64 {
        key.withUnsafeBytes { LexicalReader.hash(ofKey: $0) }
    }

    private mutating func indexForms() {
        var long: [Int] = []
        for number in 0..<forms.count where forms.state(number) == .compound {
            closedForms.insert(Self.hash(forms.key(number).filter { $0 != UInt8(ascii: "-") }))
        }
        for number in 0..<forms.count where forms.state(number) != .compound {
            let letters = Self.letters(forms.key(number))
            near.add(letters)
            nearForms.append(number)
            if letters.count >= Self.farLength - 1, forms.counts(number).total >= Self.farRatio {
                long.append(number)
            }
        }
        far = NeighbourIndex(limit: 2, expecting: long.count)
        for number in long {
            far.add(Self.letters(forms.key(number)))
            farForms.append(number)
        }
    }

    static func letters(_ key: some Collection<UInt8>) -> [UInt32] {
        if key.allSatisfy({ $0 < 0x80 }) { return key.map { UInt32($0) } }
        return String(decoding: Array(key), as: UTF8.self).unicodeScalars.map(\.value)
    }

    // MARK: Normal forms

    /// Of the general block of combining marks (U+0300 to U+036F).
    private static func hasCombiningMark(_ key: UnsafeRawBufferPointer) -> Bool {
        guard key.count > 2 else { return false }
        return (1..<key.count).contains { at in
            key[at - 1] == 0xCC || key[at - 1] == 0xCD && key[at] < 0xB0
        }
    }

    /// The pair of a composed word with the same word in combining marks, if the corpus has both.
    private func normalForm(
        _ key: [UInt8], _ counts: TypeTable.Counts,
        _ decomposed: [String: (key: [UInt8], counts: TypeTable.Counts)]
    ) -> SpellingPair? {
        guard key.contains(where: { $0 >= 0x80 }), !key.withUnsafeBytes(Self.hasCombiningMark) else {
            return nil
        }
        // Strings are equal whose normal forms are.
        guard let other = decomposed[String(decoding: key, as: UTF8.self)] else { return nil }
        return other.counts.total <= counts.total
            ? pair(other.key, key, .normalForm, other.counts) : pair(key, other.key, .normalForm, counts)
    }

    // MARK: One type

    /// The pairs of a type; two where it may be a neighbour or two words.
    private func decide(_ key: [UInt8], _ counts: TypeTable.Counts) -> [SpellingPair] {
        guard let own = likeliest(key, counts) else { return [] }
        // "anyother": rather two whole words without their space than one with a letter too many.
        guard own.kind == .neighbour, own.right.utf8.count < key.count,
            Int(counts.crowded) * 2 <= counts.total,
            let both = parts(of: key, counts),
            both.split(separator: 0x20).allSatisfy({ $0.count >= Self.wholePart })
        else { return [own] }
        return [own, pair(key, both, .runTogether, counts)]
    }

    private func likeliest(_ key: [UInt8], _ counts: TypeTable.Counts) -> SpellingPair? {
        if key.withUnsafeBytes(knowledge.listed.overrules), let right = knowledge.listed.right(of: key) {
            return pair(key, right, .listed, counts)
        }
        if let right = variant(of: key, counts), !right.withUnsafeBytes(knowledge.listed.overrules) {
            return pair(key, right, .variant, counts)
        }
        guard counts.state != .compound else { return nil }
        guard !knowledge.lexicon.isListed(key), Self.isWritable(key) else { return nil }
        // A name may stand in small letters now and then.
        let isName =
            counts.lower < Int(counts.capitalised) + Int(counts.upper) || counts.total == Int(counts.upper)
        if let right = knowledge.listed.right(of: key), !isName || counts.capitalised == 0 {
            return pair(key, right, .listed, counts)
        }
        guard !knowledge.lexicon.isBareContraction(key) else { return nil }
        if isName {
            guard counts.state == .unknown, !Self.isElongated(key), let right = neighbour(of: key, counts)
            else {
                return nil
            }
            return isCapitalised(right, as: counts) ? pair(key, right, .neighbour, counts) : nil
        }
        // "goin": how it is said, not how it is mistyped.
        if key.hasSuffix("in"), knowledge.lexicon.isLower((key + [UInt8(ascii: "g")])[...]) { return nil }
        // Words of another language and names stand together; a long word so like another is none of them.
        let isCrowded = Int(counts.crowded) * 2 > counts.total
        if isCrowded, key.count < Self.longWord { return nil }
        if counts.state == .unknown, !Self.isElongated(key) {
            if let right = neighbour(of: key, counts) { return pair(key, right, .neighbour, counts) }
        }
        if isCrowded { return nil }
        if let right = parts(of: key, counts) { return pair(key, right, .runTogether, counts) }
        if counts.state == .unknown, !Self.isElongated(key), let right = entrenched(key, counts) {
            return pair(key, right, .entrenched, counts)
        }
        return nil
    }

    private func pair(_ wrong: [UInt8], _ right: [UInt8], _ kind: MisspellingKind, _ counts: TypeTable.Counts)
        -> SpellingPair
    {
        SpellingPair(
            wrong: String(decoding: wrong, as: UTF8.self), right: String(decoding: right, as: UTF8.self),
            kind: kind, tokens: counts.total)
    }

    /// Letters, with at most one apostrophe inside.
    private static func isWritable(_ key: [UInt8]) -> Bool {
        key.count >= 3 && key.filter { $0 == 0x27 }.count <= 1 && !key.hasSuffix("'")
    }

    /// A letter three times or more, at the end or four times anywhere: stress, not a mistake.
    private static func isElongated(_ key: [UInt8]) -> Bool {
        var run = 1
        for at in key.indices.dropFirst() {
            run = key[at] == key[at - 1] ? run + 1 : 1
            if run >= 4 || (run == 3 && at == key.count - 1) { return true }
        }
        return false
    }

    private func total(_ key: some Collection<UInt8>) -> Int {
        forms.find(Array(key)).map { forms.counts($0).total } ?? 0
    }

    // MARK: Neighbours

    private func neighbour(of key: [UInt8], _ counts: TypeTable.Counts) -> [UInt8]? {
        let word = Self.letters(key)
        var best: (score: Double, key: [UInt8])?
        for (place, _) in near.neighbours(of: word) {
            let number = nearForms[place]
            let right = Array(forms.key(number))
            let frequency = forms.counts(number).total
            guard let score = score(word, key, counts, right: right, frequency: frequency) else { continue }
            if let known = best {
                if known.score > score { continue }
                if known.score == score, known.key.lexicographicallyPrecedes(right) { continue }
            }
            best = (score, right)
        }
        if let best { return best.key }
        guard word.count >= Self.farLength, counts.lower > 0, !word.contains(where: { $0 >= 0x80 }) else {
            return nil
        }
        var farBest: (frequency: Int, key: [UInt8])?
        var isUnsure = false
        for (place, distance) in far.neighbours(of: word) where distance == 2 {
            let number = farForms[place]
            let right = Array(forms.key(number))
            let frequency = forms.counts(number).total
            guard frequency >= Self.farRatio * counts.total, right.first == key.first,
                right.last == key.last || word.count > 8,
                !right.contains(0x27), !Self.isInflection(key, right), !Self.hasOtherEnding(key, right),
                !knowledge.lexicon.isBareContraction(right)
            else { continue }
            if let known = farBest {
                isUnsure = isUnsure || frequency < 4 * known.frequency && known.frequency < 4 * frequency
                if frequency < known.frequency { continue }
            }
            farBest = (frequency, right)
        }
        return isUnsure ? nil : farBest?.key
    }

    /// Whether a right form stands as its wrong one does, so that capitals show no name: in capitals like the text
    /// around it, or a noun of a language that gives them a capital.
    private func isCapitalised(_ right: [UInt8], as wrong: TypeTable.Counts) -> Bool {
        guard let number = forms.find(right), right.count >= Self.farLength - 1 else { return false }
        let counts = forms.counts(number)
        if wrong.total == Int(wrong.upper) {
            return Int(counts.upper) * 2 >= counts.total && knowledge.lexicon.isLower(right[...])
        }
        return counts.lower * 2 <= counts.total && knowledge.isNoun(right)
    }

    /// How likely `right` was meant; `nil` where it cannot be.
    private func score(
        _ word: [UInt32], _ key: [UInt8], _ counts: TypeTable.Counts, right: [UInt8], frequency: Int
    ) -> Double? {
        let target = Self.letters(right)
        guard frequency >= Self.ratio * counts.total, target.count >= 2 else { return nil }
        if right.contains(0x27) != key.contains(0x27) { return nil }
        // A letter with an accent is of another language, not mistyped.
        if word.contains(where: { $0 >= 0x80 }), !target.contains(where: { $0 >= 0x80 }) { return nil }
        if knowledge.lexicon.isBareContraction(right) || Self.isInflection(key, right) { return nil }
        let edit = WordEdit.kind(wrong: word, right: target)
        let ratio = frequency / max(1, counts.total)
        if counts.lower == 0, word.count < 5 || ratio < Self.farRatio {
            // At the beginning of sentences alone it may be a name, unless it stands twice near a word that is none.
            guard word.count >= Self.farLength, counts.total > 1,
                knowledge.lexicon.isLower(right[...]) || knowledge.isNoun(right)
            else {
                return nil
            }
        }
        if word.count <= 3 {
            let isLikely = edit.kind == .transposed || edit.kind == .missingLetter || edit.kind == .doubling
            guard isLikely, ratio >= 100, edit.place > 0, target.count > 2 || edit.kind == .doubling else {
                return nil
            }
        } else if word.count == 4 {
            if edit.kind == .farSubstitution || (edit.kind == .extraLetter && edit.place != 3) { return nil }
            if edit.kind != .transposed, ratio < Self.farRatio { return nil }
        }
        if edit.place == 0, edit.kind != .transposed, edit.kind != .doubling {
            if word.count < 6 || edit.kind == .extraLetter { return nil }
        }
        if edit.kind == .farSubstitution {
            // Another ending is another word.
            if ratio < 10 * Self.ratio, word.count < 6 || edit.place + 2 >= word.count { return nil }
        }
        var score = Double(frequency).logarithm2 + edit.kind.weight
        if edit.place == 0, edit.kind != .transposed { score -= 4 }
        if edit.kind == .extraLetter, edit.place == target.count { score -= 1 }
        return score
    }

    /// Whether two words differ in their last three letters alone.
    private static func hasOtherEnding(_ key: [UInt8], _ right: [UInt8]) -> Bool {
        let common = zip(key, right).prefix { $0 == $1 }.count
        return common + 3 >= min(key.count, right.count)
    }

    /// Whether one is the other with a regular ending.
    private static func isInflection(_ key: [UInt8], _ right: [UInt8]) -> Bool {
        let (long, short) = key.count > right.count ? (key, right) : (right, key)
        guard long.starts(with: short) else { return false }
        let rest = String(decoding: long[short.count...], as: UTF8.self)
        return ["s", "'s", "es", "y", "ed", "er", "ly", "n", "al", "ing"].contains(rest)
            || (rest == "r" && short.last == UInt8(ascii: "e"))
            || (rest == "d" && short.last == UInt8(ascii: "e"))
    }

    // MARK: Run together

    private static let shortWords = Set(
        [
            "a", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no",
            "of", "on",
            "or", "so", "to", "up", "us", "we",
        ].map { Array($0.utf8) })

    private func parts(of key: [UInt8], _ counts: TypeTable.Counts) -> [UInt8]? {
        guard key.count >= 4, key.allSatisfy({ (0x61...0x7A).contains($0) }), counts.lower > 0 else {
            return nil
        }
        var best: (least: Int, cut: Int)?
        for cut in 1..<key.count {
            let first = Array(key[..<cut])
            let second = Array(key[cut...])
            guard first.count > 2 || Self.shortWords.contains(first),
                second.count > 2 || (Self.shortWords.contains(second) && second.count > 1),
                knowledge.lexicon.isLower(first[...]), knowledge.lexicon.isLower(second[...])
            else { continue }
            let least = min(total(first), total(second))
            guard least >= Self.ratio * counts.total, least > best?.least ?? 0 else { continue }
            best = (least, cut)
        }
        return best.map { Array(key[..<$0.cut]) + [0x20] + Array(key[$0.cut...]) }
    }

    // MARK: Entrenched

    private func entrenched(_ key: [UInt8], _ counts: TypeTable.Counts) -> [UInt8]? {
        guard key.count >= 7, counts.total >= 2, counts.capitalised == 0, counts.upper == 0, counts.lower > 0,
            key.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return nil }
        if let remainders, !remainders.mayHaveNeighbour(key) { return nil }
        var found: [UInt8]?
        var isUnsure = false
        Self.forEachEdit(of: key) { edited in
            guard knowledge.lexicon.isLower(edited) else { return }
            if let found {
                isUnsure = isUnsure || !found.elementsEqual(edited)
            } else {
                found = Array(edited)
            }
        }
        guard !isUnsure, let right = found, !Self.isInflection(key, right),
            right.first == key.first
        else { return nil }
        let edit = WordEdit.kind(wrong: Self.letters(key), right: Self.letters(right))
        return edit.kind == .farSubstitution ? nil : right
    }

    /// Each string of small letters at distance 1, some twice; valid for the call alone.
    static func forEachEdit(of key: [UInt8], _ body: (UnsafeRawBufferPointer) -> Void) {
        let small = UInt8(ascii: "a")...UInt8(ascii: "z")
        // One more, the same with one less, and the same with others: only the place moves.
        var longer = [0] + key
        var shorter = Array(key.dropFirst())
        var edited = key
        for at in 0...key.count {
            for letter in small {
                longer[at] = letter
                longer.withUnsafeBytes(body)
            }
            guard at < key.count else { break }
            longer[at] = key[at]
            for letter in small where letter != key[at] {
                edited[at] = letter
                edited.withUnsafeBytes(body)
            }
            edited[at] = key[at]
            shorter.withUnsafeBytes(body)
            guard at + 1 < key.count else { continue }
            shorter[at] = key[at]
            if key[at] != key[at + 1] {
                edited.swapAt(at, at + 1)
                edited.withUnsafeBytes(body)
                edited.swapAt(at, at + 1)
            }
        }
    }

    // MARK: Variants

    /// Spellings that differ between American and British English.
    private static let varieties = [
        ("is", "iz"), ("iz", "is"), ("ys", "yz"), ("our", "or"), ("re", "er"), ("ll", "l"), ("ogue", "og"),
        ("ence", "ense"), ("ae", "e"), ("oe", "e"), ("mme", "m"), ("l", "ll"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

    /// The commoner form of two that are both right.
    private func variant(of key: [UInt8], _ counts: TypeTable.Counts) -> [UInt8]? {
        let own = counts.total
        guard own >= 2, counts.state != .compound || Self.hasWholeParts(key) else { return nil }
        var other: [UInt8]?
        if counts.state == .compound {
            other = key.filter { $0 != UInt8(ascii: "-") }
        } else if let twin = varietyTwin(of: key) {
            other = twin
        } else {
            other = compound(of: key)
        }
        guard let other, let number = forms.find(other) else { return nil }
        let their = forms.counts(number).total
        guard their >= 2 else { return nil }
        // Of equals the later in the order of letters is the rarer.
        let isRarer = own < their || (own == their && other.lexicographicallyPrecedes(key))
        return isRarer ? other : nil
    }

    /// The compound of which a word is the closed form, if the corpus has it.
    private func compound(of key: [UInt8]) -> [UInt8]? {
        guard key.count >= 4, key.count < WordTurns.longestWord, closedForms.contains(Self.hash(key)) else {
            return nil
        }
        var best: (count: Int, key: [UInt8])?
        for cut in 1..<key.count {
            let candidate = Array(key[..<cut]) + [UInt8(ascii: "-")] + Array(key[cut...])
            guard Self.hasWholeParts(candidate), let number = forms.find(candidate) else { continue }
            let count = forms.counts(number).total
            if count > best?.count ?? 0 { best = (count, candidate) }
        }
        return best?.key
    }

    /// Two letters on each side of the hyphen, or the e of "e-mail".
    private static func hasWholeParts(_ compound: [UInt8]) -> Bool {
        guard let hyphen = compound.firstIndex(of: UInt8(ascii: "-")) else { return false }
        return (hyphen > 1 || compound.first == UInt8(ascii: "e")) && compound.count - hyphen > 2
    }

    @inline(__always)
    private static func matches(_ key: [UInt8], _ place: Int, _ part: [UInt8]) -> Bool {
        for at in part.indices where key[place + at] != part[at] { return false }
        return true
    }

    private func varietyTwin(of key: [UInt8]) -> [UInt8]? {
        if let twin = IrregularTwins.all[key] { return twin }
        guard let flags = knowledge.lexicon.flags(of: key), flags.contains(.lower) else { return nil }
        let varieties = flags.intersection([.american, .british])
        guard varieties == [.american] || varieties == [.british] || key.count > 5 else { return nil }
        for (from, to) in Self.varieties where key.count > from.count {
            for at in 0...key.count - from.count where Self.matches(key, at, from) {
                let twin = Array(key[..<at]) + to + Array(key[(at + from.count)...])
                guard let other = knowledge.lexicon.flags(of: twin), other.contains(.lower) else { continue }
                let theirs = other.intersection([.american, .british])
                if theirs.union(varieties) == [.american, .british], theirs != varieties { return twin }
            }
        }
        return nil
    }
}

extension Double {
    fileprivate var logarithm2: Double { Double(exponent) + (significand - 1) }
}
