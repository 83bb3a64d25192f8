/// Numbers for distinct 64-bit hashes, 0 for the first, by open addressing.
struct HashTable: Sendable {
    private var keys: [UInt64]
    private var numbers: [Int32]
    private var mask: Int
    private(set) var count = 0

    init(capacity: Int = 64) {
        var size = 64
        while size < 2 * capacity { size *= 2 }
        keys = Array(repeating: 0, count: size)
        numbers = Array(repeating: -1, count: size)
        mask = size - 1
    }

    /// The number of a hash; `nil` for one that was not inserted.
    @inline(__always)
    func number(of hash: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
        while numbers[slot] >= 0 {
            if keys[slot] == hash { return Int(numbers[slot]) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The number of a hash, a fresh one if it is new.
    @inline(__always)
    mutating func insert(_ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
        while numbers[slot] >= 0 {
            if keys[slot] == hash { return Int(numbers[slot]) }
            slot = (slot + 1) & mask
        }
        keys[slot] = hash
        numbers[slot] = Int32(count)
        count += 1
        if 2 * count > mask { grow() }
        return count - 1
    }

    /// Gives every hash another number.
    ///
    /// - Parameter newNumbers: by the numbers so far.
    mutating func renumber(_ newNumbers: [Int32]) {
        for slot in numbers.indices where numbers[slot] >= 0 {
            numbers[slot] = newNumbers[Int(numbers[slot])]
        }
    }

    private mutating func grow() {
        let old = (keys, numbers)
        let size = 2 * (mask + 1)
        keys = Array(repeating: 0, count: size)
        numbers = Array(repeating: -1, count: size)
        mask = size - 1
        for (key, number) in zip(old.0, old.1) where number >= 0 {
            var slot = Int(truncatingIfNeeded: key ^ key >> 32) & mask
            while numbers[slot] >= 0 { slot = (slot + 1) & mask }
            keys[slot] = key
            numbers[slot] = number
        }
    }
}
