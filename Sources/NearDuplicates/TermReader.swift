import CText
import Corpus
import TextForms

/// Reads the terms of a row: words without digits, and pairs of neighbouring words, of the compared text; the
/// frequent words of a language (`the`, `is`) are no terms and part no pair.
final class TermReader {
    private let on: ComparedSides
    private let normalizer: TextNormalizer
    private let tokenizer: TermTokenizer
    private let form = ByteBuffer()
    private let frequent = FrequentWords.shared
    private var words: [Range<Int32>] = []
    private var buffer = ReadBuffer()
    private var current: (first: Range<Int32>, second: Range<Int32>?) = (0..<0, nil)

    init(configuration: DedupConfiguration) throws {
        on = configuration.on
        normalizer = try TextNormalizer()
        tokenizer = try TermTokenizer()
    }

    /// The text of the term that `body` is being called with.
    var currentTerm: String {
        let first = text(current.first)
        return current.second.map { first + " " + text($0) } ?? first
    }

    private func text(_ range: Range<Int32>) -> String {
        String(decoding: form.bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
    }

    /// Calls `body` with the hash of each term, never 0, and a hash of the row's conversation, never 0.
    func read(_ table: RowTable, _ row: Int, _ body: (UInt64, UInt32) -> Void) throws {
        let record = try table.record(row, buffer: &buffer)
        var conversation = UInt32(truncatingIfNeeded: record.header.conversationHash)
        if conversation == 0 { conversation = UInt32(truncatingIfNeeded: ctext_mix64(UInt64(row) &+ 1)) }
        conversation |= 1
        for turn in record.text.turns where on.side(of: turn.role) != nil {
            form.removeAll()
            normalizer.appendNormalForm(of: record.text.bytes(of: turn), to: form)
            words.removeAll(keepingCapacity: true)
            tokenizer.words(of: form.bytes, into: &words)
            emit(conversation, body)
        }
    }

    @inline(__always)
    private func emit(_ conversation: UInt32, _ body: (UInt64, UInt32) -> Void) {
        guard let base = form.bytes.baseAddress else { return }
        var previous: UInt64 = 0
        var previousRange: Range<Int32> = 0..<0
        for range in words {
            let start = Int(range.lowerBound)
            let count = Int(range.upperBound) - start
            let hash = Self.hash(base + start, count)
            if hash == 0 || frequent.contains(hash) {
                previous = 0
                continue
            }
            current = (range, nil)
            body(hash, conversation)
            if previous != 0, start - Int(previousRange.upperBound) <= 2 {
                current = (previousRange, range)
                body(ctext_mix64(previous &* 31 &+ hash) | 1, conversation)
            }
            previous = hash
            previousRange = range
        }
    }

    /// A word's hash; 0 for a word with a digit or of more than 64 bytes.
    ///
    /// - Precondition: 8 bytes are readable from `word` on, whatever its length.
    @inline(__always)
    static func hash(_ word: UnsafeRawPointer, _ count: Int) -> UInt64 {
        if count > 64 { return 0 }
        if count > 8 {
            for at in 0..<count where word.load(fromByteOffset: at, as: UInt8.self) &- 0x30 < 10 { return 0 }
            return ctext_xxh3_64(word, count, 0) | 1
        }
        let mask = count == 8 ? UInt64.max : (1 << UInt64(count * 8)) - 1
        let bytes = word.loadUnaligned(as: UInt64.self) & mask
        return hasDigit(bytes) ? 0 : ctext_mix64(bytes &+ UInt64(count) &* 0x9e37_79b9_7f4a_7c15) | 1
    }

    /// Whether one of eight bytes is an ASCII digit: the high nibble is 3 and the low one below 10.
    @inline(__always)
    private static func hasDigit(_ bytes: UInt64) -> Bool {
        let threes = (bytes & 0xF0F0_F0F0_F0F0_F0F0) ^ 0x3030_3030_3030_3030
        let isThree =
            ~(((threes & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | threes) & 0x8080_8080_8080_8080
        let isTenOrMore = ((bytes & 0x0F0F_0F0F_0F0F_0F0F) &+ 0x7676_7676_7676_7676) & 0x8080_8080_8080_8080
        return isThree & ~isTenOrMore != 0
    }
}
