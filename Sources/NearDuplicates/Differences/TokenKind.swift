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
