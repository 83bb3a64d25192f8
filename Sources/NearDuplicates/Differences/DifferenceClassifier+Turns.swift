import CText
import Corpus

/// What is told of whole turns and of the exchanges that they make.
extension DifferenceClassifier {
    // MARK: Turns

    /// Whether a turn, though its side as a whole is alike, says something else than the other text's turn at its place:
    /// the short input under a long instruction, one request of a long chat.
    ///
    /// Both have less than half of the shorter one's words or less than a quarter of the longer one's (where the row is
    /// contained: less than half of the row's). Names, numbers and codes that only one has do not count, but in the
    /// fields of one request; nor do turns of next to no words ("thanks, bye").
    func isOtherTurn(
        _ region: DifferenceRegion, _ left: RowText, _ right: RowText, _ decision: DifferenceDecision
    ) -> Bool {
        guard region.isPair, comparedSides != .row, left.turns.count > 2 else { return false }
        let (turn, other) = (left.turns[region.first[0]], right.turns[region.second[0]])
        guard turn.role != .text, turn.mark == .none else { return false }
        guard mayBeOther(left.bytes(of: turn), right.bytes(of: other), decision) else { return false }
        readTurns(left, turn, right, other)
        let shared = listUnshared()
        let isField = isField(region.first[0], of: left) && isField(region.second[0], of: right)
        if !isField {
            let index = language(of: region, left, right)
            let language = index.map { catalogue.languages[$0] } ?? catalogue.unknown
            firstIndexes.removeAll { isNameLike(first, Int($0), language) }
            secondIndexes.removeAll { isNameLike(second, Int($0), language) }
        }
        let own = shared + Self.weight(first, firstIndexes)
        let others = shared + Self.weight(second, secondIndexes)
        if decision.isContained { return 2 * shared < (decision.keeperIsFirst ? others : own) }
        let (shorter, longer) = (min(own, others), max(own, others))
        guard isField || shorter >= Self.leastTurnWeight else { return false }
        return 2 * shared < shorter || 4 * shared < longer
    }

    /// Chosen: three words, or six characters of Chinese or Japanese.
    private static let leastTurnWeight = 6

    /// Whether less than half of the bytes are shared at the ends: nearly all pairs of turns need no look at words.
    private func mayBeOther(
        _ own: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, _ decision: DifferenceDecision
    ) -> Bool {
        let prefix = own.commonPrefix(other)
        let suffix = own.commonSuffix(other, limit: min(own.count, other.count) - prefix)
        let length =
            !decision.isContained
            ? max(own.count, other.count)
            : decision.keeperIsFirst ? other.count : own.count
        return 2 * (prefix + suffix) < length
    }

    /// Whether the turn beside it is of the same speaker, as of an instruction and its input.
    private func isField(_ index: Int, of text: RowText) -> Bool {
        let turn = text.turns[index]
        return [index - 1, index + 1].contains { neighbour in
            text.turns.indices.contains(neighbour) && text.turns[neighbour].role == turn.role
                && text.turns[neighbour].mark == turn.mark
        }
    }

    private func readTurns(_ left: RowText, _ turn: Turn, _ right: RowText, _ other: Turn) {
        first.bytes = left.bytes
        second.bytes = right.bytes
        first.tokens.removeAll(keepingCapacity: true)
        second.tokens.removeAll(keepingCapacity: true)
        tokeniser.tokenise(left.bytes, turn.range, into: &first.tokens)
        tokeniser.tokenise(right.bytes, other.range, into: &second.tokens)
    }

    private static func weight(_ text: TokenisedText, _ indexes: ContiguousArray<Int32>) -> Int {
        indexes.reduce(0) { $0 + (text[Int($1)].kind == .ideograph ? 1 : 2) }
    }

    private func isNameLike(_ text: TokenisedText, _ index: Int, _ language: Language) -> Bool {
        text[index].flags.contains(.capitalised) && isName(text, index, language)
    }

