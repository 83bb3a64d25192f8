import CText
import TextForms

/// The words that a model learns, of a random sample of rows, in which recurrent phrases are looked for; of one
/// thread, or of all once they are merged.
///
/// Rows are kept whose number (a hash of shard and ordinal) lies under a limit, which is halved until the sample fits:
/// it hangs on the rows alone. What recurs in one row in five hundred stands in some twenty rows of a full sample.
package struct PhraseSample: Sendable {
    /// A row's part of `words`.
    struct Row: Sendable {
        var number: UInt64
        var range: Range<Int>
    }

    /// Hashes of words in their order; 0 ends a sentence, a turn, or a run of words that can be judged.
    private(set) var words: [UInt64] = []
    private(set) var rows: [Row] = []
    private var halvings: UInt64 = 0
    private var start: Int?

    /// Chosen: 8 MB a thread, and a tenth of a second to look through.
    static let mostWords = 1_000_000
    static let mostRows = 20_000
    /// Words of a row beyond these are not looked at.
    static let mostWordsOfRow = 8_192

    package init() {}

    var isSample: Bool { halvings > 0 }

    private func isKept(_ number: UInt64) -> Bool { halvings == 0 || number >> (64 - halvings) == 0 }

    /// Begins a row; `false` where it is not of the sample.
    mutating func begin(_ number: UInt64) -> Bool {
        guard isKept(number) else { return false }
        start = words.count
        rows.append(Row(number: number, range: words.count..<words.count))
        return true
    }

    /// Takes the next words of a turn of the row that was begun.
    mutating func take(_ batch: UnsafeBufferPointer<LexicalReader.Word>) {
        guard let start, words.count - start < Self.mostWordsOfRow else { return }
        for word in batch {
            if word.flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0 { words.append(0) }
            words.append(word.flags & WordTurns.leftOut != 0 ? 0 : ctext_trace_identity(word.hash))
        }
    }

    mutating func endTurn() { words.append(0) }

    mutating func endRow() {
        guard let start else { return }
        words.append(0)
        rows[rows.count - 1].range = start..<words.count
        self.start = nil
        while isTooLarge { halve() }
    }

    private var isTooLarge: Bool {
        halvings < 63 && (rows.count > Self.mostRows || words.count > Self.mostWords)
    }

    private mutating func halve() {
        halvings += 1
        let all = self
        words.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        take(all)
    }

    private mutating func take(_ other: PhraseSample) {
        for row in other.rows where isKept(row.number) {
            let first = words.count
            words += other.words[row.range]
            rows.append(Row(number: row.number, range: first..<words.count))
        }
    }

    package mutating func merge(_ other: PhraseSample) {
        while halvings < other.halvings { halve() }
        take(other)
        while isTooLarge { halve() }
    }

    /// The part of all rows that the sample is.
    var share: Double { 1 / Double(UInt64(1) << halvings) }
}
