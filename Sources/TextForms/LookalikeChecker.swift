import CICU

/// Skeletons of words by ICU's spoof checker (UTS #39): words that look alike have the same; for one thread.
package final class LookalikeChecker {
    private let checker: OpaquePointer
    private var target = [CChar](repeating: 0, count: 1024)

    /// - Throws: ``TextFormsError`` if ICU has no table of look-alikes.
    package init() throws {
        var status: cicu_status = 0
        guard let checker = cicu_spoof_open(&status), status <= 0 else {
            throw TextFormsError.unicodeLibrary("table of look-alikes", status: status)
        }
        self.checker = checker
    }

    deinit { cicu_spoof_close(checker) }

    /// The skeleton of a word where it is plain ASCII; `nil` for any other, and for a word of over 200 bytes.
    package func plainSkeleton(of word: UnsafeRawBufferPointer) -> [UInt8]? {
        guard word.count <= LexicalReader.longestKey else { return nil }
        var status: cicu_status = 0
        let length = cicu_skeleton(
            checker, word.assumingMemoryBound(to: CChar.self).baseAddress, Int32(word.count), &target,
            Int32(target.count), &status)
        guard status <= 0, length > 0, length <= target.count else { return nil }
        let skeleton = target[..<Int(length)].map { UInt8(bitPattern: $0) }
        return skeleton.allSatisfy { $0 < 0x80 } ? skeleton : nil
    }
}
