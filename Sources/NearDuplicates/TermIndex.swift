import CText

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
