/// Tokens that begin with a non-ASCII code point.
extension Tokeniser {
    mutating func wide(_ tokens: inout ContiguousArray<Token>) {
        let start = position
        let (scalar, length) = decode(position)
        let (kind, folded) = table.lookUp(scalar)
        switch kind {
        case .letter, .upper, .mark:
            longWord(
                from: start, at: start, TokenKey(), kind == .upper ? .capitalised : [], joinsDigits: false,
                &tokens)
        case .ideograph: single(.ideograph, length, folded, [], &tokens)
        case .kana: single(.ideograph, length, folded, .kana, &tokens)
        case .digit: number(&tokens)
        case .raised: styledRun(.raised, &tokens)
        case .lowered: styledRun(.lowered, &tokens)
        case .styledNumber: single(.number, length, folded, .styled, &tokens)
        case .space:
            position &+= length
            pending.insert(scalar == 0x2028 || scalar == 0x2029 ? [.spaceBefore, .lineStart] : .spaceBefore)
        case .ignored: position &+= length
        case .symbol, .arrow: symbol(start, length, folded, &tokens)
        case .currency: single(.currency, length, folded, [], &tokens)
        case .opening: single(.opening, length, folded, [], &tokens)
        case .closing: single(.closing, length, folded, [], &tokens)
        case .quote: single(.quote, length, folded, [], &tokens)
        case .punctuation: single(.punctuation, length, folded, [], &tokens)
        case .pictograph, .unknown: single(.pictograph, length, folded, [], &tokens)
        }
    }

    private mutating func single(
        _ kind: TokenKind, _ length: Int, _ folded: UInt32, _ flags: TokenFlags,
        _ tokens: inout ContiguousArray<Token>
    ) {
        let start = position
        var key = TokenKey()
        key.add(folded)
        position &+= length
        emit(kind, from: start, key: key.finished, flags: flags, &tokens)
    }

    private mutating func symbol(
        _ start: Int, _ length: Int, _ folded: UInt32, _ tokens: inout ContiguousArray<Token>
    ) {
        var key = TokenKey()
        if folded & 0x100_0000 != 0 {
            key.add(folded >> 8 & 0xFF)
            key.add(folded & 0xFF)
        } else {
            key.add(folded)
        }
        position &+= length
        if isStruck(position) {
            key.add(0x338)
            position &+= 2
        }
        emit(.symbol, from: start, key: key.finished, &tokens)
    }

    /// A run of super- or subscript digits is one number, and never equals the same digits on the line.
    private mutating func styledRun(_ style: TokenFlags, _ tokens: inout ContiguousArray<Token>) {
        let start = position
        var key = TokenKey()
        key.add(style == .raised ? 0x2191 : 0x2193)
        while position < end {
            let (scalar, length) = decode(position)
            let (kind, folded) = table.lookUp(scalar)
            guard kind == (style == .raised ? .raised : .lowered) else { break }
            key.add(folded)
            position &+= length
        }
        emit(.number, from: start, key: key.finished, flags: style, &tokens)
    }
}
