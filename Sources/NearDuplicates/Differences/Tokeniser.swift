/// Cuts original text into the tokens that a word diff compares.
///
/// Words are letters and marks with inner apostrophes and underscores; numbers keep separators and decimals;
/// codes, dates, times and addresses are one token each; every other sign stands alone or as one operator.
/// White space and format characters are no tokens: they only set flags. Any bytes are accepted; invalid
/// UTF-8 never traps.
///
/// Complexity: O(bytes).
struct Tokeniser {
    var table = ScalarTable()
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    var position = 0
    var end = 0
    /// Flags that the next token takes over.
    var pending: TokenFlags = []
    /// Offset of the `>` that closes a `<` already taken for a bracket.
    var bracketClose = -1

    /// Appends the tokens of one run of text.
    ///
    /// - Parameters:
    ///   - text: the row's bytes; token offsets count from its start.
    ///   - range: the run; cut at code point borders.
    ///   - tokens: where the tokens go.
    mutating func tokenise(
        _ text: UnsafeRawBufferPointer, _ range: Range<Int>, into tokens: inout ContiguousArray<Token>
    ) {
        bytes = text
        position = range.lowerBound
        end = range.upperBound
        pending = .lineStart
        bracketClose = -1
        while position < end {
            let byte = bytes[position]
            switch byte {
            case 0x0A, 0x0D:
                pending.insert([.lineStart, .spaceBefore])
                position &+= 1
            case 0x00...0x20, 0x7F:
                pending.insert(.spaceBefore)
                position &+= 1
            case 0x41...0x5A, 0x61...0x7A, 0x5F: word(&tokens)
            case 0x30...0x39: number(&tokens)
            case 0x80...0xFF: wide(&tokens)
            default: sign(byte, &tokens)
            }
        }
    }

    /// The byte at an offset, or 0 past the end.
    @inline(__always) func at(_ offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

    @inline(__always)
    mutating func emit(
        _ kind: TokenKind, from start: Int, key: UInt64, flags: TokenFlags = [],
        _ tokens: inout ContiguousArray<Token>
    ) {
        tokens.append(
            Token(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position),
                kind: kind,
                flags: flags.union(pending), key: key))
        pending = []
    }

    /// Emits the bytes up to `stop` with the hash of their ASCII-folded form.
    mutating func emitFolded(
        _ kind: TokenKind, to stop: Int, flags: TokenFlags = [], _ tokens: inout ContiguousArray<Token>
    ) {
        let start = position
        var key = TokenKey()
        for offset in start..<stop { key.add(UInt32(ascii: bytes[offset])) }
        position = stop
        emit(kind, from: start, key: key.finished, flags: flags, &tokens)
    }

    /// A word that begins with an ASCII letter or underscore.
    @inline(__always)
    private mutating func word(_ tokens: inout ContiguousArray<Token>) {
        let start = position
        var offset = start
        var key = TokenKey()
        var hasUnderscore = false
        var innerUpper = false
        while offset < end {
            let byte = bytes[offset]
            let folded = byte | 0x20
            if folded >= 0x61 && folded <= 0x7A {
                if byte < 0x60 && offset > start && bytes[offset &- 1] > 0x60 { innerUpper = true }
                key.add(UInt32(folded))
            } else if byte == 0x5F {
                hasUnderscore = true
                key.add(0x5F)
            } else {
                break
            }
            offset &+= 1
        }
        let next = at(offset)
        var flags: TokenFlags = bytes[start] >= 0x41 && bytes[start] <= 0x5A ? .capitalised : []
        if hasUnderscore || innerUpper { flags.insert(.codeLike) }
        if next <= 0x20 || next == 0x2C {
            position = offset
            emit(.word, from: start, key: key.finished, flags: flags, &tokens)
            return
        }
        if next == 0x2F, isSlashWord(start, offset) {
            emitFolded(.word, to: start &+ 3, flags: flags, &tokens)
            return
        }
        if let stop = addressOrCode(from: start, letters: offset) {
            emitFolded(.identifier, to: stop, &tokens)
            return
        }
        longWord(from: start, at: offset, key, flags, joinsDigits: hasUnderscore, &tokens)
    }

    /// The rest of a word: inner apostrophes, non-ASCII letters, digits after an underscore.
    mutating func longWord(
        from start: Int, at first: Int, _ begun: TokenKey, _ flags: TokenFlags, joinsDigits: Bool,
        _ tokens: inout ContiguousArray<Token>
    ) {
        var offset = first
        var key = begun
        scan: while offset < end {
            let byte = bytes[offset]
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, 0x5F: key.add(UInt32(ascii: byte))
            case 0x30...0x39:
                guard joinsDigits else { break scan }
                key.add(UInt32(byte))
            case 0x27:
                guard isLetter(at: offset &+ 1) else { break scan }
                key.add(0x27)
            case 0x80...0xFF:
                let (scalar, length) = decode(offset)
                let (kind, folded) = table.lookUp(scalar)
                switch kind {
                case .letter, .upper, .mark: key.add(folded)
                case .kana where scalar == 0x30FC: key.add(folded)
                case .ignored: break
                case .quote where scalar == 0x2019 && isLetter(at: offset &+ length): key.add(0x27)
                default: break scan
                }
                offset &+= length
                continue
            default: break scan
            }
            offset &+= 1
        }
        position = offset
        emit(.word, from: start, key: key.finished, flags: flags, &tokens)
    }

    @inline(__always)
    mutating func isLetter(at offset: Int) -> Bool {
        let byte = at(offset)
        if byte < 0x80 { return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
        switch table.lookUp(decode(offset).scalar).kind {
        case .letter, .upper: return true
        default: return false
        }
    }

    /// The code point at an offset. Bytes that are no UTF-8 give U+FFFD and a length of 1.
    @inline(__always)
    func decode(_ offset: Int) -> (scalar: UInt32, length: Int) { Self.decode(bytes, offset, end) }

    @inline(__always)
    static func decode(
        _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ end: Int
    ) -> (scalar: UInt32, length: Int) {
        let lead = bytes[offset]
        let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
        guard lead >= 0x80 else { return (UInt32(lead), 1) }
        guard count > 1, lead < 0xF5, offset &+ count <= end else { return (0xFFFD, 1) }
        var scalar = UInt32(lead) & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
        for step in 1..<count {
            let byte = bytes[offset &+ step]
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        return scalar > 0x10FFFF ? (0xFFFD, 1) : (scalar, count)
    }
}

extension UInt32 {
    /// An ASCII byte in lower case.
    @inline(__always)
    init(ascii byte: UInt8) { self = UInt32(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
}
