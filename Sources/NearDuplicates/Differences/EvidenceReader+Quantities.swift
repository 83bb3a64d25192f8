/// Numbers with their sign, style and unit.
extension EvidenceReader {
    /// Reads the quantity at a position of the list: a number token, number words, or both (`5 million`).
    ///
    /// - Returns: the position after it.
    mutating func quantity(at position: Int, _ evidence: DifferenceEvidence) -> Int {
        let index = Int(indexes[position])
        guard text[index].kind == .number else { return spelledOut(at: position, evidence) }
        let token = text[index]
        evidence.otherContent += core.contains(position) ? 1 : 0
        if token.flags.contains(.styled), let fraction = fraction(index) {
            evidence.numbers.append(NumberValue.key(of: fraction.over))
            evidence.numbers.append(NumberValue.key(of: fraction.under))
            evidence.strongOperators.append(TokenKey.of(sign: "/"))
            evidence.allOperators.append(TokenKey.of(sign: "/"))
            return position + 1
        }
        var plain: UInt64?
        if token.flags.isDisjoint(with: [.raised, .lowered, .styled]) {
            let value = NumberValue(text.bytes, token.range, &table)
            if isDatePart(index, value.digitCount) || isTimePart(index) || isCode(index, value) {
                // `05 May` is `5 May`.
                evidence.identifiers.append(value.integer.map(NumberValue.key(of:)) ?? token.key)
                return position + 1
            }
            plain = value.plainKey
            if let whole = value.integer, nextIsMultiplier(position) {
                return spelledOut(at: position, startingWith: whole, evidence)
            }
        }
        evidence.numbers.append(item(token.key, plain: plain, from: index, through: index))
        return position + 1
    }

    /// Number words, composed as in English and most European languages: `two hundred and five thousand`.
    private func spelledOut(
        at start: Int, startingWith whole: Int? = nil, _ evidence: DifferenceEvidence
    ) -> Int {
        let first = Int(indexes[start])
        if whole == nil, let meaning = language.meanings[text[first].key], meaning.roles.contains(.numeral) {
            // Numerals of Chinese and Japanese stay one by one: 三百 is 3 and 100.
            if core.contains(start) { evidence.otherContent += 1 }
            evidence.numbers.append(item(NumberValue.key(of: meaning.number), from: first, through: first))
            return start + 1
        }
        var composed = SpelledNumber(startingWith: whole)
        var position = whole == nil ? start : start + 1
        var last = whole == nil ? first - 1 : first
        var isWeak = whole == nil
        var wordCount = 0
        while position < indexes.count {
            let index = Int(indexes[position])
            guard index == last + 1 || wordCount == 0 else { break }
            guard let meaning = language.meanings[text[index].key], meaning.roles.contains(.number) else {
                guard isJoint(position) else { break }
                position += 1
                last = index
                continue
            }
            guard composed.add(meaning.number, isOrdinal: meaning.roles.contains(.ordinal)) else { break }
            if !meaning.roles.contains(.weakNumber) { isWeak = false }
            if core.contains(position) { evidence.otherContent += 1 }
            wordCount += 1
            position += 1
            last = index
        }
        if wordCount > 1 { isWeak = false }
        var key = NumberValue.key(of: composed.value)
        if composed.isOrdinal { key = TokenKey.combine(key, Self.ordinalMark) }
        let item = item(key, from: first, through: last)
        if isWeak { evidence.weakNumbers.append(item) } else { evidence.numbers.append(item) }
        return max(position, start + 1)
    }

    private static let ordinalMark = TokenKey.of(sign: "ordinal")

    /// The value of two or more of the capitals I, V and X, up to 39: kings, types, chapters; `II` equals `2`.
    ///
    /// One letter alone is mostly a pronoun or a name, Xs alone stand for what was struck out, and `IV` and `VI` are
    /// other things too, so that a word with a capital or one that is numbered must stand before them.
    func romanNumeral(_ index: Int) -> Int? {
        let letters = text.text(index)
        guard text[index].kind == .word, (2...7).contains(letters.count),
            letters.allSatisfy({ $0 == 0x49 || $0 == 0x56 || $0 == 0x58 })
        else { return nil }
        let number = String(decoding: letters, as: UTF8.self)
        if number == "IV" || number == "VI" {
            guard let before = text.previous(index), text[before].kind == .word,
                text[before].flags.contains(.capitalised) || Self.numberedWords.contains(text[before].key)
            else { return nil }
        }
        return Self.romanNumerals[number]
    }

