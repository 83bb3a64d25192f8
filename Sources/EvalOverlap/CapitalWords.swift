import CText
import TextForms

/// Which words of an unfolded text begin with an ASCII capital.
enum CapitalWords {
    /// - Parameter count: words that were found in the folded text; where it is another number, none has a capital.
    /// - Complexity: O(bytes).
    static func flags(of text: UnsafeRawBufferPointer, count: Int) -> [Bool] {
        guard let base = text.assumingMemoryBound(to: UInt8.self).baseAddress else {
            return Array(repeating: false, count: count)
        }
        var flags: [Bool] = []
        var isInside = false
        var at = 0
        while at < text.count {
            let point = ctext_decode(base, at, text.count)
            let isMember = WordCharacters.term.isWord(point.value)
            let isAlone = point.value >= 0x80 && WordCharacters.unspaced.isWord(point.value)
            if isAlone || (isMember && !isInside) {
                flags.append(point.value >= 0x41 && point.value <= 0x5A)
            }
            isInside = isMember && !isAlone
            at += Int(point.length)
        }
        return flags.count == count ? flags : Array(repeating: false, count: count)
    }
}
