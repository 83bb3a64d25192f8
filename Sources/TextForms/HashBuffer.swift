/// A growing run of 64-bit hashes that is used again for row after row; not for two threads at once.
package final class HashBuffer {
    /// Hashes in use.
    package internal(set) var count = 0
    /// Hashes that fit without growing.
    package private(set) var capacity: Int
    /// Room for `capacity` hashes; the first `count` are in use.
    package private(set) var start: UnsafeMutablePointer<UInt64>

    /// - Parameter capacity: hashes to make room for.
    package init(capacity: Int = 1024) {
        self.capacity = max(capacity, 16)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// The hashes in use; valid until the next change.
    package var hashes: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: start, count: count) }

    /// Forgets the hashes and keeps the memory.
    package func removeAll() { count = 0 }

    /// Forgets all hashes from a position on.
    package func truncate(to newCount: Int) { count = min(count, max(newCount, 0)) }

    /// Makes room for more hashes behind those in use.
    ///
    /// - Complexity: O(`count`) when it grows, which it does by half at least.
    package func reserve(_ additional: Int) {
        let needed = count + additional
        guard needed > capacity else { return }
        resize(to: max(needed, capacity + capacity / 2))
    }

    /// Gives back memory beyond a capacity, if more is held and not in use.
    package func shrink(toCapacity limit: Int) {
        guard capacity > max(limit, count, 16) else { return }
        resize(to: max(limit, count, 16))
    }

    /// Appends what `body` writes at the place that it is given, and says how many; `reserve` has made the room.
    package func fill(_ body: (UnsafeMutablePointer<UInt64>) -> Int) { count += body(start + count) }

    package func append(_ hash: UInt64) {
        reserve(1)
        start[count] = hash
        count += 1
    }

    /// - Complexity: O(number of hashes).
    package func append(_ more: UnsafeBufferPointer<UInt64>) {
        guard let base = more.baseAddress else { return }
        reserve(more.count)
        (start + count).update(from: base, count: more.count)
        count += more.count
    }

    /// Sorts the hashes and drops repeats, so that they are a set.
    ///
    /// - Complexity: O(n log n) in hashes.
    package func sortAndDropRepeats() {
        var all = UnsafeMutableBufferPointer(start: start, count: count)
        all.sort()
        var kept = 0
        for at in 0..<count where at == 0 || start[at] != start[kept - 1] {
            start[kept] = start[at]
            kept += 1
        }
        count = kept
    }

    private func resize(to newCapacity: Int) {
        let moved = UnsafeMutablePointer<UInt64>.allocate(capacity: newCapacity)
        moved.update(from: start, count: count)
        start.deallocate()
        start = moved
        capacity = newCapacity
    }
}
