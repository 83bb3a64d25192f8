/// Negation that no single word shows.
extension DifferenceClassifier {
    /// Adds the substring negations (Chinese, Japanese, Korean) that touch a segment.
    ///
    /// A pattern may begin in the equal text before the segment: `ません` against `ます`.
    func addNegations(_ segment: TokenAligner.Segment, _ language: Language) {
        guard !language.negationSubstrings.isEmpty else { return }
        if segment.isUnordered {
            for index in firstIndexes {
                scan(first, Int(index)..<Int(index) + 1, language, firstEvidence)
            }
            for index in secondIndexes {
                scan(second, Int(index)..<Int(index) + 1, language, secondEvidence)
            }
        } else {
            scan(first, segment.first, language, firstEvidence)
            scan(second, segment.second, language, secondEvidence)
        }
    }

    /// Longest pattern first at each place; a place inside a match is not looked at again.
    private func scan(
        _ text: TokenisedText, _ range: Range<Int>, _ language: Language, _ evidence: DifferenceEvidence
    ) {
        guard let last = range.last else { return }
        var start = range.lowerBound
        var steps = 0
        // Patterns have at most nine characters; a longer walk back would find nothing.
        while steps < 8, start > 0, text.touchesPrevious(start) {
            start -= 1
            steps += 1
        }
        let low = Int(text[range.lowerBound].start)
        let high = Int(text[last].end)
        var end = last
        steps = 0
        while steps < 8, text.touchesPrevious(end + 1) {
            end += 1
            steps += 1
        }
        let limit = Int(text[end].end)
        var offset = Int(text[start].start)
        while offset < high {
            guard let pattern = pattern(at: offset, limit, text.bytes, language) else {
                offset += 1
                continue
            }
            if pattern.negation != 0, offset + pattern.bytes.count > low {
                evidence.negations.append(pattern.negation)
            }
            offset += pattern.bytes.count
        }
    }

    private func pattern(
        at offset: Int, _ limit: Int, _ bytes: UnsafeRawBufferPointer, _ language: Language
    ) -> LanguageWords.Pattern? {
        // Every pattern begins with a three-byte character.
        guard bytes[offset] >= 0xE0 else { return nil }
        return language.negationSubstrings.first { pattern in
            offset + pattern.bytes.count <= limit
                && UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + pattern.bytes.count])
                    .elementsEqual(pattern.bytes)
        }
    }

    /// Whether a word of one side is a word of the other with a negating prefix.
    func hasNegatedPair(_ language: Language) -> Bool {
        guard !language.prefixes.isEmpty, !firstEvidence.words.isEmpty, !secondEvidence.words.isEmpty,
            firstEvidence.words.count <= Self.maximumPairedWords,
            secondEvidence.words.count <= Self.maximumPairedWords
        else { return false }
        let (first, second) = (self.first, self.second)
        for index in firstEvidence.words {
            for other in secondEvidence.words {
                let isShorter = first[Int(index)].count < second[Int(other)].count
                let isNegated =
                    isShorter
                    ? Self.negates(second, Int(other), first, Int(index), language)
                    : Self.negates(first, Int(index), second, Int(other), language)
                if isNegated { return true }
            }
        }
        return false
    }

    /// Whether a word of one side is the opposite of a word of the other (`largest`, `smallest`).
    func hasOppositePair(_ language: Language) -> Bool {
        guard !language.opposites.isEmpty, !firstEvidence.words.isEmpty, !secondEvidence.words.isEmpty,
            firstEvidence.words.count <= Self.maximumOpposedWords,
            secondEvidence.words.count <= Self.maximumOpposedWords
        else { return false }
        return firstEvidence.words.contains { index in
            guard let opposites = language.opposites[first[Int(index)].key] else { return false }
            return secondEvidence.words.contains { opposites.contains(second[Int($0)].key) }
        }
    }

    /// Chosen: segments of more words are rewordings, where a pair by chance says nothing.
    static let maximumPairedWords = 12
    /// Chosen: in longer segments an opposite is one of many words that were put otherwise.
    static let maximumOpposedWords = 4

    private static func negates(
        _ long: TokenisedText, _ index: Int, _ short: TokenisedText, _ other: Int, _ language: Language
    ) -> Bool {
        let word = long.text(index)
        let stem = short.text(other)
        guard long[index].kind == .word, short[other].kind == .word, stem.count >= 4,
            !language.prefixExceptions.contains(long[index].key)
        else { return false }
        return language.prefixes.contains { prefix in
            prefix.count + stem.count == word.count
                && zip(word, prefix).allSatisfy { UInt32(ascii: $0) == UInt32(ascii: $1) }
                && zip(word.dropFirst(prefix.count), stem).allSatisfy {
                    UInt32(ascii: $0) == UInt32(ascii: $1)
                }
        }
    }
}
