import Corpus

/// Turns that say something else.
extension DifferenceClassifier {
    /// A turn of each text that says something else than every turn of the other, though the sides as wholes are alike:
    /// the short input under a long instruction, one request of a long chat.
    ///
    /// Turns with equal bytes, or alike at the same place, answer each other; of those left each is looked for among the
    /// other text's, wherever it stands. A request whose turn has its counterpart is looked at by its parts. A turn or
    /// part without one counts where it says something: a word that is no frequent one, courtesy or name, and three of
    /// them in both (where the language is not known, two of any words); of the fields of a request any word, number or
    /// code. Where the row is contained, what only the keeper has is no difference.
    ///
    /// - Returns: both turns, or the row's and an empty range; `nil` where there are none.
    func otherTurns(
        _ left: RowText, _ right: RowText, _ regions: [DifferenceRegion], _ decision: DifferenceDecision
    ) -> (first: Range<Int>, second: Range<Int>)? {
        guard comparedSides != .row else { return nil }
        let unlike =
            regions.allSatisfy(\.isPair)
            ? pairsThatMayBeOther(regions, left, right)
            : unequalTurns(left, compared(left), right, compared(right))
        guard !unlike.first.isEmpty || !unlike.second.isEmpty else { return nil }
        guard max(unlike.first.count, unlike.second.count) <= Self.maximumTurns else { return nil }
        // Those of the pair before.
        first.tokens.removeAll(keepingCapacity: true)
        second.tokens.removeAll(keepingCapacity: true)
        let index =
            language(of: unlike.region, left, right)
            ?? language(of: DifferenceRegion(first: compared(left), second: compared(right)), left, right)
        var own = unlike.first.map { turnWords($0, of: left, index) }
        var others = unlike.second.map { turnWords($0, of: right, index) }
        let all = (own: own.filter(\.place.isPart), others: others.filter(\.place.isPart))
        let answered = (0..<unlike.pairCount).filter { place in
            isAlike(own[place], others[place], decision)
                || isRespelled(own[place], left, others[place], right, decision)
        }
        // One turn of each that is unlike at its place has no other counterpart.
        let isOnePair = unlike.pairCount == 1 && own.count == 1 && others.count == 1
        for place in answered.reversed() {
            own.remove(at: place)
            others.remove(at: place)
        }
        if !isOnePair { removeCounterparts(&own, &others, decision) }
        own.removeAll { !$0.saysSomething || $0.isCovered(by: all.others) }
        others.removeAll { !$0.saysSomething || $0.isCovered(by: all.own) }
        if decision.isContained {
            let row = decision.keeperIsFirst ? others : own
            guard let turn = row.first(where: { $0.saysEnough(with: $0) }) else { return nil }
            return decision.keeperIsFirst ? (0..<0, turn.place.range) : (turn.place.range, 0..<0)
        }
        for turn in own {
            let other = others.first { $0.role == turn.role && turn.saysEnough(with: $0) }
            guard let other else { continue }
            return (turn.place.range, other.place.range)
        }
        return nil
    }

    /// Whether a side has more than one turn: on a side of its own a turn has been judged by the threshold.
    private func hasSideOfTurns(_ text: RowText) -> Bool {
        var counts: (prompt: Int, response: Int) = (0, 0)
        for turn in text.turns where turn.mark == .none && turn.role != .text {
            switch comparedSides.side(of: turn.role) {
            case .prompt: counts.prompt += 1
            case .response: counts.response += 1
            case nil: break
            }
        }
        return max(counts.prompt, counts.response) > 1
    }

    /// Turns of a text without a counterpart that are looked at; chosen, since each is compared with each.
    static let maximumTurns = 32

    /// Places whose turns are fields or do not share most of their words at their ends, and such parts of requests.
    private func pairsThatMayBeOther(
        _ regions: [DifferenceRegion], _ left: RowText, _ right: RowText
    ) -> UnlikeTurns {
        let limits = (longestTurns(left), longestTurns(right))
        let areSeveral = hasSideOfTurns(left) || hasSideOfTurns(right)
        var found = UnlikeTurns()
        for region in regions {
            let (own, other) = (region.first[0], region.second[0])
            let (turn, theirs) = (left.turns[own], right.turns[other])
            guard turn.mark == .none else { continue }
            let isShort = turn.length <= limits.0[turn.role] && theirs.length <= limits.1[theirs.role]
            let isField = isField(own, of: left)
            if turn.role == .text {
                addParts((own, left, limits.0[.text]), (other, right, limits.1[.text]), to: &found)
                continue
            }
            if areSeveral, isShort, isField || Self.mayBeOther(left.bytes(of: turn), right.bytes(of: theirs))
            {
                found.addPair(
                    TurnPlace(index: own, range: turn.range, isField: isField, staysInPlace: isField),
                    TurnPlace(index: other, range: theirs.range, isField: self.isField(other, of: right)))
            }
            if turn.role == .user, !found.endsWithTurn(own) || turn.length > Self.longField,
                comparedSides.side(of: .user) == .prompt
            {
                addParts((own, left, limits.0[.user]), (other, right, limits.1[.user]), to: &found)
            }
        }
        found.endPairs()
        if max(found.first.count, found.second.count) > Self.maximumTurns { found.removeParts() }
        return found
    }

