/// What a code point is to the tokeniser.
enum ScalarClass: UInt8 {
    case unknown, letter, upper, mark, ideograph, kana, digit, raised, lowered, styledNumber, space
    /// Format characters (zero-width, bidi, soft hyphen): no part of any key.
    case ignored
    case punctuation, opening, closing, quote, symbol, arrow, currency, pictograph

    /// Class and folded code point of a non-ASCII scalar, by the Unicode tables of the standard library.
    static func classified(_ scalar: Unicode.Scalar) -> (ScalarClass, UInt32) {
        let value = scalar.value
        if let sign = signs[value] { return sign }
        if value >= 0xFF01 && value <= 0xFF5E { return fullWidth(value &- 0xFEE0) }
        if isUnspaced(value) {
            let isMark = scalar.properties.generalCategory == .nonspacingMark
            return (isMark ? .mark : .ideograph, value)
        }
        if value >= 0x3041 && value <= 0x309F { return (.kana, value) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: return (.upper, folded(scalar))
        case .lowercaseLetter, .modifierLetter, .otherLetter: return (.letter, folded(scalar))
        case .nonspacingMark, .spacingMark, .enclosingMark:
            return (isVariationSelector(value) ? .ignored : .mark, value)
        case .decimalNumber: return (.digit, 0x30 &+ UInt32(scalar.properties.numericValue ?? 0))
        case .letterNumber, .otherNumber: return styled(scalar)
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: return (.space, 0x20)
        case .format, .control, .surrogate, .unassigned, .privateUse: return (.ignored, 0)
        case .openPunctuation: return (.opening, value)
        case .closePunctuation: return (.closing, value)
        case .initialPunctuation, .finalPunctuation: return (.quote, 0x22)
        case .dashPunctuation: return (.symbol, 0x2D)
        case .connectorPunctuation, .otherPunctuation: return (.punctuation, value)
        case .mathSymbol: return ((0x2190...0x21FF).contains(value) ? .arrow : .symbol, value)
        case .currencySymbol: return (.currency, value)
        case .modifierSymbol, .otherSymbol:
            return ((0x1F3FB...0x1F3FF).contains(value) ? .ignored : .pictograph, value)
        @unknown default: return (.pictograph, value)
        }
    }

    /// Simple case folding and width: lower case, full-width forms as ASCII; 0 for what has no part in a key.
    static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
        let value = scalar.value
        if value < 0x80 { return value >= 0x41 && value <= 0x5A ? value | 0x20 : value }
        if value == 0x2019 || value == 0x02BC { return 0x27 }
        // Vowel marks of Arabic and Hebrew, and the stretch of Arabic letters, are written or not.
        if (0x64B...0x65F).contains(value) || value == 0x670 || value == 0x640
            || (0x591...0x5BD).contains(value)
        {
            return 0
        }
        let category = scalar.properties.generalCategory
        if category == .format { return 0 }
        guard category == .uppercaseLetter || category == .titlecaseLetter else { return value }
        return scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
    }

    private static func isVariationSelector(_ value: UInt32) -> Bool {
        (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
    }

    private static func isUnspaced(_ value: UInt32) -> Bool {
        (0x3400...0x9FFF).contains(value) || (0x20000...0x3FFFF).contains(value)
            || (0xF900...0xFAFF).contains(value) || (0x0E00...0x0EFF).contains(value)
            || (0x1000...0x109F).contains(value) || (0x1780...0x17DD).contains(value)
            || value == 0x3005 || value == 0x3007
    }

    private static func styled(_ scalar: Unicode.Scalar) -> (ScalarClass, UInt32) {
        switch scalar.value {
        case 0x2070...0x2079: (.raised, scalar.value &- 0x2070 &+ 0x30)
        case 0xB2, 0xB3: (.raised, scalar.value &- 0xB0 &+ 0x30)
        case 0xB9: (.raised, 0x31)
        case 0x2080...0x2089: (.lowered, scalar.value &- 0x2080 &+ 0x30)
        default: (.styledNumber, scalar.value)
        }
    }

    private static func fullWidth(_ ascii: UInt32) -> (ScalarClass, UInt32) {
        switch ascii {
        case 0x30...0x39: (.digit, ascii)
        case 0x41...0x5A: (.upper, ascii | 0x20)
        case 0x61...0x7A, 0x5F: (.letter, ascii)
        case 0x3C, 0x3D, 0x3E, 0x2B, 0x2D, 0x2A, 0x2F, 0x26, 0x7C, 0x5E, 0x25: (.symbol, ascii)
        case 0x24: (.currency, ascii)
        case 0x28, 0x5B, 0x7B: (.opening, ascii)
        case 0x29, 0x5D, 0x7D: (.closing, ascii)
        case 0x22, 0x27: (.quote, 0x22)
        default: (.punctuation, ascii)
        }
    }

    /// Signs whose class or canonical form the Unicode category does not give. A value above 0x7F that stands
    /// for two ASCII characters holds them as `first << 8 | second`, marked by bit 24.
    private static let signs: [UInt32: (ScalarClass, UInt32)] = [
        0xA0: (.space, 0x20), 0x85: (.space, 0x20), 0xB0: (.symbol, 0xB0), 0xBA: (.symbol, 0xB0),
        0xAA: (.letter, 0x61), 0xB5: (.letter, 0x3BC), 0xB4: (.quote, 0x22), 0x2018: (.quote, 0x22),
        0x2019: (.quote, 0x22), 0x201A: (.quote, 0x22), 0x201C: (.quote, 0x22), 0x201D: (.quote, 0x22),
        0x201E: (.quote, 0x22), 0x2032: (.quote, 0x22), 0x2033: (.quote, 0x22),
        0x300C: (.quote, 0x22), 0x300D: (.quote, 0x22), 0x2044: (.symbol, 0x2F), 0x2215: (.symbol, 0x2F),
        0x2212: (.symbol, 0x2D), 0xD7: (.symbol, 0x2A), 0x22C5: (.symbol, 0x2A), 0x2217: (.symbol, 0x2A),
        0xF7: (.symbol, 0x2F), 0x2264: (.symbol, pair(0x3C, 0x3D)), 0x2265: (.symbol, pair(0x3E, 0x3D)),
        0x2260: (.symbol, pair(0x21, 0x3D)), 0xAC: (.symbol, 0x21), 0x2227: (.symbol, pair(0x26, 0x26)),
        0x2228: (.symbol, pair(0x7C, 0x7C)), 0x2192: (.arrow, pair(0x2D, 0x3E)),
        0x21D2: (.arrow, pair(0x3D, 0x3E)), 0x2190: (.arrow, pair(0x3C, 0x2D)),
        0x2030: (.symbol, 0x2030), 0x207A: (.raised, 0x2B), 0x207B: (.raised, 0x2D),
        0x208A: (.lowered, 0x2B), 0x208B: (.lowered, 0x2D), 0x207F: (.raised, 0x6E),
        0xA9: (.punctuation, 0xA9), 0xAE: (.punctuation, 0xAE), 0x2122: (.punctuation, 0x2122),
        0x2022: (.punctuation, 0x2022), 0x30FC: (.kana, 0x30FC), 0x3000: (.space, 0x20),
        0x2028: (.space, 0x20), 0x2029: (.space, 0x20),
    ]

    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt32 { 1 << 24 | first << 8 | second }
}
