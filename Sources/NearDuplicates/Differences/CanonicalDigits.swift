/// Digits of a number as they stream in.
///
/// `5`, `5.0` and `5.00` are one value, and so are `.5` and `0.5`. Zeros that a version, a code or a measurement is
/// told by count: before two other digits or two before one (`034`, `007`), behind other decimals (`3.10`), and
/// three or more alone (`1.000`).
struct CanonicalDigits {
    private var whole = TokenKey()
    private var decimals = TokenKey()
    private var value = 0
    private var hasWhole = false
    private var leadingZeros = 0
    private var pendingZeros = 0
    private var hasDecimals = false
    private(set) var wholeCount = 0
    private(set) var marks = 0
    private(set) var trailingZeros = 0

    mutating func add(_ digit: UInt8) {
        if marks == 0 {
            wholeCount &+= 1
            trailingZeros = digit == 0x30 ? trailingZeros &+ 1 : 0
            if digit == 0x30, !hasWhole {
                leadingZeros &+= 1
                return
            }
            hasWhole = true
            whole.add(UInt32(digit))
            if wholeCount <= 15 { value = value &* 10 &+ Int(digit &- 0x30) }
        } else if digit == 0x30 {
            pendingZeros &+= 1
        } else {
            for _ in 0..<pendingZeros { decimals.add(0x30) }
            pendingZeros = 0
            decimals.add(UInt32(digit))
            hasDecimals = true
        }
    }

    /// Far from the small numbers by which signs and styles are told.
    private static let zeros: UInt64 = 0x5A45_524F_5A45_524F

    mutating func mark() { marks &+= 1 }

    var integer: Int? { hasDecimals || wholeCount > 15 ? nil : value }

    var key: UInt64 {
        var key = plainKey
        if leadingZeros > 1 || (leadingZeros > 0 && wholeCount > 2) {
            key = TokenKey.combine(key, Self.zeros &+ UInt64(leadingZeros))
        }
        if hasDecimals, pendingZeros > 0 {
            key = TokenKey.combine(key, ~Self.zeros &- UInt64(pendingZeros))
        }
        return key
    }

    /// Of an amount with its unit, where zeros before it and behind its decimals say nothing (`$2.50`, `$2.5`).
    var plainKey: UInt64 {
        if hasDecimals { return TokenKey.combine(whole.finished, decimals.finished) }
        guard pendingZeros > 2 else { return whole.finished }
        return TokenKey.combine(whole.finished, ~Self.zeros &- UInt64(pendingZeros))
    }
}
