import Corpus

/// Name, spelling, wording, extension or form.
extension DifferenceClassifier {
    func decideWords(
        _ segment: TokenAligner.Segment, _ language: Language, _ ranges: (Range<Int>, Range<Int>),
        _ decision: inout DifferenceDecision
    ) {
        let hasFirst = firstEvidence.contentCount > 0
        let hasSecond = secondEvidence.contentCount > 0
        if !hasFirst && !hasSecond || areWordsEqual(segment) {
            decision.add(.form, ranges.0, ranges.1)
            return
        }
        if language.hasNegation, hasName(language, ofRowOnly: decision) {
            decision.add(.name, ranges.0, ranges.1)
        } else if hasFirst != hasSecond {
            let weight = hasFirst ? weight(first, firstEvidence) : weight(second, secondEvidence)
            decision.addInsertion(weight: weight, isFirst: hasFirst, ranges.0, ranges.1)
        } else if decision.isContained, rowOnlyRepeats(decision) {
            let weight = decision.keeperIsFirst ? firstEvidence.contentCount : secondEvidence.contentCount
            decision.addInsertion(weight: weight, isFirst: decision.keeperIsFirst, ranges.0, ranges.1)
        } else {
            decision.add(language.hasNegation && isRespelled() ? .spelling : .wording, ranges.0, ranges.1)
        }
    }

    /// A word weighs two, a character of Chinese or Japanese one: two words or four characters make an
    /// extension.
    private func weight(_ text: TokenisedText, _ evidence: DifferenceEvidence) -> Int {
        evidence.words.reduce(2 * evidence.otherContent) {
            $0 + (text[Int($1)].kind == .ideograph ? 1 : 2)
        }
    }

    /// Whether all words that the row has in a segment stand in the keeper's part of it too.
    private func rowOnlyRepeats(_ decision: DifferenceDecision) -> Bool {
        let (row, keeper) = decision.keeperIsFirst ? (second, first) : (first, second)
        let (rowWords, keeperWords) =
            decision.keeperIsFirst
            ? (secondEvidence.words, firstEvidence.words) : (firstEvidence.words, secondEvidence.words)
        let keys = Set(keeperWords.map { keeper[Int($0)].key })
        return rowWords.allSatisfy { keys.contains(row[Int($0)].key) }
    }

    /// Whether the words differ in nothing but how they are joined, accented letters composed or not, and
    /// marks.
    private func areWordsEqual(_ segment: TokenAligner.Segment) -> Bool {
        if firstEvidence.weakNumbers.count != secondEvidence.weakNumbers.count,
            firstEvidence.numbers.count == secondEvidence.numbers.count
        {
            return false
        }
        if firstEvidence.words.isEmpty, secondEvidence.words.isEmpty {
            // Equal quantities written otherwise; but negations of equal meaning are other words.
            return firstEvidence.negations.isEmpty
        }
        if firstEvidence.words.contains(where: { first[Int($0)].kind == .separator })
            || secondEvidence.words.contains(where: { second[Int($0)].kind == .separator })
        {
            return false
        }
        if segment.isUnordered || segment.first.count + segment.second.count > Self.maximumJoinedTokens {
            return false
        }
        firstLetters.removeAll(keepingCapacity: true)
        secondLetters.removeAll(keepingCapacity: true)
        appendLetters(of: first, segment.first, to: &firstLetters)
        appendLetters(of: second, segment.second, to: &secondLetters)
        if firstLetters == secondLetters { return true }
        guard firstLetters.contains(where: { $0 >= 0x300 }) || secondLetters.contains(where: { $0 >= 0x300 })
        else {
            return false
        }
        return Self.string(firstLetters) == Self.string(secondLetters)
    }

    /// Chosen: longer segments that differ in joints alone are not worth the letters' comparison.
    private static let maximumJoinedTokens = 256

    /// Appends the folded letters and digits of a range of tokens.
    private func appendLetters(
        of text: TokenisedText, _ range: Range<Int>, to letters: inout ContiguousArray<UInt32>
    ) {
        for index in range {
            switch text[index].kind {
            case .word, .ideograph, .number, .identifier, .currency, .pictograph: break
            case .symbol, .opening, .closing, .quote, .punctuation, .markup, .separator: continue
            }
            let end = Int(text[index].end)
            var offset = Int(text[index].start)
            while offset < end {
                let (scalar, length) = Tokeniser.decode(text.bytes, offset, end)
                offset += length
                let folded =
                    scalar < 0x80 ? UInt32(ascii: UInt8(scalar)) : tokeniser.table.lookUp(scalar).folded
                let isMark =
                    folded == 0x27 || folded == 0x22 || folded == 0x2D || folded == 0x5F || folded == 0
                if !isMark { letters.append(folded) }
            }
        }
    }

