import CText
import Corpus
import Glibc

/// 128 bits of XXH3.
package struct Hash128: Sendable, Hashable, Comparable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64 = 0, low: UInt64 = 0) {
        self.high = high
        self.low = low
    }

    init(_ hash: ctext_hash128) { self.init(high: hash.high, low: hash.low) }

    package static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// 32 hexadecimal digits.
    package var hexadecimal: String {
        func padded(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return padded(high) + padded(low)
    }

    /// The hash of some bytes.
    package init(of bytes: UnsafeRawBufferPointer) {
        self.init(ctext_xxh3_128(bytes.baseAddress, bytes.count))
    }
}
