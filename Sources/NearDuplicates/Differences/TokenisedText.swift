/// The tokens of one side of a comparison with the bytes they lie in.
struct TokenisedText {
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    var tokens: ContiguousArray<Token> = []

    @inline(__always) subscript(index: Int) -> Token { tokens[index] }

    @inline(__always) var count: Int { tokens.count }

    func text(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[tokens[index].range])
    }

    @inline(__always) func firstByte(_ index: Int) -> UInt8 { bytes[Int(tokens[index].start)] }

    /// Whether no byte lies between a token and the one before.
    func touchesPrevious(_ index: Int) -> Bool {
        index > 0 && index < tokens.count && tokens[index - 1].end == tokens[index].start
            && tokens[index].kind != .separator && tokens[index - 1].kind != .separator
    }

    /// The token before on the same line and in the same turn, or `nil`.
    func previous(_ index: Int) -> Int? {
        guard index > 0, !tokens[index].flags.contains(.lineStart), tokens[index - 1].kind != .separator
        else {
            return nil
        }
        return index - 1
    }

    /// The token after on the same line and in the same turn, or `nil`.
    func next(_ index: Int) -> Int? {
        guard index + 1 < tokens.count, !tokens[index + 1].flags.contains(.lineStart),
            tokens[index + 1].kind != .separator
        else { return nil }
        return index + 1
    }

    /// Byte offsets that a range of tokens spans; an empty range stands before its first token.
    func byteRange(_ range: Range<Int>, end: Int) -> Range<Int> {
        guard !range.isEmpty else {
            let at = range.lowerBound < tokens.count ? Int(tokens[range.lowerBound].start) : end
            return at..<at
        }
        let low = tokens[range.lowerBound].range.lowerBound
        return low..<max(low, tokens[range.upperBound - 1].range.upperBound)
    }
}
