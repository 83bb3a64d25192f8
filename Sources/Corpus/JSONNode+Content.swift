import CJSON
import CText

extension JSONNode {
    /// A hash of the value's content: equal for values equal but for the order of object keys and the spelling
    /// of numbers. Of a repeated key every value counts.
    ///
    /// - Complexity: O(words of the value on the tape + bytes of its strings).
    package var contentHash: UInt64 {
        switch typeByte {
        case UInt8(ascii: "{"):
            var sum: UInt64 = 0x4f42
            forEachField { key, value in
                let keyHash = ctext_xxh3_64(key.baseAddress, key.count, 1)
                sum &+= ctext_mix64(keyHash &+ value.contentHash &* 0x9e37_79b9_7f4a_7c15)
            }
            return ctext_mix64(sum)
        case UInt8(ascii: "["):
            var hash: UInt64 = 0x4152
            forEachElement { hash = ctext_mix64(hash &* 0x9e37_79b9_7f4a_7c15 &+ $0.contentHash) }
            return ctext_mix64(hash)
        case UInt8(ascii: "\""):
            let bytes = stringBytes(at: index)
            return ctext_xxh3_64(bytes.baseAddress, bytes.count, 2)
        case UInt8(ascii: "d"):
            let value = Double(bitPattern: document.tape[index + 1])
            // 5.0 is 5.
            let whole = Int64(exactly: value).map { UInt64(bitPattern: $0) }
            return ctext_mix64(whole ?? (value.bitPattern &+ 0x6400_0000_0000_0000))
        case UInt8(ascii: "l"), UInt8(ascii: "u"):
            return ctext_mix64(document.tape[index + 1])
        default:
            return ctext_mix64(UInt64(typeByte) &+ 0x1000)
        }
    }

    /// A hash of an object or array of JSON that stands in a string, as the arguments of tool calls do
    /// (`ArgumentReader`); `nil` where none does.
    ///
    /// - Complexity: O(bytes).
    var hashOfQuotedValue: UInt64? {
        guard let text = string, let first = text.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        var reader = ArgumentReader(text: text)
        return reader.hash()
    }

    /// Appends the value as text: a string as it is, numbers and words of JSON as they read, an array or object
    /// as compact JSON-like text. For slice values and labels, never for writing rows.
    package func appendText(to bytes: inout [UInt8]) {
        switch typeByte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: stringBytes(at: index))
        case UInt8(ascii: "l"):
            bytes.append(contentsOf: String(Int64(bitPattern: document.tape[index + 1])).utf8)
        case UInt8(ascii: "u"): bytes.append(contentsOf: String(document.tape[index + 1]).utf8)
        case UInt8(ascii: "d"):
            bytes.append(contentsOf: Self.decimal(Double(bitPattern: document.tape[index + 1])).utf8)
        case UInt8(ascii: "t"): bytes.append(contentsOf: "true".utf8)
        case UInt8(ascii: "f"): bytes.append(contentsOf: "false".utf8)
        case UInt8(ascii: "n"): bytes.append(contentsOf: "null".utf8)
        case UInt8(ascii: "["):
            bytes.append(UInt8(ascii: "["))
            var first = true
            forEachElement { element in
                if !first { bytes.append(UInt8(ascii: ",")) }
                first = false
                element.appendText(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        default:
            bytes.append(UInt8(ascii: "{"))
            var first = true
            forEachField { key, value in
                if !first { bytes.append(UInt8(ascii: ",")) }
                first = false
                bytes.append(contentsOf: key)
                bytes.append(UInt8(ascii: ":"))
                value.appendText(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// A whole number without its decimal point, any other as Swift writes it.
    private static func decimal(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }
}
