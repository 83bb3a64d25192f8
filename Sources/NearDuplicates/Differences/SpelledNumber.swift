/// A number composed of words: units add, hundreds and thousands multiply.
struct SpelledNumber {
    private var total = 0
    private var current: Int?
    private var lastAdded = Int.max
    private(set) var isOrdinal = false
    private var isClosed = false

    /// - Parameter whole: digits that the words multiply (`5 million`).
    init(startingWith whole: Int? = nil) { current = whole }

    var value: Int { total + (current ?? 0) }

    /// Takes the next word's value.
    ///
    /// - Returns: false where the word begins another number (`two three`) or the value leaves 64 bits.
    mutating func add(_ number: Int, isOrdinal: Bool) -> Bool {
        if isClosed { return false }
        if number < 0 || isOrdinal && current == nil && total == 0 {
            guard current == nil, total == 0 else { return false }
            current = number
            self.isOrdinal = isOrdinal
            isClosed = true
            return true
        }
        guard number < 100 && number != 12 || number == 12 && (current == nil || (current ?? 0) % 100 == 0)
        else {
            return multiply(by: number)
        }
        if number >= lastAdded || !fits(number) { return false }
        current = (current ?? 0) + number
        lastAdded = number
        if isOrdinal {
            self.isOrdinal = true
            isClosed = true
        }
        return true
    }

    private func fits(_ number: Int) -> Bool {
        guard let current else { return true }
        if current % 100 == 0 { return current != 0 }
        return number < 10 && current % 10 == 0 && current % 100 >= 20
    }

    private mutating func multiply(by number: Int) -> Bool {
        let (product, overflow) = (current ?? 1).multipliedReportingOverflow(by: number)
        if overflow { return false }
        if number == 100 {
            current = product
        } else {
            let (sum, overflow) = total.addingReportingOverflow(product)
            if overflow { return false }
            total = sum
            current = nil
        }
        lastAdded = Int.max
        return true
    }
}
