/// Finds identities in text: e-mail addresses, order numbers and urls; one per thread.
///
/// An order number has five digits or more: behind letters or hyphens (`ORD-10293`), behind `#` or a word such as
/// order, ticket or invoice, or nine digits or more alone. Dates, sums and numbers with `0000` or `12345` are none.
/// A url has a path or a query: a bare host names nobody. Known to miss: identities with spaces inside, phone numbers.
package final class IdentityMiner {
    /// Bytes of a longest identity.
    static let longest = 200
    static let leastDigits = 5
    static let leastLoneDigits = 9
    private static let labels: Set<String> = [
        "order", "ticket", "case", "invoice", "tracking", "reference", "ref", "number", "no", "nr", "id",
        "claim",
        "booking", "account", "customer", "parcel", "shipment", "request", "incident",
    ]
    /// What ends a token: white space, quotes, brackets, and the marks of lists and tables.
    private static let delimiters: Set<UInt8> = Set(" \t\n\r\"'<>()[]{},;`|*".utf8)

    /// Of each byte: 1 for a digit, 2^16 for `@`, 2^24 for `:`; `ends` for a delimiter.
    private let weights: [UInt32]
    private static let ends = UInt32.max

    package init() {
        weights = (0..<256).map { byte in
            let byte = UInt8(byte)
            if Self.delimiters.contains(byte) { return Self.ends }
            if byte >= 0x30 && byte <= 0x39 { return 1 }
            if byte == UInt8(ascii: "@") { return 1 << 16 }
            return byte == UInt8(ascii: ":") ? 1 << 24 : 0
        }
    }

    /// Calls `body` with each identity, letters in lower case.
    ///
    /// - Complexity: O(bytes).
    package func mine(_ text: UnsafeRawBufferPointer, _ body: (DoorKey.Kind, [UInt8]) -> Void) {
        weights.withUnsafeBufferPointer { weights in
            var start = 0
            var sum: UInt32 = 0
            var before = 0..<0
            for at in 0...text.count {
                let weight = at == text.count ? Self.ends : weights[Int(text[at])]
                if weight != Self.ends {
                    sum &+= weight
                    continue
                }
                if at > start {
                    if sum >= UInt32(Self.leastDigits), at - start <= Self.longest {
                        examine(text, start..<at, sum, before: before, body)
                    }
                    before = start..<at
                }
                start = at + 1
                sum = 0
            }
        }
    }

    private func examine(
        _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ sum: UInt32, before: Range<Int>,
        _ body: (DoorKey.Kind, [UInt8]) -> Void
    ) {
        // A word before a colon, the usual case, is no identity.
        if sum >> 24 == 1, sum & 0xFF_0000 == 0, text[range.upperBound - 1] == UInt8(ascii: ":") { return }
        let token = text[range].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if sum >= 1 << 16 && sum < 1 << 24 || token.starts(with: Array("mailto:".utf8)) {
            if let address = Self.email(token) { body(.email, address) }
        } else if sum >= 1 << 24 {
            if let url = Self.url(token) { body(.url, url) } else { examineTail(of: token, body) }
        } else if sum & 0xFFFF >= UInt32(Self.leastDigits) {
            let word = text[before].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
            if let number = Self.orderNumber(token, before: word) { body(.orderNumber, number) }
        }
    }

    /// What stands behind a token's last colon, as in `ticket:40817`.
    private func examineTail(of token: [UInt8], _ body: (DoorKey.Kind, [UInt8]) -> Void) {
        let colon = UInt8(ascii: ":")
        var token = token[...]
        while token.last == colon { token.removeLast() }
        guard let at = token.lastIndex(of: colon) else { return }
        let tail = Array(token[(at + 1)...])
        if tail.contains(UInt8(ascii: "@")) {
            if let address = Self.email(tail) { body(.email, address) }
        } else if let number = Self.orderNumber(tail, before: Array(token[..<at])) {
            body(.orderNumber, number)
        }
    }

    // MARK: Kinds

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    private static func trimmed(_ token: [UInt8], _ marks: String) -> ArraySlice<UInt8> {
        let marks = Set(marks.utf8)
        var token = token[...]
        while let first = token.first, marks.contains(first) { token.removeFirst() }
        while let last = token.last, marks.contains(last) { token.removeLast() }
        return token
    }

    static func email(_ token: [UInt8]) -> [UInt8]? {
        var token = trimmed(token, ".:!?-_=")
        if token.starts(with: Array("mailto:".utf8)) { token = token.dropFirst(7) }
        let sides = token.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].isEmpty else { return nil }
        let labels = sides[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(isLetter),
            labels.allSatisfy({ part in
                !part.isEmpty && part.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2D || $0 >= 0x80 }
            })
        else { return nil }
        return Array(token)
    }

    static func url(_ token: [UInt8]) -> [UInt8]? {
        var token = trimmed(token, ".:!?#/")
        guard let scheme = ["https://", "http://"].first(where: { token.starts(with: Array($0.utf8)) }) else {
            return nil
        }
        token = token.dropFirst(scheme.utf8.count)
        if let fragment = token.firstIndex(of: UInt8(ascii: "#")) { token = token[..<fragment] }
        while token.last == UInt8(ascii: "/") { token.removeLast() }
        let host = token.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        guard host.contains(UInt8(ascii: ".")), host.count < token.count else { return nil }
        return Array(token)
    }

    static func orderNumber(_ token: [UInt8], before word: [UInt8]) -> [UInt8]? {
        let isMarked = token.first == UInt8(ascii: "#")
        let number = trimmed(token, ".!?#-_/")
        let digits = number.count { isDigit($0) }
        guard digits >= leastDigits, number.count <= 40,
            number.allSatisfy({ isDigit($0) || isLetter($0) || $0 == 0x2D || $0 == 0x5F })
        else { return nil }
        let text = String(decoding: number, as: UTF8.self)
        if text.contains("0000") || text.contains("12345") { return nil }
        if digits == number.count {
            let label = String(decoding: trimmed(word, ".:!?#"), as: UTF8.self)
            let isLabelled = isMarked || labels.contains(label)
            return isLabelled || digits >= leastLoneDigits ? Array(number) : nil
        }
        // Letters must come first, or many digits beside them; a date has none.
        let letters = number.count { isLetter($0) }
        let isDate =
            letters == 0
            ? digits < 12 : number.count >= 10 && number.prefix(4).allSatisfy(isDigit) && digits <= 14
        if isDate && !isMarked { return nil }
        guard number.first.map(isLetter) == true || digits >= 8 || isMarked else { return nil }
        return Array(number)
    }
}
