import CText

/// Rows by term of a `TermIndex`, each row once; of one thread.
final class TermTally {
    struct Entry {
        var lastRow = UInt32.max
        /// Rows that stay.
        var kept: UInt32 = 0
        /// Removed rows that lose no text.
        var copies: UInt32 = 0
    }

    private let entries: UnsafeMutableBufferPointer<Entry>

    init(count: Int) {
        entries = .allocate(capacity: count)
        entries.initialize(repeating: Entry())
    }

    deinit { entries.deallocate() }

    subscript(place: Int) -> Entry {
        get { entries[place] }
        _modify { yield &entries[place] }
    }

    /// Notes that a row has a term; false where that was known.
    @inline(__always)
    func isNew(_ place: Int, row: UInt32) -> Bool {
        if entries[place].lastRow == row { return false }
        entries[place].lastRow = row
        return true
    }
}
