/// Rows with a wrong form and rows with the right one, by a number of 64 bits: a table of open addressing, twice the size
/// that it needs.
final class SliceCounts {
    private var entries: UnsafeMutableBufferPointer<Entry>
    private var used = 0

    private struct Entry {
        var key: UInt64 = 0
        var wrong: UInt32 = 0
        var right: UInt32 = 0

        var isFree: Bool { wrong == 0 && right == 0 }
    }

    init() {
        entries = .allocate(capacity: 256)
        entries.initialize(repeating: Entry())
    }

    deinit { entries.deallocate() }

    func add(_ key: UInt64, isWrong: Bool) {
        let place = place(of: key)
        if entries[place].isFree {
            used += 1
            entries[place].key = key
        }
        if isWrong { entries[place].wrong &+= 1 } else { entries[place].right &+= 1 }
        if used * 2 > entries.count { grow() }
    }

    func forEach(_ body: (UInt64, PairTally.Rows) -> Void) {
        for entry in entries where !entry.isFree {
            var rows = PairTally.Rows()
            rows.wrong = Int(entry.wrong)
            rows.right = Int(entry.right)
            body(entry.key, rows)
        }
    }

    @inline(__always)
    private func place(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (entries.count - 1)
        while !entries[place].isFree, entries[place].key != key { place = (place + 1) & (entries.count - 1) }
        return place
    }

    private func grow() {
        let old = entries
        entries = .allocate(capacity: old.count * 2)
        entries.initialize(repeating: Entry())
        for entry in old where !entry.isFree { entries[place(of: entry.key)] = entry }
        old.deallocate()
    }
}
