/// Whether a sign works as an operator where it stands.
extension TokenisedText {
    enum OperatorStrength: UInt8 {
        /// A bullet, a hyphen, an arrow alone, an exclamation mark: punctuation.
        case none
        /// Perhaps: counts only where the other text has another operator at that place (`flags & mask`).
        case weak
        case strong
    }

    /// The rule, by sign; an operand is a word, number, code, quote or bracket on the same line.
    ///
    /// - `==` `!=` `<=` `>=` `=` `&&` `||` `<<` `+=` and other sequences, and Unicode mathematics: an operand
    ///   beside it.
    /// - `<` `>`: operands on both sides.
    /// - `!`: right before an operand and not right after one, or a factorial (`n! ways`, `5! + 2`).
    /// - `+` `*` `-` `/` `&` `|` `^` `%` `**` `++` `--` `//`: operands on both sides with the same spacing on
    ///   both, of which those that prose uses too (`-` `/` `&` `|`) need numbers, single letters, brackets or
    ///   names of program text beside them, else they are weak (with spaces) or nothing (without: `and/or`,
    ///   `well-known`).
    func operatorStrength(_ index: Int) -> OperatorStrength {
        let left = previous(index)
        let right = next(index)
        let hasLeft = left.map { isOperand($0, isLeft: true) } ?? false
        let hasRight = right.map { isOperand($0, isLeft: false) } ?? false
        let text = text(index)
        let sign = text.first ?? 0
        if text.count > 1, sign < 0x80 { return sequence(text, index, hasLeft, hasRight) }
        switch canonicalSign(index, sign) {
        case 0x3C, 0x3E: return hasLeft && hasRight ? .strong : .none
        case 0x3D: return hasLeft || hasRight ? .strong : .none
        case 0x21:
            if isFactorial(index, left, right) { return .strong }
            guard let right, hasRight, touchesPrevious(right),
                tokens[right].kind != .opening || isRound(right)
            else {
                return .none
            }
            return hasLeft && touchesPrevious(index) ? .none : .strong
        case 0x2D: return minus(index, left, right, hasLeft, hasRight)
        case 0x2B, 0x2A, 0x2F, 0x26, 0x7C, 0x5E, 0x25:
            return arithmetic(canonicalSign(index, sign), index, hasLeft, hasRight)
        case 0x7E, 0xB0: return .none
        default: return hasLeft || hasRight ? .strong : .none
        }
    }

    /// The ASCII sign that a symbol stands for; other signs give 1.
    private func canonicalSign(_ index: Int, _ first: UInt8) -> UInt8 {
        if first < 0x80, first != 0x26 || tokens[index].count == 1 { return first }
        return Self.canonicalSigns[tokens[index].key] ?? 1
    }

    private static let canonicalSigns: [UInt64: UInt8] = {
        var signs: [UInt64: UInt8] = [:]
        for sign in Array("<>=!+-*/&|^%~".utf8) {
            var key = TokenKey()
            key.add(UInt32(sign))
            signs[key.finished] = sign
        }
        var degree = TokenKey()
        degree.add(0xB0)
        signs[degree.finished] = 0xB0
        return signs
    }()

    private func sequence(
        _ text: UnsafeRawBufferPointer, _ index: Int, _ hasLeft: Bool, _ hasRight: Bool
    ) -> OperatorStrength {
        guard hasLeft || hasRight else { return .none }
        let second = text[1]
        switch text[0] {
        case 0x26 where text.last == 0x3B:  // an entity: `&lt;`
            return hasLeft && hasRight ? .strong : .none
        case 0x2D where second == 0x3E, 0x3D where second == 0x3E && text.count == 2,
            0x3C where second == 0x2D:
            return .weak
        case 0x2A where second == 0x2A: return hasLeft && hasRight && isBalanced(index) ? .strong : .none
        case 0x2B where second == 0x2B, 0x2D where second == 0x2D, 0x2F where second == 0x2F:
            let isCode =
                hasLeft && touchesPrevious(index) && isStrongOperand(index - 1)
                || hasRight && touchesPrevious(index + 1) && isStrongOperand(index + 1)
            return isCode ? .strong : .weak
        default: return .strong
        }
    }

