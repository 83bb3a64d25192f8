/// Parts of dates, times and codes that only their neighbours give away.
extension EvidenceReader {
    /// Months and weekdays; 年 月 日 are only marks of a number.
    func isDateWord(_ index: Int, _ roles: WordMeaning.Roles) -> Bool {
        guard text[index].kind == .word else { return false }
        if roles.contains(.date) || roles.contains(.weekday) { return true }
        guard roles.contains(.capitalDate) || roles.contains(.capitalWeekday),
            text[index].flags.contains(.capitalised)
        else { return false }
        // "May I": a capital at the beginning says nothing, unless a day or a year follows.
        return !beginsSentence(index) || text.next(index).map { text[$0].kind == .number } ?? false
    }

    private func beginsSentence(_ index: Int) -> Bool {
        guard let before = text.previous(index) else { return true }
        return text[before].kind == .punctuation && [0x2E, 0x21, 0x3F].contains(text.firstByte(before))
    }

    private func isMonth(_ index: Int) -> Bool {
        guard text[index].kind == .word, let roles = language.meanings[text[index].key]?.roles else {
            return false
        }
        return roles.contains(.date)
            || roles.contains(.capitalDate) && text[index].flags.contains(.capitalised)
    }

    /// A day of one or two digits or a year of four beside the name of a month (`May 5, 2024`, `5. Mai`, `5th
    /// of May`), or a number before 年, 月, 日.
    func isDatePart(_ index: Int, _ digitCount: Int) -> Bool {
        guard digitCount <= 2 || digitCount == 4 else { return false }
        if let mark = text.next(index), text[mark].kind == .ideograph {
            return isMarkedDate(index, mark, digitCount)
        }
        var after = text.next(index)
        for _ in 0..<3 {
            guard let candidate = after else { break }
            if isMonth(candidate) { return digitCount <= 2 }
            guard isDateFiller(candidate) else { break }
            after = text.next(candidate)
        }
        var before = text.previous(index)
        for _ in 0..<4 {
            guard let candidate = before else { break }
            if isMonth(candidate) { return true }
            guard isDateFiller(candidate) || digitCount == 4 && text[candidate].kind == .number else { break }
            before = text.previous(candidate)
        }
        return false
    }

    private func isDateFiller(_ index: Int) -> Bool {
        if text[index].kind == .punctuation {
            return text[index].count == 1 && (text.firstByte(index) == 0x2C || text.firstByte(index) == 0x2E)
        }
        let roles = language.meanings[text[index].key]?.roles ?? []
        return roles.contains(.dateFiller) || roles.contains(.ordinalSuffix)
    }

    /// `2024年`, `5月`, `5月3日`; `3日` alone may be a span of days and stays a number.
    private func isMarkedDate(_ index: Int, _ mark: Int, _ digitCount: Int) -> Bool {
        guard language.meanings[text[mark].key]?.roles.contains(.date) == true else { return false }
        if text[mark].key == Self.year { return digitCount == 4 }
        if text[mark].key == Self.month { return true }
        guard let before = text.previous(index) else { return false }
        return text[before].key == Self.month
    }

    private static let year = TokenKey.of(word: "年")
    private static let month = TokenKey.of(word: "月")

    /// A number before `pm`, `o'clock`, `Uhr`.
    func isTimePart(_ index: Int) -> Bool {
        guard let next = text.next(index) else { return false }
        return language.meanings[text[next].key]?.roles.contains(.time) ?? false
    }

    /// Digits from which bare ones name a thing without any label: amounts are rarely written so.
    private static let bareCodeDigits = 8

    /// Bare digits that name a thing rather than count it: three or more after `#`, or after a label and its mark
    /// (`order number`); five or more after a label alone (`order 48213`, `code is 48213`); eight or more anywhere. Not
    /// those beside a sign of money or a unit, in arithmetic, or with three zeros at the end. Five digits without a
    /// label may be a sum (`What is 100003 divided by seven`), and a row too many does less harm than one too few.
    func isCode(_ index: Int, _ value: NumberValue) -> Bool {
        guard value.isPlainDigits, value.digitCount >= 3 else { return false }
        let before = text.previous(index)
        if let before, text[before].kind == .punctuation, text.firstByte(before) == 0x23,
            text.touchesPrevious(index)
        {
            return true
        }
        if let before, isLabelled(before) { return true }
        guard value.digitCount >= 5, value.trailingZeros < 3, unitEnd(after: index) == index + 1 else {
            return false
        }
        guard let before else {
            return value.digitCount >= Self.bareCodeDigits && !isOperand(index, after: nil)
        }
        let roles = language.meanings[text[before].key]?.roles ?? []
        if text[before].kind == .currency || roles.contains(.unit) { return false }
        if names(before) || text.previous(before).map({ names($0) }) ?? false { return true }
        return value.digitCount >= Self.bareCodeDigits && !isOperand(index, after: before)
    }

    /// Whether a number is reckoned with: beside an operator, or a word for one that has a number on its other side too
    /// (`divided by 7`).
    private func isOperand(_ index: Int, after before: Int?) -> Bool {
        if let before, reckons(before, from: text.previous) { return true }
        return text.next(index).map { reckons($0, from: text.next) } ?? false
    }

    private func reckons(_ index: Int, from step: (Int) -> Int?) -> Bool {
        switch text[index].kind {
        case .symbol: return text.operatorStrength(index) == .strong
        case .word:
            guard language.meanings[text[index].key]?.roles.contains(.arithmetic) == true,
                let next = step(index)
            else { return false }
            return text[next].kind == .number || step(next).map { text[$0].kind == .number } ?? false
        default: return false
        }
    }

    /// Whether a word says that what follows names a thing: `order`, `code`.
    private func names(_ index: Int) -> Bool {
        !(language.meanings[text[index].key]?.roles ?? []).isDisjoint(with: [.label, .labelMark])
    }

    /// Whether a label with its mark ends at a token: `order number`, `Ticket ID:`, `case no.`,
    /// `Rechnungsnummer`.
    private func isLabelled(_ last: Int) -> Bool {
        var index = last
        var hasMark = false
        for _ in 0..<4 {
            if text[index].kind == .punctuation {
                if text.firstByte(index) == 0x3A { hasMark = true }
            } else {
                let roles = language.meanings[text[index].key]?.roles ?? []
                if roles.contains(.labelMark) {
                    if roles.contains(.label) { return true }
                    hasMark = true
                } else {
                    return hasMark && roles.contains(.label)
                }
            }
            guard let before = text.previous(index) else { return false }
            index = before
        }
        return false
    }

    /// Whether a Chinese or Japanese numeral counts something: beside a digit or numeral, after 第, or before
    /// a counter; 一 in 一起 does not.
    func isNumeral(_ index: Int) -> Bool {
        guard language.meanings[text[index].key]?.roles.contains(.numeral) == true else { return false }
        if let next = text.next(index) {
            if text[next].kind == .number { return true }
            let roles = language.meanings[text[next].key]?.roles ?? []
            if !roles.isDisjoint(with: [.counter, .numeral, .date, .time]) { return true }
        }
        guard let before = text.previous(index) else { return false }
        if text[before].kind == .number || text[before].key == Self.ordinalPrefix { return true }
        return language.meanings[text[before].key]?.roles.contains(.numeral) ?? false
    }

    private static let ordinalPrefix = TokenKey.of(word: "第")
}
