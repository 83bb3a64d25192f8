import CText

/// Exact counts of terms by their hash: open addressing.
struct TermCounts {
    struct Entry {
        var hash: UInt64
        var removed: UInt32 = 0
        var kept: UInt32 = 0
        /// Sum of the text lost in units of 2^-32: whole numbers add up to the same in any order.
        var textLostUnits: UInt64 = 0
        var lastRow: UInt32 = .max
        /// The first two conversations met, to count up to three.
        var first: UInt32 = 0
        var second: UInt32 = 0
        var conversations: UInt32 = 0

        /// Sum of the casualties' text lost.
        var textLost: Double { Double(textLostUnits) / 4_294_967_296 }

        /// - Parameter conversation: a hash of the conversation, never 0.
        mutating func add(conversation: UInt32) {
            if conversations >= 3 || conversation == first || conversation == second { return }
            if conversations == 0 {
                first = conversation
            } else if conversations == 1 {
                second = conversation
            }
            conversations += 1
        }
    }

    private var slots: [Entry] = Array(repeating: Entry(hash: 0), count: 1 << 12)
    private(set) var count = 0

    var capacity: Int { slots.count }

    /// - Precondition: `hash` is not 0.
    @inline(__always)
    private func find(_ hash: UInt64) -> Int {
        let mask = slots.count - 1
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at].hash != hash, slots[at].hash != 0 { at = (at + 1) & mask }
        return at
    }

    private mutating func claim(_ hash: UInt64) -> Int {
        if count * 2 >= slots.count { rehash(slots.count * 2) { _ in true } }
        let at = find(hash)
        if slots[at].hash == 0 {
            slots[at] = Entry(hash: hash)
            count += 1
        }
        return at
    }

    private mutating func rehash(_ capacity: Int, keeping: (Entry) -> Bool) {
        let old = slots
        slots = Array(repeating: Entry(hash: 0), count: capacity)
        count = 0
        for entry in old where entry.hash != 0 && keeping(entry) {
            slots[find(entry.hash)] = entry
            count += 1
        }
    }

    /// Counts a casualty once for each of its terms.
    ///
    /// - Parameters:
    ///   - least: terms that occur less often by `filter` are left out.
    ///   - limit: with more terms than this nothing more is counted.
    mutating func addCasualty(
        _ hashes: UnsafeBufferPointer<UInt64>, occurring least: Int, in filter: TermFilter, limit: Int,
        row: UInt32, conversation: UInt32, textLost: Float
    ) {
        let units = UInt64((Double(min(1, max(0, textLost))) * 4_294_967_296).rounded())
        for hash in hashes where filter.count(hash) >= least {
            if count > limit { return }
            let at = claim(hash)
            if slots[at].lastRow == row { continue }
            slots[at].lastRow = row
            slots[at].removed += 1
            slots[at].textLostUnits += units
            slots[at].add(conversation: conversation)
        }
    }

    mutating func addConversation(_ hash: UInt64, _ conversation: UInt32) {
        let at = claim(hash)
        slots[at].add(conversation: conversation)
    }

    /// Drops the terms that `keeping` refuses, and the room that they took.
    mutating func prune(keeping: (Entry) -> Bool) {
        var kept = 0
        forEach { if keeping($0) { kept += 1 } }
        var capacity = 1 << 12
        while capacity < kept * 3 { capacity *= 2 }
        rehash(capacity, keeping: keeping)
    }

    var hashes: [UInt64] {
        var all: [UInt64] = []
        all.reserveCapacity(count)
        forEach { all.append($0.hash) }
        return all
    }

    mutating func merge(_ other: TermCounts) {
        other.forEach { entry in
            let at = claim(entry.hash)
            slots[at].removed += entry.removed
            slots[at].textLostUnits += entry.textLostUnits
            slots[at].join(entry)
        }
    }

    mutating func mergeConversations(_ other: TermCounts) {
        other.forEach { entry in
            let at = find(entry.hash)
            if slots[at].hash != 0 { slots[at].join(entry) }
        }
    }

    /// Adds rows that stay and copies that go.
    mutating func add(_ hash: UInt64, _ tally: TermTally.Entry) {
        let at = find(hash)
        slots[at].kept += tally.kept
        slots[at].removed += tally.copies
    }

    func forEach(_ body: (Entry) -> Void) {
        for entry in slots where entry.hash != 0 { body(entry) }
    }
}

extension TermCounts.Entry {
    /// Takes over the conversations of another count of the same term; right up to three.
    fileprivate mutating func join(_ other: TermCounts.Entry) {
        if other.conversations >= 1 { add(conversation: other.first) }
        if other.conversations >= 2 { add(conversation: other.second) }
        if other.conversations >= 3 { conversations = max(conversations, 3) }
    }
}