    /// Bytes from which a field is looked at by its parts too: a question below a passage. Chosen.
    private static let longField: UInt32 = 200

    /// Of each side the bytes of the longest turn that is looked at: one that is most of its side cannot be another while
    /// the sides are alike.
    private func longestTurns(_ text: RowText) -> SideLimits {
        var limits = SideLimits(on: comparedSides)
        for turn in text.turns where turn.mark == .none { limits.add(turn) }
        return limits
    }

    /// Whether two short turns differ in form or spelling alone.
    private func isRespelled(
        _ turn: TurnWords, _ left: RowText, _ other: TurnWords, _ right: RowText,
        _ decision: DifferenceDecision
    ) -> Bool {
        let longest = max(turn.place.range.count, other.place.range.count)
        guard longest <= Self.shortTurnByteCount else { return false }
        var own = DifferenceDecision(
            keeperIsFirst: decision.keeperIsFirst, isContained: false, spared: decision.spared)
        // Alone, since the rest of its message may differ too.
        func withTurn(_ words: TurnWords, of text: RowText, _ body: (RowText) -> Void) {
            let turn = Turn(
                role: words.role, offset: words.place.range.lowerBound, length: words.place.range.count)
            withUnsafePointer(to: turn) {
                body(RowText(bytes: text.bytes, turns: UnsafeBufferPointer(start: $0, count: 1)))
            }
        }
        withTurn(turn, of: left) { left in
            withTurn(other, of: right) { right in
                decide(DifferenceRegion(first: [0], second: [0], isPair: true), left, right, &own)
            }
        }
        return [.form, .spelling].contains(own.verdict.difference)
    }

    /// Chosen: of longer turns enough trigrams stay.
    private static let shortTurnByteCount = 64

    /// Turns that the other text has not with the same bytes.
    private func unequalTurns(_ left: RowText, _ own: [Int], _ right: RowText, _ others: [Int])
        -> UnlikeTurns
    {
        guard hasSideOfTurns(left) || hasSideOfTurns(right) else { return UnlikeTurns() }
        func keys(_ text: RowText, _ turns: [Int]) -> [(index: Int, key: UInt64)] {
            let limits = longestTurns(text)
            return turns.compactMap { index in
                let turn = text.turns[index]
                guard turn.role != .text, turn.mark == .none, turn.length <= limits[turn.role] else {
                    return nil
                }
                return (index, TokenKey.combine(UInt64(turn.role.rawValue) &+ 1, hash(turn, of: text)))
            }
        }
        let (first, second) = (keys(left, own), keys(right, others))
        func lacking(_ turns: [(index: Int, key: UInt64)], _ theirs: [(index: Int, key: UInt64)]) -> [Int] {
            UnlikeTurns.places(of: turns.map(\.key), lackingIn: theirs.map(\.key)).map { turns[$0].index }
        }
        func places(_ turns: [Int], of text: RowText) -> [TurnPlace] {
            turns.map {
                TurnPlace(index: $0, range: text.turns[$0].range, isField: isField($0, of: text))
            }
        }
        return UnlikeTurns(
            places(lacking(first, second), of: left), places(lacking(second, first), of: right))
    }

    /// Whether less is shared at the ends, in words, than lies between: nearly all pairs of turns need no closer look.
    static func mayBeOther(_ own: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        var prefix = own.commonPrefix(other)
        var suffix = own.commonSuffix(other, limit: min(own.count, other.count) - prefix)
        // Whole characters.
        while prefix > 0, Self.isWithin(own, prefix) || Self.isWithin(other, prefix) { prefix -= 1 }
        while suffix > 0, Self.isWithin(own, own.count - suffix) { suffix -= 1 }
        func weight(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> Int {
            var weight = 0
            var isInside = false
            for byte in bytes[range] {
                if byte >= 0xE3 {
                    weight += 1
                } else if byte >= 0xC3 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) {
                    if !isInside { weight += 2 }
                    isInside = true
                } else if byte == 0x20 || byte == 0x0A {
                    isInside = false
                }
            }
            return weight
        }
        let shared = weight(0..<prefix, of: own) + weight(own.count - suffix..<own.count, of: own)
        let between = weight(prefix..<own.count - suffix, of: own)
        let theirs = weight(prefix..<other.count - suffix, of: other)
        return shared <= max(between, theirs)
    }

    /// Whether an offset lies amid the bytes of a character.
    private static func isWithin(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        offset < bytes.count && bytes[offset] & 0xC0 == 0x80
    }

    /// Removes turns that are alike from both lists, each with one of the other's.
    private func removeCounterparts(
        _ own: inout [TurnWords], _ others: inout [TurnWords], _ decision: DifferenceDecision
    ) {
        own.removeAll { turn in
            // An input stays an input; but where one text has it as a field and the other within its instruction, that is all.
            if turn.place.staysInPlace { return false }
            guard
                let place = others.firstIndex(where: { $0.role == turn.role && isAlike(turn, $0, decision) })
            else { return false }
            others.remove(at: place)
            return true
        }
    }