    private static let numberedWords = Set(
        [
            "type", "part", "chapter", "volume", "phase", "stage", "class", "grade", "level", "act",
            "section",
            "article", "title", "war", "appendix",
        ].map { TokenKey.of(word: $0) })

    private static let romanNumerals: [String: Int] = {
        let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
        var numerals: [String: Int] = [:]
        for value in 2..<40 {
            let name = String(repeating: "X", count: value / 10) + ones[value % 10]
            if name.count > 1, value % 10 != 0 { numerals[name] = value }
        }
        return numerals
    }()

    /// `and` or a hyphen between two number words.
    private func isJoint(_ position: Int) -> Bool {
        guard position + 1 < indexes.count, indexes[position + 1] == indexes[position] + 1 else {
            return false
        }
        let index = Int(indexes[position])
        let isAnd = language.meanings[text[index].key]?.roles.contains(.and) ?? false
        let isHyphen =
            text[index].kind == .symbol && text.touchesPrevious(index) && text.touchesPrevious(index + 1)
        guard isAnd || isHyphen else { return false }
        let before = language.meanings[text[index - 1].key]
        let after = language.meanings[text[index + 1].key]
        guard after?.roles.contains(.number) == true, let before else { return false }
        return isHyphen || before.number >= 100 || before.number >= 20 && language.code == "es"
    }

    private func nextIsMultiplier(_ position: Int) -> Bool {
        guard position + 1 < indexes.count, indexes[position + 1] == indexes[position] + 1,
            let meaning = language.meanings[text[Int(indexes[position + 1])].key]
        else { return false }
        return meaning.roles.contains(.number) && (meaning.number >= 100 || meaning.number == 12)
    }

    /// A quantity as one hash.
    ///
    /// - Parameter plain: what counts for the value where it has a unit.
    private func item(_ value: UInt64, plain: UInt64? = nil, from first: Int, through last: Int) -> UInt64 {
        let unit = unit(from: first, through: last)
        var key = unit == 0 ? value : plain ?? value
        let token = text[first]
        if token.flags.contains(.raised) { key = TokenKey.combine(key, 1) }
        if token.flags.contains(.lowered) { key = TokenKey.combine(key, 2) }
        if isNegative(first) { key = TokenKey.combine(key, 3) }
        if let suffix = text.next(last), text.touchesPrevious(suffix),
            language.meanings[text[suffix].key]?.roles.contains(.ordinalSuffix) == true
        {
            key = TokenKey.combine(key, Self.ordinalMark)
        }
        return unit == 0 ? key : TokenKey.combine(key, unit)
    }

    /// The currency before and the units behind a quantity; 0 for none.
    private func unit(from first: Int, through last: Int) -> UInt64 {
        var unit: UInt64 = 0
        if let before = text.previous(first), isCurrency(before) {
            unit = unitKey(before) ?? text[before].key
        }
        let end = unitEnd(after: last)
        if end > last + 1 {
            for index in last + 1..<end {
                if let part = unitKey(index) {
                    unit = unit == 0 || unit == part ? part : TokenKey.combine(unit, part)
                }
            }
        }
        return unit
    }

    private func isCurrency(_ index: Int) -> Bool {
        if text[index].kind == .currency { return true }
        guard text[index].kind == .word, text[index].count == 3, text[index].flags.contains(.capitalised)
        else {
            return false
        }
        return ["usd", "eur", "gbp", "jpy", "chf", "inr", "cad", "aud", "cny"].contains {
            TokenKey.of(word: $0) == text[index].key
        }
    }

    private func unitKey(_ index: Int) -> UInt64? {
        guard let meaning = language.meanings[text[index].key], meaning.roles.contains(.unit) else {
            return text[index].kind == .currency ? text[index].key : nil
        }
        return meaning.unit
    }

