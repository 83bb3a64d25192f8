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
