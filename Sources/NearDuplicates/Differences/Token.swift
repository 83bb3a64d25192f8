/// One unit of the word diff: a word, a number, a code, or one sign.
struct Token {
    /// Byte offsets into the `RowText`.
    var start: UInt32
    var end: UInt32
    var kind: TokenKind
    var flags: TokenFlags
    /// Hash of the folded token: case, width and canonical variants of a sign share it.
    var key: UInt64

    @inline(__always) var range: Range<Int> { Int(start)..<Int(end) }
    @inline(__always) var count: Int { Int(end &- start) }
}

enum TokenKind: UInt8 {
    /// Letters and marks with inner apostrophes and underscores.
    case word
    /// One character of a script that writes no spaces (Han, kana, Thai, Khmer, Lao, Burmese).
    case ideograph
    case number
    /// An order, ticket or tracking code, a date, a time, a phone number, an e-mail or web address.
    case identifier
    /// An operator sign or sequence; whether it works as one depends on what stands beside it.
    case symbol
    case opening, closing, quote
    case currency
    case punctuation
    /// A known HTML tag.
    case markup
    /// Emoji and other pictures.
    case pictograph
    /// The border of two turns.
    case separator
}

struct TokenFlags: OptionSet {
    let rawValue: UInt8

    static let spaceBefore = TokenFlags(rawValue: 1)
    static let lineStart = TokenFlags(rawValue: 2)
    static let capitalised = TokenFlags(rawValue: 4)
    /// Of a number: superscript; subscript; circled, Roman or another style.
    static let raised = TokenFlags(rawValue: 8)
    static let lowered = TokenFlags(rawValue: 16)
    static let styled = TokenFlags(rawValue: 32)
    /// Of a word: an underscore or a capital inside, as names in program text have.
    static let codeLike = TokenFlags(rawValue: 64)
    /// Of a character: Hiragana or Katakana.
    static let kana = TokenFlags(rawValue: 128)
}
