import CText
import TextForms

/// Upper bounds of how often each four words follow one another in what a model learns; of one thread, or of all once
/// they are merged.
///
/// One row of counters of a byte (16 MiB), saturating: a bound is never below the true number, and no order of merging
/// changes it. What shares a counter with something frequent is counted exactly, and dropped, in the second pass.
package struct PhraseSketch: Sendable {
    private var counters: [UInt8]

    /// Words of a phrase from which it is looked for.
    static let length = Int(CTEXT_PHRASE_LENGTH)

    package init() { counters = Array(repeating: 0, count: 1 << Int(CTEXT_PHRASE_BITS)) }

    /// Counts each ``length`` words of one sentence; those at the border of two batches are not seen.
    ///
    /// - Complexity: O(words).
    mutating func add(_ words: UnsafeBufferPointer<LexicalReader.Word>) {
        counters.withUnsafeMutableBufferPointer {
            ctext_phrases_count(words.baseAddress, words.count, WordTurns.leftOut, $0.baseAddress)
        }
    }

    /// A bit for each counter that has come to `least`, which is at most 255.
    func filter(least: Int) -> [UInt64] {
        counters.withUnsafeBufferPointer { counters in
            [UInt64](unsafeUninitializedCapacity: counters.count / 64) { filter, count in
                ctext_phrases_filter(
                    counters.baseAddress, UInt8(clamping: least), filter.baseAddress)
                count = counters.count / 64
            }
        }
    }

    package mutating func merge(_ other: PhraseSketch) {
        counters.withUnsafeMutableBufferPointer { own in
            other.counters.withUnsafeBufferPointer { ctext_phrases_add(own.baseAddress, $0.baseAddress) }
        }
    }
}
