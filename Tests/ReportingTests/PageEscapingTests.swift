import Testing

@testable import Reporting

@Suite struct PageEscapingTests {
    private let escaping = PageEscaping()

    @Test(arguments: [
        ("plain text, 12 %", "plain text, 12 %"),
        ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
        ("a\" onload=\"b & c", "a&quot; onload=&quot;b &amp; c"),
        // One grapheme with the mark behind it, which escaping by characters would leave alone.
        ("\"\u{301} onload=x", "&quot;\u{301} onload=x"), ("<\u{338}b", "&lt;\u{338}b"),
        ("line\nnext\tcell", "line\nnext\tcell"), ("a\r\nb", "a\\x0d\nb"),
        ("abc\u{202E}txt", "abc\\u{202E}txt"), ("zero\u{200B}width", "zero\\u{200B}width"),
        ("\u{1B}[31mred", "\\x1b[31mred"), ("null\u{0}byte", "null\\x00byte"),
        ("{{{style}}}", "{{{style}}}"), ("日本 und Straße", "日本 und Straße"),
    ])
    func `a datum is inert`(_ text: String, _ escaped: String) {
        #expect(escaping.escapeText(text).unicodeScalars.elementsEqual(escaped.unicodeScalars))
    }

    @Test func `every ASCII character is itself or an escape`() {
        for value in UInt8(0)...127 {
            let scalar = Unicode.Scalar(value)
            let escaped = escaping.escapeText("a" + String(Character(scalar)) + "b")
            #expect(!escaped.dropFirst().dropLast().contains { "<>\"'".contains($0) }, "\(value)")
        }
    }
}
