/// Numbers, and what begins with a digit but is none: dates, times, phone numbers, codes.
extension Tokeniser {
    mutating func number(_ tokens: inout ContiguousArray<Token>) {
        let start = position
        let digits = digitRun(start)
        if digits > start, let stop = dateOrTime(start, digits) ?? digitGroups(start) ?? codeRun(from: start)
        {
            emitFolded(.identifier, to: stop, &tokens)
            return
        }
        emitNumber(to: numberEnd(start), &tokens)
    }

    /// Emits a number; its key is that of its canonical value, so that `1,000` aligns with `1000`.
    mutating func emitNumber(to stop: Int, _ tokens: inout ContiguousArray<Token>) {
        let start = position
        position = stop
        let value = NumberValue(bytes, start..<stop, &table)
        emit(.number, from: start, key: value.key, &tokens)
    }

    /// The end of the run of ASCII digits at `offset`.
    @inline(__always)
    func digitRun(_ offset: Int) -> Int {
        var stop = offset
        while isDigit(stop) { stop &+= 1 }
        return stop
    }

    @inline(__always) func isDigit(_ offset: Int) -> Bool { at(offset) &- 0x30 < 10 }

    @inline(__always)
    func isAlphanumeric(_ offset: Int) -> Bool {
        let byte = at(offset)
        return byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }

    /// The end of a number with its separators, decimals and exponent.
    ///
    /// `,` with exactly three digits after it, apostrophe, `_` and no-break or thin space before three digits
    /// are thousands separators; `.` before a digit is a decimal point, and so is one `,` before another
    /// count of digits.
    private mutating func numberEnd(_ start: Int) -> Int {
        if at(start) == 0x30, at(start &+ 1) | 0x20 == 0x78, isHex(start &+ 2) {
            var stop = start &+ 2
            while isHex(stop) { stop &+= 1 }
            return stop
        }
        var stop = anyDigits(start)
        var commas = 0
        scan: while stop < end {
            switch bytes[stop] {
            case 0x2C:
                let next = digitRun(stop &+ 1)
                let count = next &- stop &- 1
                guard count > 0, count == 3 || (commas == 0 && !(at(next) == 0x2C && isDigit(next &+ 1)))
                else {
                    break scan
                }
                commas &+= 1
                stop = next
            case 0x2E:
                let next = anyDigits(stop &+ 1)
                guard next > stop &+ 1 else { break scan }
                stop = next
            case 0x27, 0x5F, 0xC2, 0xE2:
                let gap = groupSeparator(stop)
                guard gap > 0, digitRun(stop &+ gap) == stop &+ gap &+ 3 else { break scan }
                stop &+= gap &+ 3
            default: break scan
            }
        }
        if at(stop) | 0x20 == 0x65 {
            let sign = at(stop &+ 1) == 0x2B || at(stop &+ 1) == 0x2D ? 1 : 0
            let exponent = digitRun(stop &+ 1 &+ sign)
            if exponent > stop &+ 1 &+ sign, !isAlphanumeric(exponent) { stop = exponent }
        }
        return stop
    }

    private func isHex(_ offset: Int) -> Bool { isDigit(offset) || (at(offset) | 0x20) &- 0x61 < 6 }

    /// Length of an apostrophe, underscore, no-break space, thin space or right quote at `offset`; else 0.
    private func groupSeparator(_ offset: Int) -> Int {
        switch at(offset) {
        case 0x27, 0x5F: return 1
        case 0xC2: return at(offset &+ 1) == 0xA0 ? 2 : 0
        case 0xE2:
            guard at(offset &+ 1) == 0x80 else { return 0 }
            return at(offset &+ 2) == 0xAF || at(offset &+ 2) == 0x89 || at(offset &+ 2) == 0x99 ? 3 : 0
        default: return 0
        }
    }

    /// The end of a run of decimal digits of any script.
    private mutating func anyDigits(_ offset: Int) -> Int {
        var stop = digitRun(offset)
        while at(stop) >= 0x80 {
            let (scalar, length) = decode(stop)
            guard table.lookUp(scalar).kind == .digit else { break }
            stop = digitRun(stop &+ length)
        }
        return stop
    }

    /// `2024-05-01`, `12/05/2024`, `1.5.2024`, with a time after `T`; `10:30`, `10:30:15.5`, `3pm`.
    private func dateOrTime(_ start: Int, _ digits: Int) -> Int? {
        let length = digits &- start
        let separator = at(digits)
        if length <= 2 {
            if separator == 0x3A { return time(start, digits) }
            if let stop = meridiem(digits) { return stop }
        }
        guard length == 4 || length <= 2 else { return nil }
        guard separator == 0x2D || separator == 0x2F || separator == 0x2E else { return nil }
        let second = digitRun(digits &+ 1)
        let third = digitRun(second &+ 1)
        guard second > digits &+ 1, at(second) == separator, third > second &+ 1 else { return nil }
        let parts = (length, second &- digits &- 1, third &- second &- 1)
        guard parts.1 <= 2, length == 4 ? parts.2 <= 2 : parts.2 == 4 || (parts.2 == 2 && separator != 0x2E)
        else {
            return nil
        }
        let day = length == 4 ? value(second &+ 1, third) : value(start, digits)
        let month = value(digits &+ 1, second)
        guard min(day, month) >= 1, min(day, month) <= 12, max(day, month) <= 31 else { return nil }
        guard at(third) | 0x20 == 0x74, isDigit(third &+ 1) else {
            return isAlphanumeric(third) ? nil : third
        }
        var stop = third &+ 1
        while isDigit(stop) || at(stop) == 0x3A || (at(stop) == 0x2E && isDigit(stop &+ 1)) { stop &+= 1 }
        return at(stop) | 0x20 == 0x7A ? stop &+ 1 : stop
    }

    private func time(_ start: Int, _ digits: Int) -> Int? {
        var stop = digits
        var groups = 0
        while at(stop) == 0x3A, digitRun(stop &+ 1) == stop &+ 3, groups < 2, value(stop &+ 1, stop &+ 3) < 60
        {
            stop &+= 3
            groups &+= 1
        }
        guard groups > 0, value(start, digits) <= 24 else { return nil }
        if at(stop) == 0x2E, isDigit(stop &+ 1) { stop = digitRun(stop &+ 1) }
        return meridiem(stop) ?? (isAlphanumeric(stop) ? nil : stop)
    }

    /// The end of `am` or `pm` right at `offset`.
    private func meridiem(_ offset: Int) -> Int? {
        guard at(offset) | 0x20 == 0x61 || at(offset) | 0x20 == 0x70, at(offset &+ 1) | 0x20 == 0x6D else {
            return nil
        }
        return isAlphanumeric(offset &+ 2) ? nil : offset &+ 2
    }

    /// The value of at most four digits.
    private func value(_ start: Int, _ stop: Int) -> Int {
        var total = 0
        for offset in start..<min(stop, start &+ 4) { total = total &* 10 &+ Int(bytes[offset] &- 0x30) }
        return total
    }
}
