/// One decoded scalar of UTF-8 (Unicode 15, table 3-7), or an ill-formed sequence.
struct UTF8Scalar {
    /// The scalar; U+FFFD for an ill-formed sequence.
    let value: UInt32
    /// Bytes taken: of an ill-formed sequence its maximal subpart, at least one.
    let length: Int
    let isValid: Bool

    /// - Precondition: `at < input.count`.
    @inline(__always)
    init(in input: UnsafeRawBufferPointer, at: Int) {
        let lead = input[at]
        if lead < 0x80 {
            (value, length, isValid) = (UInt32(lead), 1, true)
            return
        }
        var (needed, low, high): (Int, UInt8, UInt8) = (0, 0x80, 0xbf)
        switch lead {
        case 0xc2...0xdf: needed = 1
        case 0xe0: (needed, low) = (2, 0xa0)
        case 0xed: (needed, high) = (2, 0x9f)
        case 0xe1...0xef: needed = 2
        case 0xf0: (needed, low) = (3, 0x90)
        case 0xf1...0xf3: needed = 3
        case 0xf4: (needed, high) = (3, 0x8f)
        default: break
        }
        var scalar = UInt32(lead) & (0x3f &>> UInt32(needed))
        var taken = 1
        while taken <= needed, at + taken < input.count {
            let byte = input[at + taken]
            guard byte >= low, byte <= high else { break }
            scalar = scalar &<< 6 | UInt32(byte & 0x3f)
            (low, high) = (0x80, 0xbf)
            taken += 1
        }
        let whole = needed > 0 && taken == needed + 1
        (value, length, isValid) = (whole ? scalar : 0xfffd, taken, whole)
    }
}
