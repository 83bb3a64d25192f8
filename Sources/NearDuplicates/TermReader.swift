import CText
import Corpus
import TextForms

/// Reads the terms of a row: words without digits, and pairs of neighbouring words, of the compared text.
final class TermReader {
    private let on: ComparedSides
    private let normalizer: TextNormalizer
    private let tokenizer: TermTokenizer
    private let form = ByteBuffer()
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

    private func emit(_ conversation: UInt32, _ body: (UInt64, UInt32) -> Void) {
        let bytes = form.bytes
        guard let base = bytes.baseAddress else { return }
        var previous: UInt64 = 0
        var previousRange: Range<Int32> = 0..<0
        for range in words {
            let start = Int(range.lowerBound)
            let count = Int(range.upperBound) - start
            guard count <= 64, !hasDigit(bytes, start, count) else {
                previous = 0
                continue
            }
            let hash = ctext_xxh3_64(base + start, count, 0) | 1
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

    @inline(__always)
    private func hasDigit(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Bool {
        for at in start..<start + count where bytes[at] &- 0x30 < 10 { return true }
        return false
    }
}
