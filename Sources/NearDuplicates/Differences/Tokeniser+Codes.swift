/// Addresses, codes and phone numbers.
extension Tokeniser {
    /// The end of a web or e-mail address or a code that begins at `start` with the letters up to `letters`.
    func addressOrCode(from start: Int, letters: Int) -> Int? {
        switch at(letters) {
        case 0x3A:
            if at(letters &+ 1) == 0x2F, at(letters &+ 2) == 0x2F { return addressEnd(letters &+ 3) }
            if letters &- start == 6, hasPrefix("mailto", start) { return addressEnd(letters &+ 1) }
            return nil
        case 0x2E:
            if letters &- start == 3, hasPrefix("www", start), isAlphanumeric(letters &+ 1) {
                return addressEnd(letters &+ 1)
            }
            return email(start)
        case 0x40, 0x2B: return email(start)
        case 0x2D, 0x30...0x39, 0x2F, 0x23: return email(start) ?? codeRun(from: start)
        default: return nil
        }
    }

    /// `w/o`, `n/a`, `c/o`, `i/o`, `a/c`: words, not divisions.
    func isSlashWord(_ start: Int, _ letters: Int) -> Bool {
        guard letters == start &+ 1, !isAlphanumeric(start &+ 3), at(start &+ 3) != 0x2F else { return false }
        switch (at(start) | 0x20, at(start &+ 2) | 0x20) {
        case (0x77, 0x6F), (0x6E, 0x61), (0x63, 0x6F), (0x69, 0x6F), (0x61, 0x63): return true
        default: return false
        }
    }

    private func hasPrefix(_ word: StaticString, _ start: Int) -> Bool {
        word.withUTF8Buffer { word in
            for index in 0..<word.count where at(start &+ index) | 0x20 != word[index] { return false }
            return true
        }
    }

    /// The end of a web address: up to white space, a quote, an angle bracket or a control, without the
    /// punctuation that closes a sentence around it.
    private func addressEnd(_ first: Int) -> Int? {
        var stop = first
        while stop < end {
            let byte = bytes[stop]
            if byte <= 0x20 || byte == 0x22 || byte == 0x3C || byte == 0x3E || byte == 0x60 || byte == 0x7F {
                break
            }
            if byte == 0xE3 || byte == 0xEF { break }
            stop &+= 1
        }
        while stop > first, ".,;:!?')]}*|".utf8.contains(bytes[stop &- 1]) { stop &-= 1 }
        return stop > first ? stop : nil
    }

    /// The end of an e-mail address whose local part begins at `start`; local parts of over 64 bytes are none
    /// (RFC 5321, section 4.5.3.1.1).
    private func email(_ start: Int) -> Int? {
        var offset = start
        let limit = min(end, start &+ 65)
        while offset < limit, isAlphanumeric(offset) || "._%+-".utf8.contains(bytes[offset]) { offset &+= 1 }
        guard offset < limit, at(offset) == 0x40, isAlphanumeric(offset &+ 1) else { return nil }
        var stop = offset &+ 1
        var lastDot = -1
        while isAlphanumeric(stop) || ((at(stop) == 0x2E || at(stop) == 0x2D) && isAlphanumeric(stop &+ 1)) {
            if bytes[stop] == 0x2E { lastDot = stop }
            stop &+= 1
        }
        return lastDot > 0 && (at(lastDot &+ 1) | 0x20) &- 0x61 < 26 ? stop : nil
    }

    /// Chosen: a UUID has 36 bytes, a SHA-512 in hexadecimal 128. Longer runs are cut there, so that a text
    /// without white space costs linear time.
    static let maximumCodeByteCount = 160

    /// The end of an order, ticket or tracking code, hexadecimal hash or UUID at `start`; `nil` if it is
    /// none.
    ///
    /// A code is a run of ASCII letters and digits in groups joined by single `-`, `/`, `_` or `#` that holds
    /// letters and digits, at least five of them together, and: five digits in one group; or two changes
    /// between letters and digits in a group with three digits; or three digits and no lower-case letter.
    /// `COVID-19`, `python3`, `10-minute`, `100mg` and `1st` are none: they fall apart into words and
    /// numbers.
    func codeRun(from start: Int) -> Int? {
        var stats = CodeStats()
        var stop = start
        let limit = min(end, start &+ Self.maximumCodeByteCount)
        while stop < limit {
            let byte = bytes[stop]
            if isAlphanumeric(stop) {
                stats.add(byte)
            } else if byte == 0x2D || byte == 0x2F || byte == 0x5F || byte == 0x23, isAlphanumeric(stop &+ 1)
            {
                stats.endGroup()
            } else {
                break
            }
            stop &+= 1
        }
        stats.endGroup()
        return stats.isCode ? stop : nil
    }

    /// Phone and order numbers: groups of digits joined by `-`, or `555.123.4567`, or four groups of an IP
    /// address.
    ///
    /// Two groups of four digits are a span of years, not a phone number; three short groups a version.
    func digitGroups(_ start: Int) -> Int? {
        let separator = at(digitRun(start))
        guard separator == 0x2D || separator == 0x2E else { return nil }
        var groups = 0
        var digits = 0
        var longest = 0
        var stop = start
        while true {
            let next = digitRun(stop)
            guard next > stop, next &- start <= Self.maximumCodeByteCount else { return nil }
            groups &+= 1
            digits &+= next &- stop
            longest = max(longest, next &- stop)
            stop = next
            guard at(stop) == separator, isDigit(stop &+ 1) else { break }
            stop &+= 1
        }
        if isAlphanumeric(stop) { return nil }
        if separator == 0x2E {
            return groups == 4 && longest <= 3 || groups == 3 && digits == 10 ? stop : nil
        }
        if groups == 2 { return longest >= 5 || digits == 7 && longest == 4 ? stop : nil }
        return groups >= 3 && digits >= 7 ? stop : nil
    }

    /// The end of a phone number that begins with `+` or with an area code in round brackets.
    func phone(_ start: Int) -> Int? {
        var digits = 0
        var stop = start
        var last = start
        if at(start) == 0x28 {
            let area = digitRun(start &+ 1)
            guard area > start &+ 2, area < start &+ 7, at(area) == 0x29 else { return nil }
            digits = area &- start &- 1
            stop = area &+ 1
        } else {
            stop = start &+ 1
            guard isDigit(stop) else { return nil }
        }
        while stop < end, stop < start &+ 32 {
            let byte = bytes[stop]
            if byte &- 0x30 < 10 {
                digits &+= 1
                last = stop
            } else if !(" -.()/".utf8.contains(byte) && !" -./".utf8.contains(at(stop &+ 1))) {
                break
            }
            stop &+= 1
        }
        return digits >= 7 && digits <= 15 ? last &+ 1 : nil
    }
}
