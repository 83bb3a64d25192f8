import CText

/// Bits by the highest bits of term hashes, so many that at most one in sixteen strange terms meets a set one.
final class TermBits: @unchecked Sendable {  // read-only after init
    /// Bits are chosen by `hash >> shift`.
    let shift: UInt32
    let words: UnsafeMutablePointer<UInt64>

    init(_ hashes: [UInt64]) {
        var bits: UInt32 = 12
        while bits < 30, 1 << Int(bits) < hashes.count * 16 { bits += 1 }
        shift = 64 - bits
        words = .allocate(capacity: 1 << Int(bits - 6))
        words.initialize(repeating: 0, count: 1 << Int(bits - 6))
        for hash in hashes {
            let bit = hash >> UInt64(shift)
            words[Int(bit >> 6)] |= 1 << (bit & 63)
        }
    }

    deinit { words.deallocate() }
}

/// Finds the places of a fixed set of terms.
final class TermIndex: @unchecked Sendable {  // read-only after init
    /// The terms by place.
    let terms: [UInt64]
    let bits: TermBits
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
