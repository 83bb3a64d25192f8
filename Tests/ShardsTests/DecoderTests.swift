import Corpus
import Testing

@testable import Shards

/// What the decoder takes for a row's value, and why it refuses.
struct DecoderTests {
    /// The code of a refusal; `nil` for a value.
    private func code(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) -> QuarantineCode? {
        let decoder = RowDecoder(limits: limits)
        return (bytes + [UInt8](repeating: 0x5D, count: 64)).withUnsafeBytes { padded in
            switch decoder.decode(UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])) {
            case .value: nil
            case .rejected(let code, _): code
            }
        }
    }

    private func code(_ text: String) -> QuarantineCode? { code(Array(text.utf8)) }

    @Test(arguments: [
        "{}", "[]", "1", "\"a\"", "null", "true", " {\"a\" : 1 } ", "\"\u{1F600}\"", "\"\\u0000\"",
    ])
    func `any JSON value is a row`(text: String) { #expect(code(text) == nil) }

    @Test(arguments: [
        "{", "}", "{\"a\"}", "[1,]", "{\"a\":1,}", "NaN", "Infinity", "01", "+1", ".5", "5.", "0x1F", "'a'",
        "tru",
        "1 2", "{} {}", "\"a", "\"\\x\"", "{1:2}", "[1 2]", "\u{FEFF}{}", "1e", "-", "",
        "{\"a\":123456789012345678901,}",
        "{123456789012345678901:1}", "[123456789012345678901 1]", "1e400x", "[00000000000000000000001]",
        "-1e400.5",
        "[123456789012345678901.]", "\"a\"1e400",
    ])
    func `anything else is invalid JSON`(text: String) { #expect(code(text) == .invalidJSON) }

    @Test(arguments: [
        "18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809",
        "1e400",
        "-1E+400", "1e-400", "123456789012345678901234567890.5e300", "0.1e1", "-0",
        "1" + String(repeating: "0", count: 400), "0." + String(repeating: "0", count: 400) + "1",
        "{\"a\\\"\":[1e999,\"1e999\",{\"b\":-99999999999999999999}]}",
    ])
    func `a number of the grammar is accepted whatever its size`(text: String) { #expect(code(text) == nil) }

    @Test func `a number beyond 64 bits keeps its digits as text`() throws {
        let row = Array("{\"id\":18446744073709551616,\"n\":5,\"m\":1e400}".utf8)
        let decoder = RowDecoder()
        let texts = (row + [UInt8](repeating: 0, count: 64)).withUnsafeBytes { padded -> [String] in
            guard
                case .value(let node) = decoder.decode(UnsafeRawBufferPointer(rebasing: padded[..<row.count]))
            else { return [] }
            return ["id", "n", "m"].map { name in
                var text: [UInt8] = []
                node.field(Array(name.utf8))?.appendText(to: &text)
                return String(decoding: text, as: UTF8.self)
            }
        }
        #expect(texts == ["18446744073709551616", "5", "1e400"])
    }

    @Test func `of a repeated key the last value counts`() throws {
        let row = Array("{\"a\":1,\"a\":2}".utf8)
        let decoder = RowDecoder()
        (row + [UInt8](repeating: 0, count: 64)).withUnsafeBytes { padded in
            guard
                case .value(let node) = decoder.decode(UnsafeRawBufferPointer(rebasing: padded[..<row.count]))
            else {
                Issue.record("refused")
                return
            }
            var text: [UInt8] = []
            node.field("a")?.appendText(to: &text)
            #expect(text == Array("2".utf8))
        }
    }

    /// simdjson alone decides in the hot path; this holds it to what the scanner of refused rows finds.
    @Test func `every lone surrogate escape is refused, every pair accepted`() {
        for unit in 0xD800...0xDFFF {
            let escape = "\\u" + String(unit, radix: 16)
            for text in ["\"\(escape)\"", "\"\(escape)x\"", "{\"\(escape)\\n\":1}", "\"\(escape)\\u0041\""] {
                #expect(code(text) == .loneSurrogate, "\(text)")
            }
        }
        for high in stride(from: 0xD800, through: 0xDBFF, by: 31) {
            for low in [0xDC00, 0xDE12, 0xDFFF] {
                let pair = "\\u" + String(high, radix: 16) + "\\u" + String(low, radix: 16, uppercase: true)
                #expect(code("\"\(pair)\"") == nil)
            }
            for bad in [0xD800, 0xDBFF, 0xE000, 0x41] {
                let escapes =
                    "\\u" + String(high, radix: 16) + "\\u" + (bad == 0x41 ? "0041" : String(bad, radix: 16))
                #expect(code("\"\(escapes)\"") == .loneSurrogate)
            }
        }
        #expect(code("\"\\\\ud800\"") == nil)
        #expect(code("\"\\uD83D\\uDE00\"") == nil)
    }

    @Test func `each kind of damage has its code`() {
        #expect(code([0x22, 0xFF, 0x22]) == .invalidUTF8)
        #expect(code([0x22, 0xED, 0xA0, 0x80, 0x22]) == .invalidUTF8)
        #expect(code([0x22, 0xC0, 0x80, 0x22]) == .invalidUTF8)
        #expect(code([0x22, 0xFF]) == .invalidUTF8)
        #expect(code("\"a\u{1}b\"") == .controlCharacter)
        #expect(code("\"a\tb\"") == .controlCharacter)
        #expect(code("\u{1E}{}") == .controlCharacter)
        #expect(code("{}\r{}") == .carriageReturnLines)
        #expect(code("{\r}") == nil)
        #expect(code([0x7B, 0, 0]) == .nulPadding)
        #expect(code([0x22, 0, 0x22]) == .controlCharacter)
    }

    @Test(arguments: [1, 2, 10, 1024])
    func `nesting up to the limit is accepted`(limit: Int) {
        let limits = ReadLimits(maxNesting: limit)
        for depth in [limit, limit + 1] {
            let arrays = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
            let objects =
                String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
            let expected: QuarantineCode? = depth > limit ? .nestingTooDeep : nil
            #expect(code(Array(arrays.utf8), limits: limits) == expected, "\(depth) arrays, limit \(limit)")
            #expect(code(Array(objects.utf8), limits: limits) == expected, "\(depth) objects, limit \(limit)")
        }
    }

    @Test func `no message holds text of the row`() {
        let secret = "sesame"
        let rows = [
            "{\"\(secret)", "\"\(secret)\\ud800\"", "[\(secret)]", "\"\(secret)\u{1}\"",
            "\u{1E}\"\(secret)\"",
            "\"\(secret)\"\r1", "\"\\x\(secret)\"",
        ].map { Array($0.utf8) }
        let decoder = RowDecoder()
        for row in rows + [[0x22] + Array(secret.utf8) + [0xFF, 0x22]] {
            (row + [UInt8](repeating: 0, count: 64)).withUnsafeBytes { padded in
                let decoded = decoder.decode(UnsafeRawBufferPointer(rebasing: padded[..<row.count]))
                guard case .rejected(_, let message) = decoded else {
                    Issue.record("accepted")
                    return
                }
                #expect(!message.contains(secret))
            }
        }
    }

    @Test func `a large row does not leave a large parser`() {
        let decoder = RowDecoder()
        let row =
            Array("[".utf8) + Array(repeating: Array("1,".utf8), count: 1 << 20).flatMap { $0 }
            + Array("1]".utf8)
        (row + [UInt8](repeating: 0, count: 64)).withUnsafeBytes { padded in
            let bytes = UnsafeRawBufferPointer(rebasing: padded[..<row.count])
            let count = decoder.withDecoded(bytes) { decoded -> Int in
                guard case .value(let node) = decoded else { return 0 }
                var count = 0
                node.forEachElement { _ in count += 1 }
                return count
            }
            #expect(count == 1 << 20 + 1)
            #expect(!decoder.holdsParser)
        }
        #expect(code("1") == nil)
    }

    @Test func `the validator agrees with the plain reading on every short sequence`() {
        let edges: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
            0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for first in edges {
            for second in edges {
                for third in edges {
                    for fourth in edges {
                        let bytes = [first, second, third, fourth]
                        let isValid = bytes.withUnsafeBytes { UTF8Validator.isValid($0) }
                        let isPlainlyValid = bytes.withUnsafeBytes {
                            UTF8Validator.firstInvalidOffset($0) == nil
                        }
                        if isValid != isPlainlyValid { Issue.record("\(bytes)") }
                    }
                }
            }
        }
    }
}
