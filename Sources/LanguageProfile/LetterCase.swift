import CText

/// The case of a token's letters.
enum LetterCase: UInt8 {
    case lower
    /// All capital, of two letters or more.
    case upper
    /// A first capital inside a sentence.
    case capitalised
    /// A first capital where a sentence may begin.
    case initial

    /// `nil` for a mixture of cases, as identifiers have.
    @inline(__always)
    init?(flags: UInt32) {
        if flags & UInt32(CTEXT_LEXICAL_LATER_UPPER) != 0 {
            guard flags & UInt32(CTEXT_LEXICAL_LOWER) == 0,
                flags & UInt32(CTEXT_LEXICAL_FIRST_UPPER) != 0
            else { return nil }
            self = .upper
        } else if flags & UInt32(CTEXT_LEXICAL_FIRST_UPPER) == 0 {
            self = .lower
        } else if flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0 {
            self = .initial
        } else {
            self = .capitalised
        }
    }
}
