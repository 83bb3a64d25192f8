/// The shape of a word, as a stand-in for the word itself.
enum WordCase: UInt64 {
    case lower = 1
    case capitalised, upper, digits, mixed

    /// - Precondition: the word is not empty.
    init(_ word: UnsafeRawBufferPointer) {
        var lower = 0
        var upper = 0
        var digits = 0
        for byte in word {
            switch byte {
            case 0x61...0x7A, 0x80...0xFF: lower += 1
            case 0x41...0x5A: upper += 1
            case 0x30...0x39: digits += 1
            default: break
            }
        }
        if digits > 0 {
            self = lower + upper == 0 ? .digits : .mixed
        } else if upper == 0 {
            self = .lower
        } else if lower == 0 {
            self = upper == 1 ? .capitalised : .upper
        } else {
            self = upper == 1 && (0x41...0x5A).contains(word[0]) ? .capitalised : .mixed
        }
    }
}
