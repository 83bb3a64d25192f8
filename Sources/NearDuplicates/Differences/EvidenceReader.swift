/// Reads the evidence of one side of a differing segment.
///
/// The tokens come as a list of indexes: those of the segment, and around them the equal tokens that a
/// quantity may need (`10` before `mg`). Only the segment's own tokens count as words, operators and
/// negations; a quantity counts wherever it stands in the list, since an equal one adds the same to both
/// sides.
struct EvidenceReader {
    let text: TokenisedText
    let language: Language
    /// Indexes of tokens, rising.
    let indexes: ContiguousArray<Int32>
    /// Positions in `indexes` that are the segment's own.
    let core: Range<Int>
    var table: ScalarTable

    mutating func read(into evidence: DifferenceEvidence) {
        evidence.removeAll()
        var position = 0
        while position < indexes.count {
            let index = Int(indexes[position])
            let isCore = core.contains(position)
            switch text[index].kind {
            case .number: position = quantity(at: position, evidence)
            case .identifier:
                if isCore {
                    evidence.identifiers.append(text[index].key)
                    evidence.otherContent += 1
                }
                position += 1
            case .word, .ideograph: position = word(at: position, isCore, evidence)
            case .symbol:
                if isCore { symbol(index, evidence) }
                position += 1
            case .currency:
                if isCore, !isMoneySign(index) { evidence.words.append(Int32(index)) }
                position += 1
            case .pictograph, .separator:
                if isCore { evidence.words.append(Int32(index)) }
                position += 1
            case .markup:
                if isCore { script(index, evidence) }
                position += 1
            case .opening, .closing, .quote, .punctuation: position += 1
            }
        }
    }

    /// `<sup>` and `<sub>` make super- and subscripts: a difference in them is one of numbers.
    private func script(_ index: Int, _ evidence: DifferenceEvidence) {
        let bytes = text.text(index)
        guard bytes.count >= 5, bytes[1] | 0x20 == 0x73 || bytes[1] == 0x2F,
            bytes.contains(where: { $0 | 0x20 == 0x75 })
        else { return }
        let name = bytes.dropFirst(bytes[1] == 0x2F ? 2 : 1).prefix(3).map { $0 | 0x20 }
        if name == Array("sup".utf8) || name == Array("sub".utf8) { evidence.numbers.append(text[index].key) }
    }

    private func symbol(_ index: Int, _ evidence: DifferenceEvidence) {
        if isSign(index) || isUnitSign(index) { return }
        let strength = text.operatorStrength(index)
        guard strength != .none else { return }
        evidence.allOperators.append(text[index].key)
        if strength == .strong { evidence.strongOperators.append(text[index].key) }
    }

    private mutating func word(
        at position: Int, _ isCore: Bool, _ evidence: DifferenceEvidence
    ) -> Int {
        let index = Int(indexes[position])
        let meaning = language.meanings[text[index].key]
        let roles = meaning?.roles ?? []
        if roles.contains(.number), text[index].kind == .word || isNumeral(index) {
            return quantity(at: position, evidence)
        }
        guard isCore else { return position + 1 }
        if isDateWord(index, roles) {
            evidence.identifiers.append(text[index].key)
            evidence.otherContent += 1
        } else if let value = romanNumeral(index) {
            evidence.numbers.append(NumberValue.key(of: value))
            evidence.otherContent += 1
        } else if let negation = negation(index, meaning) {
            evidence.negations.append(negation)
            evidence.otherContent += 1
        } else if roles.contains(.unit) && hasNumberBefore(index)
            || roles.contains(.ordinalSuffix) && text.touchesPrevious(index)
                && text[index - 1].kind == .number
        {
            evidence.otherContent += 1
        } else {
            evidence.words.append(Int32(index))
        }
        return position + 1
    }

    private func negation(_ index: Int, _ meaning: WordMeaning?) -> UInt64? {
        if let meaning, meaning.roles.contains(.negation) { return meaning.negation }
        if language.negationSuffixes.isEmpty && language.negationPrefixes.isEmpty { return nil }
        let bytes = text.text(index)
        guard bytes.count >= 3,
            language.negatesWithinWords && !language.negationExceptions.contains(text[index].key)
                || bytes.contains(where: { $0 == 0x27 || $0 == 0xE2 })
        else { return nil }
        let plain = String(decoding: bytes, as: UTF8.self).lowercased().map { $0 == "\u{2019}" ? "'" : $0 }
        let word = Array(String(plain).utf8)
        for pattern in language.negationSuffixes where word.count >= pattern.bytes.count {
            if word.suffix(pattern.bytes.count).elementsEqual(pattern.bytes) { return pattern.negation }
        }
        for pattern in language.negationPrefixes where word.starts(with: pattern.bytes) {
            return pattern.negation
        }
        return nil
    }

    /// Whether a number or number word stands right before, so that this word is its unit.
    private func hasNumberBefore(_ index: Int) -> Bool {
        guard var before = text.previous(index) else { return false }
        if text[before].kind == .symbol, text.touchesPrevious(index), let further = text.previous(before) {
            before = further
        }
        guard text[before].kind != .number else { return unitEnd(after: before) > index }
        let isNumber = language.meanings[text[before].key]?.roles.contains(.number) ?? false
        return isNumber && unitEnd(after: before) > index
    }

    private func isMoneySign(_ index: Int) -> Bool {
        if let next = text.next(index), text[next].kind == .number { return true }
        if let before = text.previous(index), text[before].kind == .number { return true }
        return false
    }
}
