import CText
import Corpus

/// What is told of the exchanges of chats: requests with their replies.
extension DifferenceClassifier {
    /// Whether a chat has the exchanges of another one, two or more, in another order.
    func ordersExchanges(_ left: RowText, _ right: RowText) -> Bool {
        guard left.turns.count == right.turns.count, left.turns.count >= 4 else { return false }
        let (opening, first) = blocks(of: left)
        let (otherOpening, second) = blocks(of: right)
        return opening == otherOpening && first.count >= 2 && first.count == second.count && first != second
            && first.sorted() == second.sorted()
    }

    /// The hash of each request with what follows it up to the next one (of one side alone: of each turn); what stands
    /// before the first request opens the chat and belongs to none. Empty for what is no chat.
    private func blocks(of text: RowText) -> (opening: UInt64, blocks: [UInt64]) {
        var opening: UInt64 = 0
        var blocks: [UInt64] = []
        var isAsking = false
        let isOneSide = comparedSides == .prompt || comparedSides == .response
        for index in compared(text) {
            let turn = text.turns[index]
            guard turn.role != .text else { return (0, []) }
            if isOneSide || (turn.role == .user && !isAsking) { blocks.append(0) }
            isAsking = turn.role == .user
            let mark = UInt64(turn.role.rawValue) << 8 | UInt64(turn.mark.rawValue) &+ 1
            let key = TokenKey.combine(mark, hash(turn, of: text))
            if let last = blocks.last {
                blocks[blocks.count - 1] = TokenKey.combine(last, key)
            } else {
                opening = TokenKey.combine(opening, key)
            }
        }
        return (opening, blocks)
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

    func hash(_ turn: Turn, of text: RowText) -> UInt64 {
        let bytes = text.bytes(of: turn)
        return ctext_xxh3_64(bytes.baseAddress, bytes.count, 0)
    }
}
