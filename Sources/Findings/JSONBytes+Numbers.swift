extension JSONBytes {
    package mutating func integer(_ value: Int) {
        separate()
        appendDigits(value.magnitude, negative: value < 0)
        place = .value
    }

    package mutating func integer(_ value: UInt64) {
        separate()
        appendDigits(UInt(value), negative: false)
        place = .value
    }

    /// Writes a decimal rounded to `places` (half away from zero), without trailing zeros; not-a-number and
    /// infinities as `null`.
    ///
    /// - Parameter places: 0 to 9.
    package mutating func decimal(_ value: Double, places: Int = 6) {
        guard value.isFinite else { return null() }
        let places = min(max(places, 0), 9)
        var unit: UInt = 1
        for _ in 0..<places { unit *= 10 }
        let scaled = (value.magnitude * Double(unit)).rounded()
        separate()
        place = .value
        // Above 2^53 a double has no digits behind the point to speak of, and its own text is exact.
        guard scaled < 9_007_199_254_740_992 else {
            bytes.append(contentsOf: value.description.utf8)
            return
        }
        let whole = UInt(scaled)
        appendDigits(whole / unit, negative: value < 0 && whole > 0)
        var fraction = whole % unit
        guard fraction > 0 else { return }
        var digits = places
        while fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        bytes.append(UInt8(ascii: "."))
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
        for index in stride(from: digits - 1, through: 0, by: -1) {
            bytes[start + index] = UInt8(ascii: "0") + UInt8(fraction % 10)
            fraction /= 10
        }
    }

    /// Writes 128 bits as a string of 32 hexadecimal digits, the highest first.
    package mutating func hexadecimal(_ value: UInt128) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var shift = 124
        while shift >= 0 {
            bytes.append(Self.hexDigit(UInt8(truncatingIfNeeded: value &>> UInt128(shift)) & 15))
            shift -= 4
        }
        bytes.append(UInt8(ascii: "\""))
        place = .value
    }

    /// Writes bytes as a string in base64 (RFC 4648, padded).
    package mutating func base64(_ input: UnsafeRawBufferPointer) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.reserveCapacity(bytes.count + input.count / 3 * 4 + 8)
        var at = 0
        while at < input.count {
            let taken = min(3, input.count - at)
            var group: UInt32 = 0
            for index in 0..<3 {
                group = group &<< 8 | (index < taken ? UInt32(input[at + index]) : 0)
            }
            for index in 0..<4 {
                let digit = UInt8(truncatingIfNeeded: group &>> UInt32(18 - 6 * index) & 63)
                bytes.append(index <= taken ? Self.base64Digit(digit) : UInt8(ascii: "="))
            }
            at += taken
        }
        bytes.append(UInt8(ascii: "\""))
        place = .value
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }

    private mutating func appendDigits(_ magnitude: UInt, negative: Bool) {
        if negative { bytes.append(UInt8(ascii: "-")) }
        guard magnitude >= 10 else {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude))
            return
        }
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &digits) { buffer in
            var rest = magnitude
            var at = buffer.count
            while rest > 0 {
                at -= 1
                buffer[at] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[at...]))
        }
    }
}
