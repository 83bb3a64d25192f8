/// The slices that one row lies in, as bytes: for each value a dimension (16 bits), a length (16 bits) and the
/// value's UTF-8, cut at 200 bytes. Equal sets of equal order have equal bytes, so that sets can be interned.
package enum SliceSet {
    /// Bytes of a value beyond which it is cut.
    package static let maximumValueBytes = 200

    package static func append(dimension: Int, value: [UInt8], to bytes: inout [UInt8]) {
        var length = min(value.count, maximumValueBytes)
        if length < value.count {
            // Not inside a code point.
            while length > 0, value[length] & 0xC0 == 0x80 { length -= 1 }
        }
        bytes.append(UInt8(truncatingIfNeeded: dimension))
        bytes.append(UInt8(truncatingIfNeeded: dimension >> 8))
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes.append(UInt8(truncatingIfNeeded: length >> 8))
        value.withUnsafeBytes { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<length])) }
    }

    /// The values in order.
    package static func values(of bytes: [UInt8]) -> [(dimension: Int, value: String)] {
        var values: [(Int, String)] = []
        var at = 0
        while at + 4 <= bytes.count {
            let dimension = Int(bytes[at]) | Int(bytes[at + 1]) << 8
            let length = Int(bytes[at + 2]) | Int(bytes[at + 3]) << 8
            at += 4
            values.append(
                (dimension, String(decoding: bytes[at..<min(at + length, bytes.count)], as: UTF8.self)))
            at += length
        }
        return values
    }
}
