/// What one side of a differing segment holds, by class; a reused buffer.
final class DifferenceEvidence {
    /// Quantities: value, style, sign and unit hashed together; with and without the weak number words.
    var numbers: ContiguousArray<UInt64> = []
    var weakNumbers: ContiguousArray<UInt64> = []
    var strongOperators: ContiguousArray<UInt64> = []
    var allOperators: ContiguousArray<UInt64> = []
    var negations: ContiguousArray<UInt64> = []
    var identifiers: ContiguousArray<UInt64> = []
    /// Token indexes of the other content: words, characters, pictures, signs of money, turn borders.
    var words: ContiguousArray<Int32> = []
    /// Token indexes of words that are number words, negations or dates: content, but judged by the lists
    /// above.
    var otherContent = 0

    func removeAll() {
        numbers.removeAll(keepingCapacity: true)
        weakNumbers.removeAll(keepingCapacity: true)
        strongOperators.removeAll(keepingCapacity: true)
        allOperators.removeAll(keepingCapacity: true)
        negations.removeAll(keepingCapacity: true)
        identifiers.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        otherContent = 0
    }

    /// Content tokens of any kind.
    var contentCount: Int { words.count + otherContent }

    /// For an unordered segment: order says nothing.
    func sort() {
        numbers.sort()
        weakNumbers.sort()
        strongOperators.sort()
        allOperators.sort()
        identifiers.sort()
    }
}
