import CText

/// Counts the phrases of a catalogue in the traces of assistants' words and of plain text; one per thread.
///
/// Words with digits and technical words end a phrase.
final class PhraseReader {
    private struct Find {
        var phrase: Int
        var isOpener: Bool
        /// The number of the word behind it.
        var end: Int
    }

    private let catalogue: PhraseCatalogue
    private var words: [UInt64] = []
    private var finds: [Find] = []
    private var ofRow: [Int: (openers: Int, closers: Int, turns: Int, first: Int)] = [:]
    /// By the phrase's number in the catalogue.
    private(set) var tallies: [PhraseTally]

    /// Words at the beginning of a turn in which an opener begins, and at its end in which a closer ends.
    private static let reach = 2

    init(_ catalogue: PhraseCatalogue) {
        self.catalogue = catalogue
        tallies = Array(repeating: PhraseTally(), count: catalogue.phrases.count)
    }

    func beginRow() {
        if !ofRow.isEmpty { ofRow.removeAll(keepingCapacity: true) }
    }

    func beginTurn() {
        if !finds.isEmpty { finds.removeAll(keepingCapacity: true) }
    }

    /// Notes the phrases that begin at a word.
    ///
    /// - Parameter number: the word's number in the turn.
    func look(_ trace: UnsafeBufferPointer<UInt64>, _ start: Int, number: Int32) {
        var at = start
        guard let first = Self.word(trace, &at), let second = Self.word(trace, &at),
            let third = Self.word(trace, &at),
            let choices = catalogue.phrases(beginning: PhraseCatalogue.hash(first, second, third))
        else { return }
        words.removeAll(keepingCapacity: true)
        words += [first, second, third]
        while words.count < PhraseCatalogue.longest, let next = Self.word(trace, &at) { words.append(next) }
        for phrase in choices where words.starts(with: catalogue.phrases[phrase]) {
            finds.append(
                Find(
                    phrase: phrase, isOpener: Int(number) < Self.reach,
                    end: Int(number) + catalogue.phrases[phrase].count))
        }
    }

    /// The next word of the sentence, from a place on, which moves behind it; `nil` at the sentence's end.
    @inline(__always)
    private static func word(_ trace: UnsafeBufferPointer<UInt64>, _ at: inout Int) -> UInt64? {
        while at < trace.count {
            let own = trace[at]
            at &+= 1
            if own == UInt64(CTEXT_TRACE_BREAK) || own == UInt64(CTEXT_TRACE_LEFT_OUT) { return nil }
            if own > UInt64(CTEXT_TRACE_FLAGS), own & UInt64(CTEXT_TRACE_WORD) != 0 {
                return ctext_trace_identity(own)
            }
        }
        return nil
    }

    /// - Parameters:
    ///   - number: of the turn in its row.
    ///   - words: of the whole turn.
    func endTurn(_ number: Int, words: Int) {
        for (place, find) in finds.enumerated() {
            // A turn that says it twice has it once; where it stands first or last decides.
            let again = finds[..<place].contains { $0.phrase == find.phrase }
            var seen = ofRow[find.phrase] ?? (0, 0, 0, number)
            if find.isOpener { seen.openers += 1 }
            if words - find.end <= Self.reach { seen.closers += 1 }
            if !again { seen.turns += 1 }
            ofRow[find.phrase] = seen
        }
    }

    /// - Parameter number: the row's place in a random order of all rows.
    func endRow(author: UInt64?, _ place: FeatureTallies.Place, number: UInt64) {
        for (phrase, seen) in ofRow {
            tallies[phrase].add(
                openers: seen.openers, closers: seen.closers, turns: seen.turns, author: author,
                first: .turn(seen.first, of: place), number: number)
        }
    }
}
