import CText

extension UnsafeRawBufferPointer {
    /// The first place of some bytes; `nil` where there is none.
    ///
    /// - Complexity: O(bytes).
    package func firstOffset(of part: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let own = baseAddress else { return nil }
        let place = ctext_find(own.assumingMemoryBound(to: UInt8.self), count, part.baseAddress, part.count)
        return place < count ? place : nil
    }

    package func firstOffset(of part: StaticString) -> Int? {
        part.withUTF8Buffer { firstOffset(of: $0) }
    }
}
