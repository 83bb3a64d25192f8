/// Reads one flat JSON object of strings and whole numbers as `JSONBytes` writes it: no white space.
struct FlatObjectScanner {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The whole object as a line of a plan; `nil` for anything else.
    mutating func planLine() -> PlanLine? {
        guard take("{\"shard\":"), let shard = string(), take(",\"ordinal\":"), let ordinal = integer(),
            take(",\"id\":"), let idText = plainString(), let id = UInt128(hexadecimal: idText),
            take(",\"action\":"), let action = PlanLine.Action(rawValue: string() ?? ""),
            take(",\"detector\":"), let detector = string(), take(",\"rule\":"), let rule = string(),
            take("}"),
            at == bytes.count
        else { return nil }
        return PlanLine(
            shard: shard, ordinal: ordinal, id: id,
            action: action,
            detector: detector, rule: rule)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let end = at + text.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        for index in at..<end where bytes[index] != text.utf8Start[index - at] { return false }
        at = end
        return true
    }

    /// A whole number from 0 without leading zeros.
    private mutating func integer() -> Int? {
        let start = at
        var value = 0
        while at < bytes.count, case let digit = bytes[at] &- UInt8(ascii: "0"), digit < 10 {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(digit))
            guard !overflow, !carry else { return nil }
            value = sum
            at += 1
        }
        guard at > start, at == start + 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        return value
    }

    /// The bytes between quotes of a string without escapes.
    private mutating func plainString() -> UnsafeRawBufferPointer? {
        guard take("\"") else { return nil }
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\") { return nil }
            at += 1
        }
        let content = UnsafeRawBufferPointer(rebasing: bytes[start..<at])
        return take("\"") ? content : nil
    }

    private mutating func string() -> String? {
        let start = at
        if let plain = plainString() { return String(validating: plain, as: UTF8.self) }
        at = start
        guard take("\"") else { return nil }
        var content: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return String(validating: content, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                content.append(byte)
                continue
            }
            guard let scalar = escape() else { return nil }
            content.append(contentsOf: String(Character(scalar)).utf8)
        }
        return nil
    }

    /// What follows a backslash; surrogates are never written by this program and are refused.
    private mutating func escape() -> Unicode.Scalar? {
        guard at < bytes.count else { return nil }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard at + 4 <= bytes.count else { return nil }
            var value: UInt32 = 0
            for index in at..<at + 4 {
                guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
                value = value << 4 | UInt32(digit)
            }
            at += 4
            return Unicode.Scalar(value)
        default: return nil
        }
    }
}
