import CText

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
            append(value.description)
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
        write(upTo: digits + 1) { out in
            out[0] = UInt8(ascii: ".")
            for index in stride(from: digits, through: 1, by: -1) {
                out[index] = UInt8(ascii: "0") + UInt8(fraction % 10)
                fraction /= 10
            }
            return digits + 1
        }
    }

    /// Writes 128 bits as a string of 32 hexadecimal digits, the highest first.
    package mutating func hexadecimal(_ value: UInt128) {
        separate()
        write(upTo: 34) { out in
            out[0] = UInt8(ascii: "\"")
            ctext_hexadecimal(UInt64(truncatingIfNeeded: value >> 64), out + 1)
            ctext_hexadecimal(UInt64(truncatingIfNeeded: value), out + 17)
            out[33] = UInt8(ascii: "\"")
            return 34
        }
        place = .value
    }

    /// Writes bytes as a string in base64 (RFC 4648, padded).
    package mutating func base64(_ input: UnsafeRawBufferPointer) {
        separate()
        write(upTo: (input.count + 2) / 3 * 4 + 2) { out in
            out[0] = UInt8(ascii: "\"")
            var end = 1
            for at in stride(from: 0, to: input.count, by: 3) {
                let taken = min(3, input.count - at)
                var group: UInt32 = 0
                for index in 0..<3 {
                    group = group &<< 8 | (index < taken ? UInt32(input[at + index]) : 0)
                }
                for index in 0..<4 {
                    let digit = UInt8(truncatingIfNeeded: group &>> UInt32(18 - 6 * index) & 63)
                    out[end] = index <= taken ? Self.base64Digit(digit) : UInt8(ascii: "=")
                    end += 1
                }
            }
            out[end] = UInt8(ascii: "\"")
            return end + 1
        }
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
        write(upTo: 24) { out in
            var digits = 1
            var bound: UInt = 10
            while digits < 20, magnitude >= bound {
                digits += 1
                bound = digits < 20 ? bound * 10 : bound
            }
            var end = digits
            if negative {
                out[0] = UInt8(ascii: "-")
                end += 1
            }
            var rest = magnitude
            var at = end
            for _ in 0..<digits {
                at -= 1
                out[at] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            return end
        }
    }
}
