import CText

/// A few bits a term, small enough for the cache: whether a term may be among the counted ones.
struct TermBits {
    private static let bits: UInt64 = 23
    private var words = [UInt64](repeating: 0, count: 1 << (bits - 6))

    init(_ hashes: [UInt64]) {
        for hash in hashes {
            let bit = hash >> (64 - Self.bits)
            words[Int(bit >> 6)] |= 1 << (bit & 63)
        }
    }

    @inline(__always)
    func mayContain(_ hash: UInt64) -> Bool {
        let bit = hash >> (64 - Self.bits)
        return words[Int(bit >> 6)] >> (bit & 63) & 1 == 1
    }
}

/// Finds the places of a fixed set of terms: a bit test that the cache holds, then keys of 8 bytes.
final class TermIndex: @unchecked Sendable {  // read-only after init
    /// The terms by place.
    let terms: [UInt64]
    private let bits: TermBits
    private let slots: UnsafeMutableBufferPointer<(hash: UInt64, place: UInt32)>
    private let isOpen: [Bool]

    init(_ counts: TermCounts) {
        var terms: [UInt64] = []
        var isOpen: [Bool] = []
        counts.forEach { entry in
            terms.append(entry.hash)
            isOpen.append(entry.conversations < 3)
        }
        var capacity = 1024
        while capacity < terms.count * 2 { capacity *= 2 }
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: (0, 0))
        for (place, hash) in terms.enumerated() {
            var at = Int(truncatingIfNeeded: hash) & (capacity - 1)
            while slots[at].hash != 0 { at = (at + 1) & (capacity - 1) }
            slots[at] = (hash, UInt32(place))
        }
        bits = TermBits(terms)
        self.terms = terms
        self.isOpen = isOpen
    }

    deinit { slots.deallocate() }

    var count: Int { terms.count }

    /// Whether the term is not yet known from three conversations.
    func needsConversations(_ place: Int) -> Bool { isOpen[place] }

    @inline(__always)
    func place(of hash: UInt64) -> Int? {
        guard bits.mayContain(hash) else { return nil }
        let mask = slots.count - 1
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at].hash != hash {
            if slots[at].hash == 0 { return nil }
            at = (at + 1) & mask
        }
        return Int(slots[at].place)
    }
}

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

    subscript(place: Int) -> Entry { entries[place] }

    /// - Returns: false where the row was counted already.
    @inline(__always)
    func add(_ place: Int, row: UInt32, isCopy: Bool) -> Bool {
        if entries[place].lastRow == row { return false }
        entries[place].lastRow = row
        if isCopy { entries[place].copies += 1 } else { entries[place].kept += 1 }
        return true
    }
}
