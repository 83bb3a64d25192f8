import Foundation
import TestSupport
import Testing

@testable import TextForms

struct TextNormalizerTests {
    let normalizer: TextNormalizer
    let oracle: NormalFormOracle
    let output = ByteBuffer()

    init() throws {
        normalizer = try TextNormalizer()
        oracle = try NormalFormOracle()
    }

    /// The fast path's form; the text lies in memory of exactly its size, so that a sanitizer sees reads past it.
    func form(_ text: [UInt8]) -> [UInt8] {
        let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
        defer { exact.deallocate() }
        exact.copyBytes(from: text)
        output.removeAll()
        normalizer.appendNormalForm(of: UnsafeRawBufferPointer(exact), to: output)
        return Array(output.bytes)
    }

    func form(_ text: String) -> String { String(decoding: form(Array(text.utf8)), as: UTF8.self) }

    static func utf8(_ points: [UInt32]) -> [UInt8] {
        points.flatMap { point in
            Array(String(String.UnicodeScalarView([Unicode.Scalar(point) ?? "\u{FFFD}"])).utf8)
        }
    }

    func expectEqual(_ text: [UInt8], _ note: @autoclosure () -> String) {
        let actual = form(text)
        let expected = oracle.normalForm(of: text)
        if actual != expected {
            Issue.record("\(note()): \(text) gives \(actual), ICU \(expected)")
        }
    }

    @Test(arguments: [
        ("case", "Hello WORLD", "hello world"),
        ("runs", "  a \t\n b\u{0B}\u{0C}\r c  ", "a b c"),
        ("only white space", " \u{A0}\u{3000}\n", ""),
        ("empty", "", ""),
        ("curly quotes", "Don\u{2019}t \u{201C}X\u{201D}", "don\u{2019}t \u{201C}x\u{201D}"),
        ("no-break space", "a\u{A0}\u{A0}b", "a b"),
        ("ellipsis", "wait\u{2026}", "wait..."),
        ("sharp s", "Stra\u{DF}e \u{1E9E}", "strasse ss"),
        ("decomposed", "Cafe\u{301} E\u{301}", "caf\u{E9} \u{E9}"),
        ("fullwidth", "\u{FF21}\u{FF22}\u{3000}\u{FF11}", "ab 1"),
        (
            "ligature with spaces", "x\u{FDFA}",
            "x\u{635}\u{644}\u{649} \u{627}\u{644}\u{644}\u{647} \u{639}\u{644}\u{64A}\u{647} \u{648}\u{633}\u{644}\u{645}"
        ),
        ("zero width stays", "a\u{200B}b\u{200D}c\u{FEFF}", "a\u{200B}b\u{200D}c\u{FEFF}"),
        ("next line", "a\u{85}b\u{2028}c\u{2029}d\u{1680}e", "a b c d e"),
        ("dotted I", "\u{130}I\u{131}", "i\u{307}i\u{131}"),
        ("diaeresis", "a \u{A8}b", "a \u{308}b"),
        ("superscript", "10\u{B2}", "102"),
        ("final sigma", "\u{3A3}\u{3C2}", "\u{3C3}\u{3C3}"),
    ])
    func `examples`(id: String, text: String, expected: String) {
        #expect(form(text) == expected, "\(id)")
    }

