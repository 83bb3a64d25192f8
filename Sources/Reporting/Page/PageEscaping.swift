import Mustache

/// The one place where a datum becomes part of the page.
///
/// What could hide from a reader or change the order of the text is shown as an escape, as on a terminal; then the
/// characters with a meaning in HTML are replaced, scalar by scalar: a combining mark behind a quotation mark must not
/// keep it from being replaced. Line breaks and tabs stay.
struct PageEscaping: MustacheContentType {
    /// The name by which templates ask for it.
    static let name = "PAGE"

    func escapeText(_ text: String) -> String {
        if text.utf8.allSatisfy(Self.isPlain) { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 32)
        var line: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0x0A || byte == 0x09 {
                Self.append(line, to: &escaped)
                line.removeAll(keepingCapacity: true)
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                line.append(byte)
            }
        }
        Self.append(line, to: &escaped)
        return escaped
    }

    private static func append(_ bytes: [UInt8], to escaped: inout String) {
        for scalar in TerminalText.sanitized(bytes).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    /// Printable ASCII without a meaning in HTML.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20...0x7E: byte != 0x22 && byte != 0x26 && byte != 0x27 && byte != 0x3C && byte != 0x3E
        case 0x0A, 0x09: true
        default: false
        }
    }
}