    /// Lists the words that one text has more often than the other.
    ///
    /// - Returns: the weight of those that both have; where as many are left on both sides, also of those that are the
    ///   other's misspelt.
    private func listUnshared() -> Int {
        var surplus: [UInt64: Int] = [:]
        firstIndexes.removeAll(keepingCapacity: true)
        secondIndexes.removeAll(keepingCapacity: true)
        for index in 0..<first.count where first[index].isWord { surplus[first[index].key, default: 0] += 1 }
        var shared = 0
        for index in 0..<second.count where second[index].isWord {
            if let left = surplus[second[index].key], left > 0 {
                surplus[second[index].key] = left - 1
                shared += second[index].kind == .ideograph ? 1 : 2
            } else {
                secondIndexes.append(Int32(truncatingIfNeeded: index))
            }
        }
        for index in (0..<first.count).reversed() where first[index].isWord {
            guard let left = surplus[first[index].key], left > 0 else { continue }
            surplus[first[index].key] = left - 1
            firstIndexes.append(Int32(truncatingIfNeeded: index))
        }
        firstIndexes.reverse()
        guard firstIndexes.count == secondIndexes.count, firstIndexes.count <= Self.maximumPairedWords else {
            return shared
        }
        let misspelt = zip(firstIndexes, secondIndexes).map { isMisspelling(Int($0), Int($1)) }
        for place in misspelt.indices.reversed() where misspelt[place] {
            firstIndexes.remove(at: place)
            secondIndexes.remove(at: place)
            shared += 2
        }
        return shared
    }

    // MARK: Exchanges

    /// Whether a chat has the exchanges of another one, two or more, in another order.
    func ordersExchanges(_ left: RowText, _ right: RowText) -> Bool {
        guard left.turns.count == right.turns.count, left.turns.count >= 4 else { return false }
        let (first, second) = (blocks(of: left), blocks(of: right))
        return first.count >= 2 && first.count == second.count && first != second
            && first.sorted() == second.sorted()
    }

    /// The hash of each request with what follows it up to the next one; empty for what is no chat.
    private func blocks(of text: RowText) -> [UInt64] {
        var blocks: [UInt64] = []
        var isAsking = false
        for index in compared(text) {
            let turn = text.turns[index]
            guard turn.role != .text, turn.mark == .none else { return [] }
            if turn.role == .user, !isAsking || blocks.isEmpty { blocks.append(0) }
            isAsking = turn.role == .user
            guard let last = blocks.last else { return [] }
            let key = TokenKey.combine(UInt64(turn.role.rawValue) &+ 1, hash(turn, of: text))
            blocks[blocks.count - 1] = TokenKey.combine(last, key)
        }
        return blocks
    }

    /// Whether a request of both has in each text a reply that the other gives to another request: `a? 1 b? 2` and
    /// `a? 2 b? 1` have the same turns. Exchanges in another order are none.
    func exchangesReplies(_ left: RowText, _ right: RowText) -> Bool {
        guard left.turns.count >= 4, right.turns.count >= 4 else { return false }
        let (first, second) = (exchanges(of: left), exchanges(of: right))
        guard first.count >= 2, second.count >= 2, first != second else { return false }
        let own = Dictionary(grouping: first, by: \.request).mapValues { Set($0.map(\.reply)) }
        let others = Dictionary(grouping: second, by: \.request).mapValues { Set($0.map(\.reply)) }
        let (replies, otherReplies) = (Set(first.map(\.reply)), Set(second.map(\.reply)))
        return own.contains { request, given in
            guard let other = others[request], given.isDisjoint(with: other) else { return false }
            return !given.isDisjoint(with: otherReplies) && !other.isDisjoint(with: replies)
        }
    }

    /// A reply and the request before it, by their bytes.
    private struct Exchange: Hashable {
        var request: UInt64
        var reply: UInt64
    }

    private func exchanges(of text: RowText) -> [Exchange] {
        var exchanges: [Exchange] = []
        var request: UInt64?
        for turn in text.turns where turn.mark == .none {
            switch turn.role {
            // "Continue" asks for something else wherever it stands.
            case .user: request = isWordy(text.bytes(of: turn)) ? hash(turn, of: text) : nil
            case .assistant:
                if let asked = request {
                    let reply = hash(turn, of: text)
                    exchanges.append(Exchange(request: asked, reply: reply))
                }
                request = nil
            case .system, .developer, .tool, .text: break
            }
        }
        return exchanges
    }

    /// Three words or more, about.
    private func isWordy(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.lazy.filter { $0 == UInt8(ascii: " ") || $0 >= 0xE3 }.count >= 2
    }

    private func hash(_ turn: Turn, of text: RowText) -> UInt64 {
        let bytes = text.bytes(of: turn)
        return ctext_xxh3_64(bytes.baseAddress, bytes.count, 0)
    }
}
