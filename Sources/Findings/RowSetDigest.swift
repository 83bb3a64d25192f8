import CText

/// A digest of a set of rows that does not depend on their order: the sum modulo 2^128 of each row's 128-bit
/// XXH3 over its id (16 bytes, lowest first) and its shard's name.
///
/// It tells accidents apart, not forgeries.
package struct RowSetDigest: Sendable, Equatable {
    private var sum: UInt128 = 0
    package private(set) var rowCount = 0
    private var message: [UInt8] = []

    package init() {}

    /// A digest that was written earlier, to add rows to; `nil` for anything but 32 hexadecimal digits.
    package init?(hexadecimal: String, rowCount: Int) {
        let digits = Array(hexadecimal.utf8)
        guard let sum = digits.withUnsafeBytes({ UInt128(hexadecimal: $0) }) else { return nil }
        self.sum = sum
        self.rowCount = rowCount
    }

    /// - Parameter shard: the shard's name in UTF-8.
    /// - Complexity: O(bytes of the name).
    package mutating func add(shard: UnsafeRawBufferPointer, id: UInt128) {
        message.removeAll(keepingCapacity: true)
        withUnsafeBytes(of: id.littleEndian) { message.append(contentsOf: $0) }
        message.append(contentsOf: shard)
        let hash = message.withUnsafeBytes { ctext_xxh3_128($0.baseAddress, $0.count) }
        sum &+= UInt128(hash.high) << 64 | UInt128(hash.low)
        rowCount += 1
    }

    /// Takes a row out that was added.
    package mutating func remove(shard: String, id: UInt128) {
        var one = RowSetDigest()
        one.add(shard: shard, id: id)
        sum &-= one.sum
        rowCount -= 1
    }

    package mutating func add(shard: String, id: UInt128) {
        var shard = shard
        shard.withUTF8 { add(shard: UnsafeRawBufferPointer($0), id: id) }
    }

    /// Adds the rows of another, disjoint part of the set.
    package mutating func merge(_ other: RowSetDigest) {
        sum &+= other.sum
        rowCount += other.rowCount
    }

    /// 32 hexadecimal digits, the highest first.
    package var hexadecimal: String { sum.hexadecimal }

    package static func == (left: Self, right: Self) -> Bool {
        left.sum == right.sum && left.rowCount == right.rowCount
    }
}

extension UInt128 {
    /// 32 lower-case hexadecimal digits, the highest first.
    package var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }

    /// A row's id from 32 hexadecimal digits; `nil` for anything else.
    package init?(hexadecimal: UnsafeRawBufferPointer) {
        guard hexadecimal.count == 32 else { return nil }
        self = 0
        for byte in hexadecimal {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = self << 4 | UInt128(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                self = self << 4 | UInt128(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
    }
}
