import CICU
import Testing

@testable import TextForms

struct UnicodeTableTests {
    @Test func `word characters are those of Swift's own Unicode data`() {
        var differing: [UInt32] = []
        for point in UInt32(0)..<0x110000 {
            guard let scalar = Unicode.Scalar(point) else {
                if WordCharacters.shingle.isWord(point) { differing.append(point) }
                continue
            }
            // Code points that both versions of Unicode have had for long.
            guard let age = scalar.properties.age, age.major < 13 else { continue }
            let (letter, mark, number) = Self.kind(scalar.properties.generalCategory)
            let same =
                WordCharacters.shingle.isWord(point) == (letter || number || point == 0x5F)
                && WordCharacters.term.isWord(point) == (letter || mark || number || point == 0x5F)
                && WordCharacters.letters.isWord(point) == letter
            if !same { differing.append(point) }
        }
        // U+19DA was made a number of another kind, U+166D a symbol; categories hardly ever change.
        #expect(differing.count < 10, "\(differing.map { String($0, radix: 16) })")
        #expect(!WordCharacters.shingle.isWord(0x110000) && !WordCharacters.shingle.isWord(.max))
    }

    private static func kind(_ category: Unicode.GeneralCategory) -> (Bool, Bool, Bool) {
        switch category {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            (true, false, false)
        case .nonspacingMark, .spacingMark, .enclosingMark: (false, true, false)
        case .decimalNumber, .letterNumber, .otherNumber: (false, false, true)
        default: (false, false, false)
        }
    }

    @Test(arguments: [
        ("Hello", "Latin"), ("", "none"), ("12 + 3 = \u{1F600}", "none"), ("Привет, world", "Cyrillic"),
        ("Привет, wonderful", "Latin"), ("你好 ok", "Han"), ("ひらがな漢字", "Hiragana"), ("สวัสดี", "Thai"),
        ("नमस्ते", "Devanagari"), ("\u{AA}", "Latin"), ("한국어", "Hangul"), ("\u{30FC}", "none"),
        ("Aб", "Cyrillic"), ("\u{1D400}", "none"),
    ])
    func `the dominant script is that of most letters`(text: String, expected: String) {
        TextMaker.withExactBytes(text) {
            #expect(ScriptTable.shared.dominantScript(of: $0) == expected, "\(text)")
        }
    }

    @Test func `the script of every letter is ICU's`() {
        for range in CodePoints.categoryRanges() where range.isLetter {
            for point in range.points {
                guard let scalar = Unicode.Scalar(UInt32(point)) else { continue }
                let script = cicu_script(Int32(point))
                let code = TextMaker.withExactBytes("1 " + String(scalar) + ".") {
                    ScriptTable.shared.dominantScriptCode(of: $0)
                }
                if Int32(code) != (script > 1 ? script : 0) { Issue.record("\(point): \(code)") }
            }
        }
    }

    @Test func `scripts of random texts equal a plain count`() {
        var random = SplitMix(seed: 21)
        for _ in 0..<2000 {
            let text = TextMaker.text(upTo: 300, using: &random)
            var counts: [Int32: Int] = [:]
            for scalar in text.unicodeScalars where WordCharacters.letters.isWord(scalar.value) {
                counts[cicu_script(Int32(scalar.value)), default: 0] += 1
            }
            let best = counts.filter { $0.key > 1 }.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
            TextMaker.withExactBytes(text) {
                #expect(Int32(ScriptTable.shared.dominantScriptCode(of: $0)) == best?.key ?? 0)
            }
        }
    }

    @Test func `code points are counted`() {
        var random = SplitMix(seed: 22)
        for length in 0..<400 {
            let text = TextMaker.text(upTo: length, using: &random)
            TextMaker.withExactBytes(text) { #expect(CodePoints.count($0) == text.unicodeScalars.count) }
        }
    }

    @Test func `versions have two numbers at least`() {
        #expect(UnicodeVersion.standard.split(separator: ".").count >= 2)
        #expect(UnicodeVersion.library.split(separator: ".").count >= 2)
    }
}
