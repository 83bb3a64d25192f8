import Foundation
import Testing

@testable import Findings

struct JSONBytesTests {
    private func quoted(_ bytes: [UInt8]) -> String {
        var json = JSONBytes()
        json.string(bytes)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test func `commas and nesting are the writer's`() {
        var json = JSONBytes()
        json.beginObject()
        json.field("a", 1)
        json.key("b")
        json.beginArray()
        json.null()
        json.bool(true)
        json.beginObject()
        json.endObject()
        json.endArray()
        json.field("c", raw: Array("{\"x\":[1,\n 2]}".utf8))
        json.field("d", hexadecimal: 0xab)
        json.endObject()
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"a":1,"b":[null,true,{}],"c":{"x":[1,  2]},"d":"000000000000000000000000000000ab"}"#)
    }

    @Test(arguments: [
        ("quote", #"a"b"#, #""a\"b""#),
        ("backslash", #"a\b"#, #""a\\b""#),
        ("newlines", "a\r\n\tb", #""a\r\n\tb""#),
        ("terminal escape", "\u{1b}[31m\u{7}", #""\u001b[31m\u0007""#),
        ("DEL and C1", "\u{7f}\u{9b}31m", #""\u007f\u009b31m""#),
        ("bidi", "\u{202e}x\u{2066}y\u{200f}\u{61c}", #""\u202ex\u2066y\u200f\u061c""#),
        ("separators", "\u{2028}\u{2029}", #""\u2028\u2029""#),
        ("HTML", "<script>'&", #""<script>'&""#),
        ("other scripts", "Grüße 漢字 🎉\u{200d}é", "\"Grüße 漢字 🎉\u{200d}é\""),
        ("CSV", "a,b;\"c\"", #""a,b;\"c\"""#),
        ("empty", "", "\"\""),
    ])
    func `strings are escaped`(id: String, text: String, expected: String) {
        #expect(quoted(Array(text.utf8)) == expected)
    }

    @Test func `ill-formed UTF-8 becomes one replacement character a maximal subpart`() {
        #expect(quoted([0x61, 0xff, 0xfe, 0x62]) == #""a\ufffd\ufffdb""#)
        #expect(quoted([0xe2, 0x82]) == #""\ufffd""#)
        #expect(quoted([0xed, 0xa0, 0x80]) == #""\ufffd\ufffd\ufffd""#)
        #expect(quoted([0xf0, 0x9f, 0x8e, 0x22]) == #""\ufffd\"""#)
        #expect(quoted([0xc0, 0x80]) == #""\ufffd\ufffd""#)
    }

    /// Every scalar at every distance from an eight-byte step, against Foundation's reader.
    @Test func `every scalar comes back through Foundation's reader`() throws {
        for first in stride(from: UInt32(0), to: 0x11_0000, by: 0x100) {
            var text = ""
            for value in first..<first + 0x100 {
                if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
            }
            for padding in [0, 1, 3, 7] where padding == 0 || first < 0x3000 {
                let padded = String(repeating: "x", count: padding) + text
                var json = JSONBytes()
                json.beginArray()
                json.string(padded)
                json.endArray()
                let back = try JSONDecoder().decode([String].self, from: Data(json.bytes))
                #expect(back.first?.unicodeScalars.elementsEqual(padded.unicodeScalars) == true)
            }
        }
    }

    @Test func `strings of every length around a block come back, wherever an escape stands`() throws {
        let specials = ["\"", "\\", "\n", "\u{1}", "\u{7F}", "é", "\u{202E}", "😀"]
        for length in [0, 1, 7, 8, 9, 62, 63, 64, 65, 66, 127, 128, 129, 200, 4_095, 4_096, 4_097, 9_000] {
            for (number, special) in specials.enumerated() {
                for place in Set([0, 1, length / 2, max(0, length - 1), length]) {
                    let plain = String(repeating: "abcdefg", count: length / 7 + 1).prefix(length)
                    let text = plain.prefix(place) + special + special + plain.dropFirst(place)
                    var json = JSONBytes()
                    json.beginArray()
                    json.string(String(text))
                    json.endArray()
                    let read = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String]
                    #expect(read == [String(text)], "\(length) \(number) \(place)")
                }
            }
        }
    }

    @Test func `numbers agree with the standard library`() {
        for value in [0, 1, 9, 10, 99, 100, -1, -10, Int.max, Int.min, 1_000_000_007] {
            var json = JSONBytes()
            json.integer(value)
            #expect(String(decoding: json.bytes, as: UTF8.self) == "\(value)")
        }
        for shift in 0..<128 {
            let value = (UInt128(0x0123_4567_89ab_cdef) << 64 | 0xfedc_ba98_7654_3210) >> UInt128(shift)
            var json = JSONBytes()
            json.hexadecimal(value)
            let digits = String(value, radix: 16)
            let padded = String(repeating: "0", count: 32 - digits.count) + digits
            #expect(String(decoding: json.bytes, as: UTF8.self) == "\"\(padded)\"")
        }
    }

    /// All strings of up to three bytes out of the classes that matter, against the standard library's repair.
    @Test func `short byte strings agree with the standard library's repair`() throws {
        let bytes: [UInt8] = [
            0x00, 0x1f, 0x22, 0x41, 0x5c, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0,
            0xe2,
            0xed, 0xef, 0xf0, 0xf4, 0xf5,
        ]
        for first in bytes {
            for second in bytes {
                for third in bytes {
                    let input = [first, second, third]
                    let back = try JSONDecoder().decode(
                        [String].self, from: Data("[\(quoted(input))]".utf8))
                    let expected = String(decoding: input, as: UTF8.self)
                    #expect(back.first?.unicodeScalars.elementsEqual(expected.unicodeScalars) == true)
                }
            }
        }
    }

    @Test func `no raw control or bidi character is written, in strings or spliced JSON`() throws {
        let text = "a\u{202e}b\u{9b}c\u{7f}d\u{2028}e"
        var json = JSONBytes()
        json.raw(Array("[\"\(text)\",\t1 ]".utf8))
        let written = String(decoding: json.bytes, as: UTF8.self)
        #expect(written == #"["a\u202eb\u009bc\u007fd\u2028e", 1 ]"#)
        let value = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [Any]
        #expect(value?.first as? String == text)
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (0.5, "0.5"), (-0.000_000_4, "0"), (0.000_000_5, "0.000001"),
        (1.0 / 3, "0.333333"), (2.0 / 3, "0.666667"), (-1234.5, "-1234.5"), (0.8, "0.8"), (1e-6, "0.000001"),
        (100, "100"), (0.100_001, "0.100001"), (1e300, "1e+300"), (123_456_789.123_456, "123456789.123456"),
    ])
    func `decimals are fixed and trimmed`(value: Double, expected: String) {
        var json = JSONBytes()
        json.decimal(value)
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }

    @Test func `infinities are null and places are kept`() {
        var json = JSONBytes()
        json.beginArray()
        json.decimal(.infinity)
        json.decimal(.nan)
        json.decimal(2.345, places: 1)
        json.decimal(2.5, places: 0)
        json.integer(Int.min)
        json.integer(UInt64.max)
        json.integer(0)
        json.endArray()
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == "[null,null,2.3,3,-9223372036854775808,18446744073709551615,0]")
    }

    @Test func `base64 agrees with Foundation`() {
        for count in 0..<70 {
            let input = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 13) }
            var json = JSONBytes()
            input.withUnsafeBytes { json.base64($0) }
            #expect(String(decoding: json.bytes, as: UTF8.self) == "\"\(Data(input).base64EncodedString())\"")
        }
    }

    @Test func `indented JSON has a value a line`() {
        var json = JSONBytes(indented: true)
        json.beginObject()
        json.field("a", 1)
        json.key("b")
        json.beginArray()
        json.string("x")
        json.string("y")
        json.endArray()
        json.key("c")
        json.beginArray()
        json.endArray()
        json.endObject()
        let expected = """
            {
              "a": 1,
              "b": [
                "x",
                "y"
              ],
              "c": []
            }
            """
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }

    @Test func `the encoder keeps the order of properties and writes nil as null`() throws {
        struct Inner: Codable {
            var z: [Int] = []
            var a: Double? = nil
        }
        struct Outer: Codable {
            var second: Inner = Inner()
            var first: [Inner] = [Inner(z: [1, 2], a: 0.25)]
            var counts: CountTable = ["b": 2, "a": 1]
            var flag = true
        }
        let bytes = try JSONBytesEncoder.encode(Outer(), indented: false)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"second":{"z":[],"a":null},"first":[{"z":[1,2],"a":0.25}],"counts":{"a":1,"b":2},"flag":true}"#
        )
    }
}
