/// Digits of a number as they stream in, without leading zeros and zeros at the end of the decimals.
struct CanonicalDigits {
    private var whole = TokenKey()
    private var decimals = TokenKey()
    private var value = 0
    private var hasWhole = false
    private var pendingZeros = 0
    private var hasDecimals = false
    private(set) var wholeCount = 0
    private(set) var marks = 0
    private(set) var trailingZeros = 0

    mutating func add(_ digit: UInt8) {
        if marks == 0 {
            wholeCount &+= 1
            trailingZeros = digit == 0x30 ? trailingZeros &+ 1 : 0
            if digit == 0x30, !hasWhole { return }
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

    mutating func mark() { marks &+= 1 }

    var integer: Int? { hasDecimals || wholeCount > 15 ? nil : value }

    var key: UInt64 {
        guard hasDecimals else { return whole.finished }
        return TokenKey.combine(whole.finished, decimals.finished)
    }
}