    @Test func `appends and keeps what stands before, even a space`() {
        output.removeAll()
        Array("Kept ".utf8).withUnsafeBytes { output.append($0) }
        Array(" A  b ".utf8).withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: output) }
        Array("\u{301}c".utf8).withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: output) }
        #expect(String(decoding: output.bytes, as: UTF8.self) == "Kept a b\u{301}c")
    }

    @Test func `every code point alone, between letters, around marks`() {
        for point in UInt32(0)..<0x110000 where Unicode.Scalar(point) != nil {
            // All that have a name; of the rest every 97th.
            let category = Unicode.Scalar(point)?.properties.generalCategory
            if category == .unassigned || category == .privateUse, point % 97 != 0 { continue }
            let c = Self.utf8([point])
            #expect(form(c).count <= 11 * c.count)
            let text =
                c + [0x0A] + [0x41] + c + [0x42, 0x20] + c + [0x20, 0x65] + Self.utf8([0x301]) + c
                + Self.utf8([0x301, 0x323]) + [0x58] + Self.utf8([0x3099]) + c + Self.utf8([0x1100]) + c
                + Self.utf8([0x1161]) + c + Self.utf8([0xA0]) + c + c + [0x09] + c
            expectEqual(text, "U+\(String(point, radix: 16))")
        }
    }

    @Test func `all short texts over a small alphabet`() {
        let alphabet: [[UInt8]] = [
            [0x41], [0x7A], [0x20], [0x0A], Self.utf8([0xA0]), Self.utf8([0x301]), Self.utf8([0x323]),
            Self.utf8([0xE9]), Self.utf8([0x2019]), Self.utf8([0xA8]), Self.utf8([0x4E00]),
            Self.utf8([0x3099]),
            Self.utf8([0x304B]), Self.utf8([0x1100]), Self.utf8([0x1161]), Self.utf8([0x1F600]), [0xFF],
            [0xE2, 0x80],
        ]
        for length in 0...4 {
            var digits = [Int](repeating: 0, count: length)
            while true {
                expectEqual(digits.flatMap { alphabet[$0] }, "\(digits)")
                guard let at = digits.firstIndex(where: { $0 + 1 < alphabet.count }) else { break }
                digits[at] += 1
                for lower in 0..<at { digits[lower] = 0 }
            }
        }
    }

    @Test func `ASCII texts with white space at every place of a block`() {
        for length in 0..<200 {
            for place in [0, 1, 31, 62, 63, 64, 65, 127, 128, length - 2, length - 1]
            where place >= 0 && place < length {
                for run in 1...3 {
                    var text = (0..<length).map { UInt8(0x41 + $0 % 58) }
                    for at in place..<min(place + run, length) { text[at] = at % 2 == 0 ? 0x20 : 0x0A }
                    expectEqual(text, "length \(length), place \(place), run \(run)")
                }
            }
        }
    }

    @Test func `random texts of every kind equal ICU`() {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("seed \(seed)")
        var random = SplitMix(seed: seed)
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x7E, 0x09...0x20, 0xA0...0x17F, 0x300...0x36F, 0x370...0x5FF, 0x600...0x6FF,
            0x900...0x97F, 0xE00...0xE7F, 0x1100...0x11FF, 0x1E00...0x1FFF, 0x2000...0x206F, 0x2100...0x218F,
            0x3000...0x30FF, 0x4E00...0x4EFF, 0xAC00...0xACFF, 0xF900...0xFAFF, 0xFB50...0xFEFF,
            0xFF00...0xFFEF,
            0x1D15E...0x1D1FF, 0x1F300...0x1F6FF, 0x11000...0x110FF,
        ]
        for round in 0..<20_000 {
            let kinds = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                ranges[Int.random(in: 0..<ranges.count, using: &random)]
            }
            let points = (0..<Int.random(in: 0...150, using: &random)).map { _ in
                UInt32.random(in: kinds[Int.random(in: 0..<kinds.count, using: &random)], using: &random)
            }
            expectEqual(Self.utf8(points), "seed \(seed), round \(round)")
        }
    }

    @Test func `random bytes, mostly ill-formed, equal ICU`() {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("seed \(seed)")
        var random = SplitMix(seed: seed)
        let bytes: [UInt8] = [
            0x20, 0x41, 0x7F, 0x80, 0x81, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xC3, 0xCC, 0xDF, 0xE0, 0xE2, 0xED,
            0xEF,
            0xF0, 0xF4, 0xF5, 0xFF,
        ]
        for round in 0..<30_000 {
            let text = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                bytes[Int.random(in: 0..<bytes.count, using: &random)]
            }
            expectEqual(text, "seed \(seed), round \(round)")
        }
    }

    @Test func `a segment of very many marks takes linear time and loses none`() {
        let marks = 400_000
        let text: [UInt8] = [0x61] + (0..<marks).flatMap { Self.utf8([$0 % 2 == 0 ? 0x316 : 0x301]) }
        let clock = ContinuousClock()
        var result: [UInt8] = []
        let time = clock.measure { result = form(text) }
        // The first acute joins the letter, in two bytes of one code point.
        #expect(result.filter { $0 & 0xC0 != 0x80 }.count == marks)
        #expect(time < .seconds(60))
    }

    @Test func `a text that grows most`() {
        let text = Self.utf8([UInt32](repeating: 0xFDFA, count: 5000))
        expectEqual(text, "U+FDFA")
        let longest = Self.utf8([UInt32](repeating: 0x390, count: 5000))
        expectEqual(longest, "U+0390")
    }

    @Test func `the Unicode consortium's normalisation tests equal ICU`() throws {
        guard let folder = Fixture.optionalFolder("hostile/unicode") else { return }
        let file = try String(contentsOf: folder.appending(path: "NormalizationTest.txt"), encoding: .utf8)
        var lines = 0
        for line in file.split(separator: "\n") where line.first?.isHexDigit == true {
            for column in line.split(separator: ";").prefix(5) {
                expectEqual(
                    Self.utf8(column.split(separator: " ").compactMap { UInt32($0, radix: 16) }), "\(line)")
            }
            lines += 1
        }
        #expect(lines > 15_000)
    }
}
