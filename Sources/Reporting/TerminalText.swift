/// Makes text from data and file names safe to show on a terminal.
package enum TerminalText {
    /// The text with everything that could steer a terminal, or hide from the reader, as a visible escape:
    /// `\xNN` for control characters below U+0080 and for bytes that are no UTF-8, `\u{…}` for C1 controls, bidi
    /// controls, line and paragraph separators, zero-width and other characters that Unicode ignores by default,
    /// private and unassigned ones.
    ///
    /// A line break is escaped too: a caller that wants lines splits first. Variation selectors 15 and 16 stay,
    /// since they choose between text and emoji.
    ///
    /// - Complexity: O(bytes).
    package static func sanitized(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        var text = ""
        text.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if (0x20..<0x7f).contains(bytes[at]) {
                text.unicodeScalars.append(Unicode.Scalar(bytes[at]))
                at += 1
                continue
            }
            if bytes[at] < 0x80 {
                text += hexadecimalEscape(bytes[at])
                at += 1
                continue
            }
            guard let (scalar, length) = decode(bytes[at...]) else {
                text += hexadecimalEscape(bytes[at])
                at += 1
                continue
            }
            if isShown(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
            at += length
        }
        return text
    }

    package static func sanitized(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
        return sanitized(text.utf8)
    }

    private static func hexadecimalEscape(_ byte: UInt8) -> String {
        (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
    }

    /// The first scalar of well-formed UTF-8; `nil` where it begins with an ill-formed sequence.
    private static func decode(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        var iterator = bytes.prefix(4).makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value == 0xfe0e || scalar.value == 0xfe0f { return true }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return false }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return false
        default:
            return true
        }
    }
}
