import CICU
import CText

/// Sets of code points as bitmaps: those of shingle words, those of terms, and those without spaces between
/// words; made once from ICU's data.
///
/// `@unchecked Sendable`: there is no lock, since nothing changes after `init`.
package final class WordCharacters: @unchecked Sendable {
    /// Letters (L), numbers (N) and '_': shingle words are maximal runs of these.
    package static let shingle = WordCharacters { $0.isLetter || $0.isNumber }
    /// As ``shingle``, with marks (M), without which words of many scripts fall apart.
    package static let term = WordCharacters { $0.isLetter || $0.isNumber || $0.isMark }
    /// Letters.
    package static let letters = WordCharacters(underscore: false) { $0.isLetter }
    /// Upper-case and title-case letters (Lu, Lt).
    package static let capitals = WordCharacters(underscore: false) { $0.category == 1 || $0.category == 3 }
    /// Letters and marks, of which words are made.
    package static let lettersAndMarks = WordCharacters(underscore: false) { $0.isLetter || $0.isMark }
    /// Numbers (N).
    package static let numbers = WordCharacters(underscore: false) { $0.isNumber }
    /// Letters, marks and numbers of scripts that put no space between words: Thai, Lao, Khmer, Myanmar, Han,
    /// Hiragana, Katakana.
    package static let unspaced = WordCharacters.unspacedScripts()

    private let words: UnsafeMutablePointer<UInt64>

    /// The bitmap for the C kernels: bit p % 64 of word p / 64 for code point p.
    var bitmap: UnsafePointer<UInt64> { UnsafePointer(words) }

    private init(
        underscore: Bool = true, _ isMember: (CodePoints.CategoryRange) -> Bool
    ) {
        words = .allocate(capacity: CodePoints.limit / 64)
        words.initialize(repeating: 0, count: CodePoints.limit / 64)
        for range in CodePoints.categoryRanges() where isMember(range) {
            for point in range.points { insert(point) }
        }
        if underscore { insert(0x5F) }
    }

    deinit { words.deallocate() }

    private func insert(_ point: Int) { words[point >> 6] |= 1 << UInt64(point & 63) }

    /// Whether a code point belongs to words; `false` above U+10FFFF.
    package func isWord(_ point: UInt32) -> Bool {
        point < CodePoints.limit && words[Int(point >> 6)] >> UInt64(point & 63) & 1 == 1
    }

    private static func unspacedScripts() -> WordCharacters {
        let scripts = Set(
            [
                cicu_script_thai, cicu_script_lao, cicu_script_khmer, cicu_script_myanmar, cicu_script_han,
                cicu_script_hiragana, cicu_script_katakana,
            ].map { Int32($0) })
        let members = WordCharacters(underscore: false) { _ in false }
        for range in CodePoints.categoryRanges() where range.isLetter || range.isMark || range.isNumber {
            for point in range.points where scripts.contains(cicu_script(Int32(point))) {
                members.insert(point)
            }
        }
        // Common to Hiragana and Katakana: the prolonged sound mark and its halfwidth form.
        members.insert(0x30FC)
        members.insert(0xFF70)
        return members
    }
}
