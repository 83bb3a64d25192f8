import Testing

@testable import Reporting

struct TerminalTextTests {
    @Test(arguments: [
        ("plain", "plain text", "plain text"),
        ("colour", "\u{1b}[31mred\u{1b}[0m", #"\x1b[31mred\x1b[0m"#),
        ("title", "\u{1b}]0;x\u{7}", #"\x1b]0;x\x07"#),
        ("C1", "\u{9b}31m", #"\u{9B}31m"#),
        ("DEL, NUL, newline", "\u{7f}\0\n\r\t", #"\x7f\x00\x0a\x0d\x09"#),
        ("bidi", "a\u{202e}b\u{2066}c\u{200f}", #"a\u{202E}b\u{2066}c\u{200F}"#),
        ("separators", "\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
        ("zero width", "a\u{200b}b\u{200d}\u{feff}\u{ad}", #"a\u{200B}b\u{200D}\u{FEFF}\u{AD}"#),
        ("tags", "\u{e0041}", #"\u{E0041}"#),
        ("fillers", "\u{3164}\u{115f}", #"\u{3164}\u{115F}"#),
        ("specials", "\u{fff0}\u{fff9}\u{ffff}", #"\u{FFF0}\u{FFF9}\u{FFFF}"#),
        ("private", "\u{e000}", #"\u{E000}"#),
        ("scripts", "Grüße 漢字 नमस्ते", "Grüße 漢字 नमस्ते"),
        ("emoji", "❤️🎉", "❤️🎉"),
        ("replacement", "\u{fffd}", "\u{fffd}"),
        ("HTML", "<b>&\"'", "<b>&\"'"),
    ])
    func `text that could steer a terminal is shown as an escape`(id: String, text: String, expected: String)
    {
        #expect(TerminalText.sanitized(text) == expected)
    }

    @Test func `bytes that are no UTF-8 are shown one by one`() {
        #expect(TerminalText.sanitized([0x61, 0xff, 0xe2, 0x82, 0x62]) == #"a\xff\xe2\x82b"#)
        #expect(TerminalText.sanitized([0xc0, 0x9b]) == #"\xc0\x9b"#)
        #expect(TerminalText.sanitized([0xed, 0xa0, 0x80, 0xf0, 0x9f]) == #"\xed\xa0\x80\xf0\x9f"#)
        #expect(TerminalText.sanitized([0x9b, 0xc2]) == #"\x9b\xc2"#)
    }

    @Test func `no control or format character of any plane comes through`() {
        for value in UInt32(0)..<0x11_0000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
                let shown = TerminalText.sanitized(String(Character(scalar)))
                if shown.unicodeScalars.contains(scalar) { Issue.record("U+\(String(value, radix: 16))") }
            default: break
            }
        }
    }
}