    /// Strings compare by canonical equivalence (Unicode 15, section 3.7), code points do not.
    private static func string(_ letters: ContiguousArray<UInt32>) -> String {
        var scalars = String.UnicodeScalarView()
        for letter in letters {
            if let scalar = Unicode.Scalar(letter & 0x1F_FFFF) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    // MARK: Names

    private func hasName(_ language: Language, ofRowOnly decision: DifferenceDecision) -> Bool {
        let looksAtFirst = !decision.isContained || !decision.keeperIsFirst
        let looksAtSecond = !decision.isContained || decision.keeperIsFirst
        return looksAtFirst && hasName(first, firstEvidence, lackedBy: second, secondEvidence, language)
            || looksAtSecond && hasName(second, secondEvidence, lackedBy: first, firstEvidence, language)
    }

    private func hasName(
        _ text: TokenisedText, _ evidence: DifferenceEvidence, lackedBy other: TokenisedText,
        _ otherEvidence: DifferenceEvidence, _ language: Language
    ) -> Bool {
        evidence.words.contains { word in
            let index = Int(word)
            guard text[index].kind == .word, text[index].flags.contains(.capitalised) else { return false }
            if otherEvidence.words.count <= Self.maximumPairedWords,
                otherEvidence.words.contains(where: { other[Int($0)].key == text[index].key })
            {
                return false
            }
            return isName(text, index, language)
        }
    }

    func isName(_ text: TokenisedText, _ index: Int, _ language: Language) -> Bool {
        let roles = language.meanings[text[index].key]?.roles ?? []
        if !roles.isDisjoint(with: [.noName, .title]) { return false }
        if followsTitle(text, index, language) { return true }
        if language.nounsCapitalised || isShouted(text, index) { return false }
        guard startsSentence(text, index) else { return text[index].count > 1 }
        guard let lexicon, language.code == "en" else { return false }
        return !lexicon.containsLowercase(text[index].key)
    }

    private func followsTitle(_ text: TokenisedText, _ index: Int, _ language: Language) -> Bool {
        guard var before = text.previous(index) else { return false }
        if text[before].kind == .punctuation, text.firstByte(before) == 0x2E,
            let further = text.previous(before)
        {
            before = further
        }
        return language.meanings[text[before].key]?.roles.contains(.title) ?? false
    }

    /// A word in capitals after or before another one: a heading or a shout.
    private func isShouted(_ text: TokenisedText, _ index: Int) -> Bool {
        guard isUpper(text, index) else { return false }
        let before = text.previous(index).map { isUpper(text, $0) } ?? false
        let after = text.next(index).map { isUpper(text, $0) } ?? false
        return before || after
    }

    /// Whether the first two letters of a word are capitals.
    private func isUpper(_ text: TokenisedText, _ index: Int) -> Bool {
        let token = text[index]
        guard token.kind == .word, token.flags.contains(.capitalised) else { return false }
        let second = Int(token.start) + Tokeniser.decode(text.bytes, Int(token.start), Int(token.end)).length
        guard second < Int(token.end) else { return false }
        let scalar = Tokeniser.decode(text.bytes, second, Int(token.end)).scalar
        if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A }
        return tokeniser.table.lookUp(scalar).kind == .upper
    }

    /// Whether a token opens a line, a turn or a sentence; quotes and brackets before it are looked through.
    private func startsSentence(_ text: TokenisedText, _ index: Int) -> Bool {
        var index = index
        while let before = text.previous(index) {
            switch text[before].kind {
            case .quote, .opening, .markup: index = before
            case .punctuation:
                let first = text.firstByte(before)
                return ".?:;#".utf8.contains(first) || first >= 0x80 || text[before].count > 1
            case .symbol: return true
            case .closing, .word, .ideograph, .number, .identifier, .currency, .pictograph, .separator:
                return false
            }
        }
        return true
    }

    // MARK: Spelling

    private func isRespelled() -> Bool {
        let count = firstEvidence.words.count
        guard count == secondEvidence.words.count, count > 0, count <= Self.maximumPairedWords,
            firstEvidence.negations.isEmpty
        else { return false }
        let (first, second) = (self.first, self.second)
        for position in 0..<count {
            let (index, other) = (Int(firstEvidence.words[position]), Int(secondEvidence.words[position]))
            if first[index].key == second[other].key { continue }
            guard first[index].kind == .word, second[other].kind == .word else { return false }
            if !isMisspelling(index, other) { return false }
        }
        return true
    }

    func isMisspelling(_ index: Int, _ other: Int) -> Bool {
        if let lexicon {
            guard lexicon.contains(first[index].key) != lexicon.contains(second[other].key) else {
                return false
            }
        }
        // No code point has more than four bytes.
        guard abs(first[index].count - second[other].count) <= 8 else { return false }
        if lexicon == nil,
            first.bytes[Int(first[index].start)] | 0x20 != second.bytes[Int(second[other].start)] | 0x20,
            first.bytes[Int(first[index].start)] < 0x80, second.bytes[Int(second[other].start)] < 0x80
        {
            return false
        }
        let distance = EditDistance(first.text(index), second.text(other), &tokeniser.table)
        guard distance.isSpelledOut, distance.shorterCount >= 4 else { return false }
        if lexicon == nil, !distance.startsAlike || distance.isPrefix { return false }
        return distance.isAtMost(2)
    }
}
