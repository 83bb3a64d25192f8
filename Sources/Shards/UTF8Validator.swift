import CJSON

/// UTF-8 as Unicode's table 3-7 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
package enum UTF8Validator {
    /// Whether all bytes are valid UTF-8.
    ///
    /// - Complexity: O(bytes), vectorised.
    package static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        return cjson_validate_utf8(base.assumingMemoryBound(to: UInt8.self), bytes.count) == 1
    }

    /// The offset of the first byte that no valid sequence begins with; `nil` where all are valid.
    ///
    /// - Complexity: O(bytes); the slow, plain reading that `isValid` is held against.
    package static func firstInvalidOffset(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var at = 0
        while at < bytes.count {
            let length = sequenceLength(bytes, at: at)
            if length == 0 { return at }
            at += length
        }
        return nil
    }

    /// The length of the valid sequence that begins at `at`; 0 where none does.
    static func sequenceLength<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes, at: Int) -> Int
    where Bytes.Index == Int {
        let first = bytes[at]
        if first < 0x80 { return 1 }
        func continues(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
            at + offset < bytes.endIndex && bytes[at + offset] >= low && bytes[at + offset] <= high
        }
        switch first {
        case 0xC2...0xDF: return continues(1) ? 2 : 0
        case 0xE0...0xEF:
            let low: UInt8 = first == 0xE0 ? 0xA0 : 0x80
            let high: UInt8 = first == 0xED ? 0x9F : 0xBF
            return continues(1, low, high) && continues(2) ? 3 : 0
        case 0xF0...0xF4:
            let low: UInt8 = first == 0xF0 ? 0x90 : 0x80
            let high: UInt8 = first == 0xF4 ? 0x8F : 0xBF
            return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }
}