    private func minus(
        _ index: Int, _ left: Int?, _ right: Int?, _ hasLeft: Bool, _ hasRight: Bool
    ) -> OperatorStrength {
        guard let right, hasRight else { return .none }
        guard let left, hasLeft else {
            // A minus before a name, after `(`, `=` or another operator.
            let isAfterSign = left.map { tokens[$0].kind == .opening || tokens[$0].kind == .symbol } ?? false
            let isUnary = isAfterSign && touchesPrevious(right) && tokens[right].kind != .number
            return isUnary && isStrongOperand(right) ? .strong : .none
        }
        guard isBalanced(index) else {
            // `the sum -x`, and the option `-v` of a command; `good -I think` is a dash.
            guard !touchesPrevious(index), touchesPrevious(right) else { return .none }
            let isName = tokens[right].kind == .word && isStrongOperand(right)
            let isDash = tokens[right].count == 1 && "Iia".utf8.contains(firstByte(right))
            return isName && !isDash || isInfinity(right) ? .strong : .none
        }
        if touchesPrevious(index) { return isStrongOperand(left) && isStrongOperand(right) ? .strong : .none }
        return isStrongOperand(left) || isStrongOperand(right) ? .strong : .weak
    }

    private func arithmetic(
        _ sign: UInt8, _ index: Int, _ hasLeft: Bool, _ hasRight: Bool
    ) -> OperatorStrength {
        guard hasLeft, hasRight, isBalanced(index) else { return .none }
        let both = isStrongOperand(index - 1) && isStrongOperand(index + 1)
        let either = isStrongOperand(index - 1) || isStrongOperand(index + 1)
        let isTight = touchesPrevious(index)
        switch sign {
        case 0x2B: return !isTight || either ? .strong : .weak
        case 0x2A: return !isTight || both ? .strong : .none
        case 0x5E: return either ? .strong : .weak
        case 0x2F: return isTight ? (both ? .strong : .none) : (either ? .strong : .weak)
        case 0x26:
            return isTight ? (both && !isCapital(index - 1) ? .strong : .none) : (both ? .strong : .weak)
        case 0x25: return both && tokens[index + 1].kind != .opening ? .strong : .none
        default: return isTight ? (both ? .strong : .none) : (both ? .strong : .weak)
        }
    }

    /// `n!` within a sentence, `5! +` or `(n - k)! =`: a shout is followed by a new sentence, at most by a small letter
    /// (`thank u! i will`).
    private func isFactorial(_ index: Int, _ left: Int?, _ right: Int?) -> Bool {
        guard let left, let right, touchesPrevious(index) else { return false }
        let isLetter =
            tokens[left].kind == .word && tokens[left].count == 1 && "nmkN".utf8.contains(firstByte(left))
        guard isLetter || tokens[left].kind == .number || firstByte(left) == 0x29 else { return false }
        if tokens[right].kind == .symbol {
            guard let next = next(right), isOperand(next, isLeft: false) else { return false }
            return tokens[right].count == 1 && "+-/=<>^".utf8.contains(firstByte(right)) && isBalanced(right)
        }
        return isLetter && tokens[right].kind == .word && !isCapital(right) && !touchesPrevious(right)
    }

    private func isInfinity(_ index: Int) -> Bool { text(index).elementsEqual("\u{221E}".utf8) }

    private func isCapital(_ index: Int) -> Bool { tokens[index].flags.contains(.capitalised) }

    private func isRound(_ index: Int) -> Bool { firstByte(index) == 0x28 }

    /// Whether the sign has spaces on both sides or on neither.
    private func isBalanced(_ index: Int) -> Bool { touchesPrevious(index) == touchesPrevious(index + 1) }

    private func isOperand(_ index: Int, isLeft: Bool) -> Bool {
        switch tokens[index].kind {
        case .word, .ideograph, .number, .identifier, .quote, .currency: true
        case .opening: !isLeft
        case .closing: isLeft
        case .symbol:
            isInfinity(index)
                || (isLeft ? firstByte(index) == 0x25 : "!-~".utf8.contains(firstByte(index)))
        case .punctuation, .markup, .pictograph, .separator: false
        }
    }

    /// A number, a code, a bracket, a single letter, or a word with an underscore or an inner capital.
    private func isStrongOperand(_ index: Int) -> Bool {
        guard index >= 0, index < tokens.count else { return false }
        switch tokens[index].kind {
        case .number, .identifier, .opening, .closing: return true
        case .word:
            if tokens[index].count <= 1 || tokens[index].flags.contains(.codeLike) { return true }
            // A call or a subscript: `f(x)`, `a[i]`.
            return index + 1 < tokens.count && tokens[index + 1].kind == .opening
                && touchesPrevious(index + 1)
        case .symbol: return isInfinity(index)
        default: return false
        }
    }
}
