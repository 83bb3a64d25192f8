import CText
import TextForms

/// Counts the phrases of a catalogue in the words of assistants and of plain text; one per thread.
///
/// Words with digits and technical words end a phrase.
package final class PhraseReader {
    private struct Word {
        var hash: UInt64
        var start: UInt32
        var end: UInt32
        /// Its number in the turn.
        var number: Int32
    }

    private struct Find {
        var phrase: Int
        var isOpener: Bool
        /// The number of the word behind it.
        var end: Int32
    }

    private let catalogue: PhraseCatalogue
    private var sentence: [Word] = []
    private var wordCount: Int32 = 0
    private var finds: [Find] = []
    private var ofRow: [Int: (openers: Int, closers: Int, turns: Int)] = [:]
    /// By the phrase's number in the catalogue.
    private(set) var tallies: [PhraseTally]

    /// Words at the beginning of a turn in which an opener begins, and at its end in which a closer ends.
    private static let reach: Int32 = 2

    package init(_ catalogue: PhraseCatalogue) {
        self.catalogue = catalogue
        tallies = Array(repeating: PhraseTally(), count: catalogue.phrases.count)
    }

    func beginRow() {
        if !ofRow.isEmpty { ofRow.removeAll(keepingCapacity: true) }
    }

    func beginTurn() {
        sentence.removeAll(keepingCapacity: true)
        wordCount = 0
        finds.removeAll(keepingCapacity: true)
    }

    func take(_ words: UnsafeBufferPointer<LexicalReader.Word>, _ bytes: UnsafeRawBufferPointer) {
        guard !tallies.isEmpty else { return }
        for word in words {
            if word.flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0 { endSentence(bytes) }
            if word.flags & WordTurns.leftOut != 0 {
                endSentence(bytes)
            } else {
                sentence.append(
                    Word(hash: word.hash | 1, start: word.start, end: word.end, number: wordCount))
            }
            wordCount += 1
        }
    }

    private func endSentence(_ bytes: UnsafeRawBufferPointer) {
        if sentence.count >= PhraseCatalogue.shortest {
            for at in 0...(sentence.count - PhraseCatalogue.shortest) {
                let hash = PhraseCatalogue.hash(
                    sentence[at].hash, sentence[at + 1].hash, sentence[at + 2].hash)
                guard let choices = catalogue.phrases(beginning: hash) else { continue }
                for phrase in choices where stands(phrase, at) { note(phrase, at, bytes) }
            }
        }
        sentence.removeAll(keepingCapacity: true)
    }

    private func stands(_ phrase: Int, _ at: Int) -> Bool {
        let words = catalogue.phrases[phrase]
        guard at + words.count <= sentence.count else { return false }
        return words.indices.allSatisfy { words[$0] == sentence[at + $0].hash }
    }

    private func note(_ phrase: Int, _ at: Int, _ bytes: UnsafeRawBufferPointer) {
        let words = sentence[at..<at + catalogue.phrases[phrase].count]
        if tallies[phrase].text.isEmpty {
            tallies[phrase].text = words.map { word in
                String(decoding: LexicalReader.key(of: bytes[Int(word.start)..<Int(word.end)]), as: UTF8.self)
            }.joined(separator: " ")
        }
        finds.append(
            Find(
                phrase: phrase, isOpener: sentence[at].number < Self.reach,
                end: sentence[at].number + Int32(words.count)))
    }

    func endTurn(_ bytes: UnsafeRawBufferPointer) {
        endSentence(bytes)
        for (place, find) in finds.enumerated() {
            // A turn that says it twice has it once; where it stands first or last decides.
            let again = finds[..<place].contains { $0.phrase == find.phrase }
            var seen = ofRow[find.phrase] ?? (0, 0, 0)
            if find.isOpener { seen.openers += 1 }
            if wordCount - find.end <= Self.reach { seen.closers += 1 }
            if !again { seen.turns += 1 }
            ofRow[find.phrase] = seen
        }
    }

    /// - Parameter number: the row's place in a random order of all rows.
    func endRow(author: UInt64?, _ place: FeatureTallies.Place, number: UInt64) {
        for (phrase, seen) in ofRow {
            tallies[phrase].add(
                openers: seen.openers, closers: seen.closers, turns: seen.turns, author: author, place,
                number: number)
        }
    }
}
