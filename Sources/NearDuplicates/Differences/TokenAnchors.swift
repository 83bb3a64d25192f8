/// Tokens that occur once on each side and in the same order on both.
struct TokenAnchors {
    private struct Slot {
        var key: UInt64 = 0
        var firstCount: UInt8 = 0
        var secondCount: UInt8 = 0
        var first: Int32 = 0
        var second: Int32 = 0
    }

    private var slots: ContiguousArray<Slot> = []
    private var found: ContiguousArray<(Int, Int)> = []

    var count: Int { found.count }

    /// Positions on both sides, rising on both.
    subscript(index: Int) -> (Int, Int) { found[index] }

    /// Finds the longest rising sequence of anchors.
    ///
    /// - Complexity: O(n log n) in tokens.
    mutating func find(
        _ first: UnsafeBufferPointer<Token>, _ second: UnsafeBufferPointer<Token>, _ left: Range<Int>,
        _ right: Range<Int>
    ) {
        var capacity = 64
        while capacity < 2 * (left.count + right.count) { capacity *= 2 }
        slots.removeAll(keepingCapacity: capacity <= 1 << 16)
        slots.append(contentsOf: repeatElement(Slot(), count: capacity))
        for index in left {
            let slot = place(first[index].key)
            slots[slot].firstCount = min(2, slots[slot].firstCount + 1)
            slots[slot].first = Int32(truncatingIfNeeded: index)
        }
        for index in right {
            let slot = place(second[index].key)
            slots[slot].secondCount = min(2, slots[slot].secondCount + 1)
            slots[slot].second = Int32(truncatingIfNeeded: index)
        }
        var pairs: ContiguousArray<(Int, Int)> = []
        for index in left {
            let slot = slots[place(first[index].key)]
            if slot.firstCount == 1, slot.secondCount == 1 { pairs.append((index, Int(slot.second))) }
        }
        keepRising(pairs)
        if slots.count > 1 << 16 { slots = [] }
    }

    private mutating func place(_ key: UInt64) -> Int {
        let key = key == 0 ? 1 : key
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot].key != 0, slots[slot].key != key { slot = (slot &+ 1) & mask }
        slots[slot].key = key
        return slot
    }

    /// The longest increasing subsequence by second position (patience sorting).
    private mutating func keepRising(_ pairs: ContiguousArray<(Int, Int)>) {
        found.removeAll(keepingCapacity: true)
        var tails: ContiguousArray<Int> = []
        var previous = ContiguousArray(repeating: -1, count: pairs.count)
        for index in pairs.indices {
            var low = 0
            var high = tails.count
            while low < high {
                let middle = (low + high) / 2
                if pairs[tails[middle]].1 < pairs[index].1 { low = middle + 1 } else { high = middle }
            }
            if low > 0 { previous[index] = tails[low - 1] }
            if low == tails.count { tails.append(index) } else { tails[low] = index }
        }
        var index = tails.last ?? -1
        while index >= 0 {
            found.append(pairs[index])
            index = previous[index]
        }
        found.reverse()
    }
}
