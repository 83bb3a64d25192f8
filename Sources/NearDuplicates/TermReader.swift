import CText
import Corpus
import TextForms

/// Reads the terms of a row: words without digits, and pairs of neighbouring words, of the compared text; the
/// frequent words of a language (`the`, `is`) are no terms and part no pair. One for each thread.
final class TermReader {
    private let on: ComparedSides
    private let normalizer: TextNormalizer
    private let tokenizer: TermTokenizer
    private let form = ByteBuffer()
    private var words = UnsafeBufferPointer<ctext_word_range>(start: nil, count: 0)
    private var terms = UnsafeMutableBufferPointer<ctext_term>.allocate(capacity: 1024)
    private let hashes = HashBuffer()
    private let parts = HashBuffer()

    init(configuration: DedupConfiguration) throws {
        on = configuration.on
        normalizer = try TextNormalizer()
        tokenizer = try TermTokenizer()
    }

    deinit { terms.deallocate() }

    /// The text of a term that `read` is calling back with.
    func text(of term: ctext_term) -> String {
        let first = text(words[Int(term.first)])
        return term.second < 0 ? first : first + " " + text(words[Int(term.second)])
    }

    private func text(_ range: ctext_word_range) -> String {
        String(decoding: form.bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
    }

    /// Calls `body` with the terms of each turn, in order and with repeats; their hashes are never 0.
    ///
    /// - Parameter wanted: where given, terms whose bit is not set are left out.
    /// - Complexity: O(bytes of the row).
    func read(_ text: RowText, wanted: TermBits? = nil, _ body: (UnsafeBufferPointer<ctext_term>) -> Void) {
        for turn in text.turns where on.side(of: turn.role) != nil {
            findWords(of: text.bytes(of: turn))
            let found = FrequentWords.shared.withFilter(wanted) { filter in
                ctext_terms(
                    form.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), words.baseAddress,
                    words.count,
                    &filter, hashes.start, terms.baseAddress)
            }
            if found > 0 { body(UnsafeBufferPointer(rebasing: terms[..<found])) }
        }
    }

    /// Calls `body` with the words of the terms of each turn, as `ctext_term_words` has them.
    ///
    /// - Complexity: O(bytes of the row).
    func readWords(_ text: RowText, _ body: (UnsafeBufferPointer<UInt64>) -> Void) {
        for turn in text.turns where on.side(of: turn.role) != nil {
            findWords(of: text.bytes(of: turn))
            parts.removeAll()
            parts.shrink(toCapacity: 2 * max(words.count, Self.keptWords) + 1)
            parts.reserve(2 * words.count + 1)
            FrequentWords.shared.withFilter(nil) { filter in
                parts.fill {
                    ctext_term_words(
                        form.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), words.baseAddress,
                        words.count, &filter, hashes.start, $0)
                }
            }
            if parts.count > 0 { body(parts.hashes) }
        }
    }

    /// Fills `form` and `words`, and makes room for as many hashes and terms.
    private func findWords(of turn: UnsafeRawBufferPointer) {
        form.removeAll()
        normalizer.appendNormalForm(of: turn, to: form)
        form.reserve(8)  // the kernel reads words by eight bytes
        words = tokenizer.words(of: form.bytes)
        reserve(words.count)
    }

    /// Words whose room is kept from turn to turn.
    private static let keptWords = 1 << 16

    /// Makes room for the terms of so many words, and gives back that of a huge turn.
    private func reserve(_ count: Int) {
        let isHuge = terms.count > 3 * Self.keptWords + 2 && count <= Self.keptWords
        if isHuge || terms.count < 2 * count + 2 {
            terms.deallocate()
            terms = .allocate(capacity: 3 * max(count, 256) + 2)
        }
        hashes.shrink(toCapacity: max(count, Self.keptWords))
        hashes.reserve(count)
    }

    /// A hash of the row's conversation, never 0; a row without one is its own.
    static func conversation(of record: RowRecord, row: Int) -> UInt32 {
        let named = UInt32(truncatingIfNeeded: record.header.conversationHash)
        return (named == 0 ? UInt32(truncatingIfNeeded: ctext_mix64(UInt64(row) &+ 1)) : named) | 1
    }
}
