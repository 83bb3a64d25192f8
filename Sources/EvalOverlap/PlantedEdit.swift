/// The classes of edits that the power of a run is measured by, each made from an item's own text.
package enum PlantedEdit: String, Sendable, CaseIterable {
    case verbatim
    case embedded
    case upperCase = "upper case"
    case escapedMarkup = "escaped markup"
    case hardWraps = "hard wraps"
    case splitTurns = "split over two turns"
    case questionOnly = "question only"
    case firstTurn = "first turn only"
    case swapped = "10 % swapped words"
    case dropped10 = "10 % dropped words"
    case dropped25 = "25 % dropped words"
    case mistyped7 = "7 % mistyped letters"
    case mistyped20 = "20 % mistyped letters"
    case truncated = "truncated to 60 %"

    /// The turns of a row that carries the item, user and assistant in turn.
    ///
    /// - Parameters:
    ///   - question: its first turn alone for ``firstTurn``.
    ///   - seed: edits of the same seed are the same.
    ///   - cut: the bytes of the question that truncating keeps; `nil` for 60 % of its words.
    /// - Complexity: O(bytes).
    package func turns(question: [UInt8], answer: [UInt8], seed: UInt64, cut: Int? = nil) -> [[UInt8]] {
        var random = EditRandom(state: seed)
        let both = answer.isEmpty ? [question] : [question, answer]
        switch self {
        case .verbatim: return both
        case .embedded:
            let before = Array("Thanks for waiting. Somebody sent me this the other day:\n".utf8)
            let after = Array("\nCan you help me with it when you have a minute?".utf8)
            return [before + question + after] + both.dropFirst()
        case .upperCase: return both.map { $0.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 32 : $0 } }
        case .escapedMarkup: return both.map(Self.escaped)
        case .hardWraps: return both.map(Self.wrapped)
        case .splitTurns:
            let words = Self.words(question)
            let half = words.count / 2
            return [Self.joined(words[..<half]), Self.joined(words[half...])] + both.dropFirst()
        case .questionOnly, .firstTurn: return [question]
        case .swapped: return both.map { Self.joined(Self.swapped($0, &random)[...]) }
        case .dropped10: return both.map { Self.dropped($0, one: 10, &random) }
        case .dropped25: return both.map { Self.dropped($0, one: 4, &random) }
        case .mistyped7: return both.map { Self.mistyped($0, percent: 7, &random) }
        case .mistyped20: return both.map { Self.mistyped($0, percent: 20, &random) }
        case .truncated:
            if let cut { return [Array(question.prefix(cut))] }
            let words = Self.words(question)
            return [Self.joined(words[..<(words.count * 3 / 5)])]
        }
    }

    private static func words(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split { $0 == 0x20 || ($0 >= 9 && $0 <= 13) }
    }

    private static func joined(_ words: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
        Array(words.joined(separator: [UInt8(ascii: " ")]))
    }

    private static func escaped(_ text: [UInt8]) -> [UInt8] {
        var out = Array("<p>".utf8)
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): out += Array("&amp;".utf8)
            case UInt8(ascii: "<"): out += Array("&lt;".utf8)
            case UInt8(ascii: ">"): out += Array("&gt;".utf8)
            case UInt8(ascii: "\""): out += Array("&quot;".utf8)
            case UInt8(ascii: "'"): out += Array("&#39;".utf8)
            case UInt8(ascii: "\n"): out += Array("<br/>".utf8)
            default: out.append(byte)
            }
        }
        return out + Array("</p>".utf8)
    }

    /// Lines of 40 bytes; a word on the edge is broken by a hyphen.
    private static func wrapped(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var column = 0
        for (place, byte) in text.enumerated() {
            let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
            if column >= 40, isLetter, place > 0 {
                out += out.last == 0x20 ? [0x0A] : [0x2D, 0x0A]
                column = 0
            }
            out.append(byte)
            column = byte == 0x0A ? 0 : column + 1
        }
        return out
    }

    private static func swapped(_ text: [UInt8], _ random: inout EditRandom) -> [ArraySlice<UInt8>] {
        var words = words(text)
        var at = 0
        while at + 1 < words.count {
            if random.below(20) == 0 {
                words.swapAt(at, at + 1)
                at += 1
            }
            at += 1
        }
        return words
    }

    private static func dropped(_ text: [UInt8], one rate: Int, _ random: inout EditRandom) -> [UInt8] {
        joined(words(text).filter { _ in random.below(rate) != 0 }[...])
    }

    /// Letters replaced, dropped, doubled or swapped with the next.
    private static func mistyped(_ text: [UInt8], percent: Int, _ random: inout EditRandom) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        while at < text.count {
            let byte = text[at]
            let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
            guard isLetter, random.below(100) < percent else {
                out.append(byte)
                at += 1
                continue
            }
            switch random.below(4) {
            case 0: out.append(0x61 + UInt8(random.below(26)))
            case 1: break
            case 2: out += [byte, byte]
            default:
                if at + 1 < text.count {
                    out.append(text[at + 1])
                    at += 1
                }
                out.append(byte)
            }
            at += 1
        }
        return out
    }
}