    private func isAlike(_ turn: TurnWords, _ other: TurnWords, _ decision: DifferenceDecision) -> Bool {
        let row: TurnWords.Row = !decision.isContained ? .either : decision.keeperIsFirst ? .second : .first
        return turn.isAlike(other, row)
    }

    private func turnWords(_ place: TurnPlace, of text: RowText, _ languageIndex: Int?) -> TurnWords {
        let language = languageIndex.map { catalogue.languages[$0] } ?? catalogue.unknown
        first.bytes = text.bytes
        first.tokens.removeAll(keepingCapacity: true)
        tokeniser.tokenise(text.bytes, place.range, into: &first.tokens)
        var words = TurnWords(place: place, role: text.turns[place.index].role)
        words.leastWeight = words.isField ? 1 : languageIndex == nil ? 4 : 2
        var (contentCount, capitalCount) = (0, 0)
        // All in capitals names are not told.
        let hasSmallLetter = text.bytes[place.range].contains { (0x61...0x7A).contains($0) }
        var otherWeight = 0
        for place in 0..<first.count {
            let token = first[place]
            switch token.kind {
            case .word, .ideograph: break
            case .number, .identifier, .pictograph: if !words.isField { continue }
            case .symbol, .opening, .closing, .quote, .currency, .punctuation, .markup, .separator: continue
            }
            let unit = unit(place, language, languageIndex)
            words.append(unit)
            if unit.isContent { contentCount += 1 }
            if unit.isContent, !unit.isName, !catalogue.salutations.contains(token.key) {
                otherWeight += unit.weight
            }
            if unit.isContent, token.flags.contains(.capitalised) { capitalCount += 1 }
        }
        // A product, a post, a headline.
        let areNames =
            contentCount >= 2 && capitalCount == contentCount && !language.nounsCapitalised && hasSmallLetter
        let isSlot = place.isSlot && contentCount == words.units.count
        words.letters = letters(of: UnsafeRawBufferPointer(rebasing: text.bytes[place.range]))
        if words.isField, Self.placeholders.contains(words.letters) { words.leastWeight = .max }
        if place.isPart, !words.isField, areNames || isSlot || greetsOrEnds(place, otherWeight, of: text) {
            words.leastWeight = .max
        }
        return words
    }

    /// What stands where a field is empty, by its letters.
    private static let placeholders: Set<[UInt32]> = Set(
        ["na", "none", "nul", "nil", "noinput", "empty", "notaplicable"].map {
            $0.unicodeScalars.map(\.value)
        }
    )

    private func unit(_ place: Int, _ language: Language, _ languageIndex: Int?) -> TurnWords.Unit {
        let token = first[place]
        var unit = TurnWords.Unit(key: token.key, weight: token.kind == .ideograph ? 1 : 2)
        unit.isContent = isContent(token, language, languageIndex)
        if token.kind == .ideograph, first.firstByte(place) < 0xE4, place + 1 < first.count {
            // Characters of a small alphabet say nothing alone.
            unit.key = TokenKey.combine(token.key, first[place + 1].key)
        }
        unit.isName =
            token.kind == .word && token.flags.contains(.capitalised) && isName(first, place, language)
            && !(language.code == "en" && lexicon?.containsLowercase(token.key) ?? false)
        return unit
    }

    /// Whether a word is neither frequent nor a courtesy.
    private func isContent(_ token: Token, _ language: Language, _ languageIndex: Int?) -> Bool {
        if token.flags.contains(.kana) { return false }
        if language.meanings[token.key]?.roles.contains(.courtesy) ?? false { return false }
        return !(languageIndex.map { catalogue.isFrequent(token.key, in: $0) } ?? false)
    }

    /// Whether a turn is one of several fields of its side, as an instruction and its input.
    private func isField(_ index: Int, of text: RowText) -> Bool {
        let turn = text.turns[index]
        return turn.isField
            && text.turns.indices.contains {
                $0 != index && text.turns[$0].isField && text.turns[$0].role == turn.role
            }
    }

    /// The folded letters of a turn's beginning, without marks, each run of one letter once.
    private func letters(of bytes: UnsafeRawBufferPointer) -> [UInt32] {
        var letters: [UInt32] = []
        var offset = 0
        while offset < bytes.count, letters.count < Self.maximumLetters {
            let byte = bytes[offset]
            if byte < 0x80 {
                offset += 1
                let folded = UInt32(byte | 0x20)
                guard folded >= 0x61, folded <= 0x7A, letters.last != folded else { continue }
                letters.append(folded)
                continue
            }
            let (scalar, length) = Tokeniser.decode(bytes, offset, bytes.count)
            offset += length
            let folded = tokeniser.table.lookUp(scalar).folded
            guard letters.last != folded, let letter = Unicode.Scalar(folded & 0x1F_FFFF),
                letter.properties.isAlphabetic, letter.properties.generalCategory != .nonspacingMark
            else { continue }
            letters.append(folded)
        }
        return letters
    }

    /// Chosen: of longer turns many trigrams are shared by chance.
    private static let maximumLetters = 300
}