    /// The index after the unit that follows a number: `mg`, `%`, `€`, `°C`, `km/h`, `-minute`; `number + 1`
    /// if none.
    ///
    /// A single letter is a unit only right after the number, but for m, g, l, h.
    func unitEnd(after number: Int) -> Int {
        guard var index = text.next(number) else { return number + 1 }
        if text[index].kind == .symbol, text.firstByte(index) == 0x2D, text.touchesPrevious(index) {
            guard let further = text.next(index), text.touchesPrevious(further) else { return number + 1 }
            index = further
        }
        guard unitKey(index) != nil else { return number + 1 }
        if text[index].kind == .symbol {
            guard isUnitSign(index) else { return number + 1 }
            // `°` and the letter of the scale.
            if let scale = text.next(index), text.touchesPrevious(scale), text[scale].count == 1,
                unitKey(scale) != nil
            {
                return scale + 1
            }
            return index + 1
        }
        if text[index].count == 1, text[index].kind == .word, !text.touchesPrevious(index),
            !"mglh".utf8.contains(text.firstByte(index))
        {
            return number + 1
        }
        if let slash = text.next(index), text.firstByte(slash) == 0x2F, text.touchesPrevious(slash),
            let under = text.next(slash), text.touchesPrevious(under), unitKey(under) != nil
        {
            return under + 1
        }
        return index + 1
    }

    /// `%`, `‰` or `°` after a number and not between operands.
    func isUnitSign(_ index: Int) -> Bool {
        guard language.meanings[text[index].key]?.roles.contains(.unit) == true,
            let before = text.previous(index), text[before].kind == .number || isNumberWord(before)
        else { return false }
        return text.operatorStrength(index) != .strong || text.touchesPrevious(index)
    }

    private func isNumberWord(_ index: Int) -> Bool {
        language.meanings[text[index].key]?.roles.contains(.number) ?? false
    }

    /// A minus or plus that belongs to the number right after it (perhaps with a sign of money between).
    func isSign(_ index: Int) -> Bool {
        let first = text.firstByte(index)
        guard text[index].kind == .symbol, first == 0x2D || first == 0x2B || first == 0xE2,
            text[index].count != 2,
            let next = text.next(index), text.touchesPrevious(next)
        else { return false }
        if first == 0xE2, text[index].key != TokenKey.of(sign: "-") { return false }
        let isNumber = text[next].kind == .number
        let isMoney =
            text[next].kind == .currency && (text.next(next).map { text[$0].kind == .number } ?? false)
        guard isNumber || isMoney else { return false }
        guard let before = text.previous(index) else { return true }
        switch text[before].kind {
        case .opening, .currency: return true
        case .symbol: return text[before].key != TokenKey.of(sign: "%")
        case .punctuation, .quote: return true
        case .closing, .number, .identifier, .markup, .word, .ideograph, .pictograph, .separator:
            return !text.touchesPrevious(index)
        }
    }

    private func isNegative(_ number: Int) -> Bool {
        guard text.touchesPrevious(number), let before = text.previous(number) else { return false }
        var sign = before
        if text[before].kind == .currency {
            guard text.touchesPrevious(before), let further = text.previous(before) else { return false }
            sign = further
        }
        return isSign(sign) && text[sign].key == TokenKey.of(sign: "-")
    }

    /// The parts of a vulgar fraction (Unicode 15, blocks Latin-1 and Number Forms).
    private func fraction(_ index: Int) -> (over: Int, under: Int)? {
        switch Tokeniser.decode(text.bytes, Int(text[index].start), Int(text[index].end)).scalar {
        case 0xBC: (1, 4)
        case 0xBD: (1, 2)
        case 0xBE: (3, 4)
        case 0x2150: (1, 7)
        case 0x2151: (1, 9)
        case 0x2152: (1, 10)
        case 0x2153: (1, 3)
        case 0x2154: (2, 3)
        case 0x2155: (1, 5)
        case 0x2156: (2, 5)
        case 0x2157: (3, 5)
        case 0x2158: (4, 5)
        case 0x2159: (1, 6)
        case 0x215A: (5, 6)
        case 0x215B: (1, 8)
        case 0x215C: (3, 8)
        case 0x215D: (5, 8)
        case 0x215E: (7, 8)
        default: nil
        }
    }
}
