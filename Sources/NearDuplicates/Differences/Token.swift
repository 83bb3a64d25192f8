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
