import CText

/// The hash that words are compared by: FNV-1a over folded code points, finished with a 64-bit mixer.
///
/// Source: Fowler, Noll and Vo's FNV-1a, 64 bit; here it eats a code point at a time, not a byte.
struct TokenKey {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    @inline(__always)
    mutating func add(_ scalar: UInt32) {
        state = (state ^ UInt64(scalar)) &* 0x100_0000_01b3
    }

    @inline(__always) var finished: UInt64 { ctext_mix64(state) }

    /// The key of a word as the tokeniser would give it.
    static func of(word: String) -> UInt64 {
        var key = TokenKey()
        for scalar in word.unicodeScalars {
            let folded = ScalarClass.folded(scalar)
            if folded != 0 { key.add(folded) }
        }
        return key.finished
    }

    /// The key of an operator, by its canonical ASCII spelling.
    static func of(sign: StaticString) -> UInt64 {
        var key = TokenKey()
        sign.withUTF8Buffer { for byte in $0 { key.add(UInt32(byte)) } }
        return key.finished
    }

    /// Order-dependent combination of two keys.
    @inline(__always)
    static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
        ctext_mix64(first &* 0x9e37_79b9_7f4a_7c15 &+ second)
    }
}
