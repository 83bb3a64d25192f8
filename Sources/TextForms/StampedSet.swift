import CText

/// A set of shingle hashes that is emptied at once by a stamp, for exact verification; not for two threads.
///
/// Open addressing with linear probing, at most half full, 16 bytes a place.
package final class StampedSet {
    /// The table as the C kernel sees it.
    var kernel = ctext_set()
    private var capacity = 0

    /// The number of different hashes in the set.
    package private(set) var count = 0

    package init() { allocate(1024) }

    deinit { kernel.places.deallocate() }

    /// Empties the set and makes room.
    ///
    /// - Parameter count: the most hashes that will be inserted; more make it grow.
    /// - Complexity: O(1), or O(`count`) where it grows, and O(places) once in 2^32 calls.
    package func begin(expecting count: Int) {
        self.count = 0
        if count > capacity / 2 {
            allocate(max(count, 1).nextPowerOfTwo * 2)
        } else if kernel.stamp == .max {
            kernel.places.update(repeating: ctext_place(), count: capacity)
            kernel.stamp = 0
        }
        kernel.stamp += 1
        kernel.mark = 0
    }

    /// Inserts a hash; whether it was new.
    @discardableResult
    package func insert(_ hash: UInt64) -> Bool {
        if count >= capacity / 2 { grow() }
        guard ctext_set_insert(&kernel, hash) else { return false }
        count += 1
        return true
    }

    /// Inserts hashes; the number of those that were new.
    ///
    /// - Complexity: O(number of hashes).
    @discardableResult
    package func insert(_ hashes: UnsafeBufferPointer<UInt64>) -> Int {
        while count + hashes.count > capacity / 2 { grow() }
        let inserted = ctext_set_insert_all(&kernel, hashes.baseAddress, hashes.count)
        count += inserted
        return inserted
    }

    package func contains(_ hash: UInt64) -> Bool { ctext_set_contains(&kernel, hash) }

    /// The number of positions whose hash is in the set; a hash that comes again counts again.
    ///
    /// - Complexity: O(number of hashes).
    package func countHits(in hashes: UnsafeBufferPointer<UInt64>) -> Int {
        ctext_set_count_hits(&kernel, hashes.baseAddress, hashes.count)
    }

    /// The number of different hashes of a row that are in the set: the intersection of two sets.
    ///
    /// - Complexity: O(number of hashes).
    package func countShared(with hashes: UnsafeBufferPointer<UInt64>) -> Int {
        raiseMark()
        return ctext_set_count_shared(&kernel, hashes.baseAddress, hashes.count)
    }

    /// Copies the different hashes among some that are all in the set, in their order.
    ///
    /// - Parameter target: has room for all of `hashes`.
    /// - Returns: how many there are.
    /// - Complexity: O(number of hashes).
    package func copyDistinct(
        of hashes: UnsafeBufferPointer<UInt64>, to target: UnsafeMutablePointer<UInt64>
    ) -> Int {
        raiseMark()
        return ctext_set_distinct(&kernel, hashes.baseAddress, hashes.count, target)
    }

    /// Appends the different hashes among some that are all in the set, in their order.
    ///
    /// - Complexity: O(number of hashes).
    package func appendDistinct(of hashes: UnsafeBufferPointer<UInt64>, to target: inout [UInt64]) {
        let start = target.count
        target.append(contentsOf: repeatElement(0, count: hashes.count))
        let copied = target.withUnsafeMutableBufferPointer { target in
            target.baseAddress.map { copyDistinct(of: hashes, to: $0 + start) } ?? 0
        }
        target.removeLast(hashes.count - copied)
    }

    /// The number of different hashes that are in the set; `nil` as soon as more than `maximumMisses` are not.
    ///
    /// - Precondition: no hash comes twice.
    /// - Complexity: O(number of hashes).
    package func countShared(withDistinct hashes: UnsafeBufferPointer<UInt64>, maximumMisses: Int) -> Int? {
        // SIZE_MAX comes as -1.
        let hits = ctext_set_count_bounded(&kernel, hashes.baseAddress, hashes.count, max(0, maximumMisses))
        return hits < 0 ? nil : hits
    }

    /// Gives back memory after a huge row, and empties the set.
    ///
    /// - Parameter count: hashes to keep room for.
    package func shrink(expecting count: Int) {
        let places = max(max(count, 1).nextPowerOfTwo * 2, 1024)
        guard places < capacity else { return }
        self.count = 0
        allocate(places)
    }

    private func raiseMark() {
        if kernel.mark == .max {
            for place in 0..<capacity { kernel.places[place].mark = 0 }
            kernel.mark = 0
        }
        kernel.mark += 1
    }

    private func allocate(_ newCapacity: Int) {
        if capacity > 0 { kernel.places.deallocate() }
        capacity = newCapacity
        kernel.places = .allocate(capacity: newCapacity)
        kernel.places.initialize(repeating: ctext_place(), count: newCapacity)
        kernel.mask = newCapacity - 1
        kernel.stamp = 1
    }

    private func grow() {
        let old = kernel
        let oldCapacity = capacity
        capacity = 0
        allocate(oldCapacity * 2)
        kernel.mark = old.mark
        for at in 0..<oldCapacity where old.places[at].stamp == old.stamp {
            _ = ctext_set_insert(&kernel, old.places[at].hash)
        }
        old.places.deallocate()
    }
}

extension Int {
    /// The least power of two that is not below a positive number.
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
