/// Counts the hits of each text of an index in one row, so that the texts with too few of them are left out before
/// anything is sorted; one per thread.
final class TextTally {
    private var counts: [UInt8]
    /// Texts with a count.
    private var met: [UInt32] = []

    init(textCount: Int) { counts = Array(repeating: 0, count: textCount) }

    /// - Returns: the hits of the text so far, at most 255.
    @inline(__always)
    func add(_ text: UInt32) -> UInt8 {
        let count = counts[Int(text)]
        if count == 0 { met.append(text) }
        let sum = count == .max ? count : count + 1
        counts[Int(text)] = sum
        return sum
    }

    @inline(__always)
    subscript(text: UInt32) -> UInt8 { counts[Int(text)] }

    /// Forgets the row.
    func clear() {
        for text in met { counts[Int(text)] = 0 }
        met.removeAll(keepingCapacity: true)
    }
}
