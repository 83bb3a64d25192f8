import CText

/// Where the hashes of eval texts stand: hash -> places in texts, by open addressing over 64-bit keys.
///
/// Built once; a look-up is O(1). 36 bytes a posting, about.
package struct PostingTable: Sendable {
    package struct Posting: Sendable {
        package var text: UInt32
        /// A word of the text, or a byte of its stream.
        package var place: UInt32
    }

    private var slots: [UInt32]
    private let mask: Int
    private(set) var keys: [UInt64] = []
    /// Of each key's postings; one more than keys.
    private(set) var offsets: [UInt32] = []
    private(set) var postings: [Posting] = []
    let filter: HashFilter
    /// Entries by which a look-up is asked for ahead.
    private static let ahead = 12

    /// - Complexity: O(entries), in their order within a hash.
    init(hashes: [UInt64], entries: [Posting]) {
        var bits = 4
        while 1 << bits < hashes.count * 3 / 2 { bits += 1 }
        mask = 1 << bits - 1
        slots = Array(repeating: 0, count: 1 << bits)
        var numbers = [UInt32](repeating: 0, count: hashes.count)
        var counts: [UInt32] = []
        var found: [UInt64] = []
        found.reserveCapacity(hashes.count)
        counts.reserveCapacity(hashes.count)
        let mask = mask
        slots.withUnsafeMutableBufferPointer { slots in
            numbers.withUnsafeMutableBufferPointer { numbers in
                for (place, hash) in hashes.enumerated() {
                    if place + Self.ahead < hashes.count, let base = slots.baseAddress {
                        let next = Int(truncatingIfNeeded: hashes[place + Self.ahead] >> 12) & mask
                        ctext_prefetch(base + next)
                    }
                    var at = Int(truncatingIfNeeded: hash >> 12) & mask
                    while slots[at] != 0, found[Int(slots[at]) - 1] != hash { at = (at + 1) & mask }
                    if slots[at] == 0 {
                        found.append(hash)
                        counts.append(0)
                        slots[at] = UInt32(found.count)
                    }
                    numbers[place] = slots[at] - 1
                    counts[Int(slots[at]) - 1] += 1
                }
            }
        }
        keys = found
        offsets = [0]
        offsets.reserveCapacity(keys.count + 1)
        var sum: UInt32 = 0
        for count in counts {
            sum += count
            offsets.append(sum)
        }
        var next = offsets
        postings = Array(unsafeUninitializedCapacity: entries.count) { placed, count in
            placed.initialize(repeating: Posting(text: 0, place: 0))
            for (entry, number) in zip(entries, numbers) {
                placed[Int(next[Int(number)])] = entry
                next[Int(number)] += 1
            }
            count = entries.count
        }
        filter = HashFilter(count: keys.count)
        for key in keys { filter.add(key) }
    }

    package var keyCount: Int { keys.count }

    /// The number of a hash; `nil` where no text has it.
    @inline(__always)
    package func number(of hash: UInt64) -> Int? {
        var at = Int(truncatingIfNeeded: hash >> 12) & mask
        while true {
            let slot = slots[at]
            if slot == 0 { return nil }
            if keys[Int(slot) - 1] == hash { return Int(slot) - 1 }
            at = (at + 1) & mask
        }
    }

    /// The places of a key in `postings`.
    @inline(__always)
    package func range(of number: Int) -> Range<Int> { Int(offsets[number])..<Int(offsets[number + 1]) }
}
