import CText

/// Interned byte strings with the hash that each is found by: open addressing, numbered in order of insertion.
///
/// Not for two threads at once while it grows. About 30 bytes an entry and its bytes.
final class ByteTable {
    private typealias Entry = ctext_table_entry

    private var slots: UnsafeMutablePointer<UInt32>
    private var mask: Int
    private var entries: UnsafeMutablePointer<Entry>
    private var capacity: Int
    private(set) var count = 0
    private var arena: UnsafeMutablePointer<UInt8>
    private var arenaCapacity: Int
    private(set) var arenaCount = 0

    static let none: UInt32 = .max

    /// - Parameter expecting: entries to make room for; more make it grow.
    init(expecting: Int = 0) {
        var size = 1024
        while size < expecting * 2 { size *= 2 }
        mask = size - 1
        slots = .allocate(capacity: size)
        slots.initialize(repeating: Self.none, count: size)
        capacity = size / 2
        entries = .allocate(capacity: capacity)
        arenaCapacity = capacity * 10
        arena = .allocate(capacity: arenaCapacity)
    }

    deinit {
        slots.deallocate()
        entries.deallocate()
        arena.deallocate()
    }

    /// Bytes of memory in use.
    var memoryBytes: Int { (mask + 1) * 4 + capacity * MemoryLayout<Entry>.stride + arenaCapacity }

    func bytes(_ number: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: arena + entries[number].offset, count: Int(entries[number].length))
    }

    func hash(_ number: Int) -> UInt64 { entries[number].hash }

    /// The number of a string; `nil` if it is not held.
    ///
    /// - Parameter foldsCase: ASCII letters of `bytes` are taken in lower case; they are letters and apostrophes
    ///   or hyphens only.
    @inline(__always)
    func find(_ bytes: UnsafeRawBufferPointer, hash: UInt64, foldsCase: Bool = false) -> Int? {
        let slot = place(bytes, hash, foldsCase)
        let number = slots[slot]
        return number == Self.none ? nil : Int(number)
    }

    /// The number of a string, which is added if it is not held.
    @inline(__always)
    func insert(_ bytes: UnsafeRawBufferPointer, hash: UInt64, foldsCase: Bool = false) -> (
        number: Int, isNew: Bool
    ) {
        let slot = place(bytes, hash, foldsCase)
        let number = slots[slot]
        if number != Self.none { return (Int(number), false) }
        return (add(bytes, hash, foldsCase, slot), true)
    }

    @inline(__always)
    private func place(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64, _ foldsCase: Bool) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let number = slots[slot]
            if number == Self.none { return slot }
            let entry = entries[Int(number)]
            if entry.hash == hash, Int(entry.length) == bytes.count, matches(entry, bytes, foldsCase) {
                return slot
            }
            slot = (slot &+ 1) & mask
        }
    }

    @inline(__always)
    private func matches(_ entry: Entry, _ bytes: UnsafeRawBufferPointer, _ foldsCase: Bool) -> Bool {
        ctext_equals_folded(
            arena + entry.offset, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count,
            foldsCase ? 0x2020_2020_2020_2020 : 0)
    }

    /// The number of each token's type in a text, by `none` where there is none or the token has a key of its own.
    @inline(__always)
    func find(
        _ tokens: UnsafeBufferPointer<ctext_token>, _ text: UnsafeRawBufferPointer,
        into types: UnsafeMutablePointer<UInt32>
    ) {
        var table = ctext_table(slots: slots, entries: entries, arena: arena, mask: mask)
        ctext_tokens_find(
            &table, text.assumingMemoryBound(to: UInt8.self).baseAddress, tokens.baseAddress, tokens.count,
            types)
    }

    /// Asks for the memory that a search for a hash begins in.
    @inline(__always)
    func prefetch(_ hash: UInt64) { ctext_prefetch(slots + (Int(truncatingIfNeeded: hash) & mask)) }

    @inline(never)
    private func add(
        _ bytes: UnsafeRawBufferPointer, _ hash: UInt64, _ foldsCase: Bool, _ slot: Int
    ) -> Int {
        if arenaCount + bytes.count > arenaCapacity { growArena(by: bytes.count) }
        let fold: UInt8 = foldsCase ? 0x20 : 0
        for at in 0..<bytes.count { arena[arenaCount + at] = bytes[at] | fold }
        let number = count
        entries[number] = Entry(hash: hash, offset: arenaCount, length: Int32(bytes.count))
        slots[slot] = UInt32(number)
        arenaCount += bytes.count
        count += 1
        if count == capacity { grow() }
        return number
    }

    private func growArena(by more: Int) {
        let newCapacity = max(arenaCapacity * 2, arenaCount + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity)
        moved.update(from: arena, count: arenaCount)
        arena.deallocate()
        arena = moved
        arenaCapacity = newCapacity
    }

    private func grow() {
        let newCapacity = capacity * 2
        let moved = UnsafeMutablePointer<Entry>.allocate(capacity: newCapacity)
        moved.update(from: entries, count: count)
        entries.deallocate()
        entries = moved
        capacity = newCapacity
        slots.deallocate()
        mask = newCapacity * 2 - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Self.none, count: mask + 1)
        for number in 0..<count {
            var slot = Int(truncatingIfNeeded: entries[number].hash) & mask
            while slots[slot] != Self.none { slot = (slot &+ 1) & mask }
            slots[slot] = UInt32(number)
        }
    }

    /// Forgets all entries and keeps the memory.
    func removeAll() {
        slots.update(repeating: Self.none, count: mask + 1)
        count = 0
        arenaCount = 0
    }
}
