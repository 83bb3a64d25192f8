import CText
import Findings
import TextForms

/// Finds what recurs in the words of assistants and of plain text; one per thread.
///
/// A phrase is a maximal run of words of one sentence every four of which recur, four to eight words long (of a longer
/// run the first eight). Words with digits and technical words end a run.
package final class PhraseReader {
    /// What is counted of a phrase.
    package struct Phrase: Sendable {
        package var text: String
        /// Rows that have it; each row once.
        package var rows = 0
        /// Turns that begin, or end, with it.
        package var openers = 0
        package var closers = 0
        package var turns = 0
        package var authors: Set<UInt64> = []
        package var first = FeatureTallies.Place(shard: .max, ordinal: .max)

        mutating func merge(_ other: Phrase) {
            rows += other.rows
            openers += other.openers
            closers += other.closers
            turns += other.turns
            authors.formUnion(other.authors)
            first = min(first, other.first)
        }
    }

    private struct Word {
        var hash: UInt64
        var start: UInt32
        var end: UInt32
        /// Its number in the turn.
        var number: Int32
    }

    /// What a row has of a phrase.
    private struct Seen {
        var openers = 0
        var closers = 0
        var turns = 0
        var text: String
    }

    private struct Find {
        var key: UInt64
        var isOpener: Bool
        var end: Int32
        var text: String
    }

    /// Of `PhraseSketch`.
    private let filter: [UInt64]
    private var sentence: [Word] = []
    private var wordCount: Int32 = 0
    private var finds: [Find] = []
    private var turnStart = 0
    private var rowKeys: [UInt64: Seen] = [:]
    package private(set) var phrases: [UInt64: Phrase] = [:]

    static let longest = 8
    private static let reach: Int32 = 2

    /// - Parameter least: rows from which something recurs.
    package init(_ sketch: PhraseSketch, least: Int) {
        filter = sketch.filter(least: least)
    }

    func beginRow() {
        if !rowKeys.isEmpty { rowKeys.removeAll(keepingCapacity: true) }
    }

    func beginTurn() {
        sentence.removeAll(keepingCapacity: true)
        wordCount = 0
        finds.removeAll(keepingCapacity: true)
    }

    func take(_ words: UnsafeBufferPointer<LexicalReader.Word>, _ bytes: UnsafeRawBufferPointer) {
        if sentence.isEmpty,
            !filter.withUnsafeBufferPointer({
                ctext_phrases_any(words.baseAddress, words.count, WordTurns.leftOut, $0.baseAddress)
            })
        {
            passOver(words)
            return
        }
        for word in words {
            if word.flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0 { endSentence(bytes) }
            if word.flags & WordTurns.leftOut != 0 {
                endSentence(bytes)
            } else {
                sentence.append(Word(hash: word.hash, start: word.start, end: word.end, number: wordCount))
            }
            wordCount += 1
        }
    }

    /// Takes words of which no phrase recurs: a sentence may end in the next ones, and its last words are kept.
    private func passOver(_ words: UnsafeBufferPointer<LexicalReader.Word>) {
        var first = words.count
        while first > 0, words.count - first < PhraseSketch.length - 1 {
            let flags = words[first - 1].flags
            if flags & WordTurns.leftOut != 0 { break }
            first -= 1
            if flags & UInt32(CTEXT_LEXICAL_SENTENCE_START) != 0 { break }
        }
        for at in first..<words.count {
            let word = words[at]
            sentence.append(
                Word(hash: word.hash, start: word.start, end: word.end, number: wordCount + Int32(at)))
        }
        wordCount += Int32(words.count)
    }

    private func recurs(_ first: Int) -> Bool {
        let hash = sentence.withUnsafeBytes { words in
            ctext_phrase_hash(
                words.baseAddress?.advanced(by: first * MemoryLayout<Word>.stride)
                    .assumingMemoryBound(to: UInt64.self), MemoryLayout<Word>.stride)
        }
        let place = Int(hash >> (64 - UInt64(CTEXT_PHRASE_BITS)))
        return filter[place >> 6] >> UInt64(place & 63) & 1 == 1
    }

    private func endSentence(_ bytes: UnsafeRawBufferPointer) {
        let length = PhraseSketch.length
        if sentence.count >= length {
            var runStart = -1
            for at in 0...(sentence.count - length) {
                if recurs(at) {
                    if runStart < 0 { runStart = at }
                } else if runStart >= 0 {
                    note(runStart, at - 1 + length, bytes)
                    runStart = -1
                }
            }
            if runStart >= 0 { note(runStart, sentence.count, bytes) }
        }
        sentence.removeAll(keepingCapacity: true)
    }

    private func note(_ start: Int, _ runEnd: Int, _ bytes: UnsafeRawBufferPointer) {
        let end = min(runEnd, start + Self.longest)
        var key: UInt64 = UInt64(end - start)
        for at in start..<end { key = ctext_mix64(key &* 31 &+ sentence[at].hash) }
        var text = ""
        if phrases[key] == nil {
            text = sentence[start..<end].map { word in
                String(decoding: LexicalReader.key(of: bytes[Int(word.start)..<Int(word.end)]), as: UTF8.self)
            }.joined(separator: " ")
        }
        finds.append(
            Find(
                key: key, isOpener: sentence[start].number < Self.reach, end: sentence[runEnd - 1].number,
                text: text))
    }

    func endTurn(_ bytes: UnsafeRawBufferPointer) {
        endSentence(bytes)
        for find in finds {
            var seen = rowKeys[find.key] ?? Seen(text: find.text)
            if find.isOpener { seen.openers += 1 }
            if wordCount - find.end <= Self.reach { seen.closers += 1 }
            seen.turns += 1
            rowKeys[find.key] = seen
        }
    }

    func endRow(author: UInt64?, _ place: FeatureTallies.Place) {
        if rowKeys.isEmpty { return }
        for (key, seen) in rowKeys {
            // In place: a copy would copy the authors.
            Self.count(seen, author, place, in: &phrases[key, default: Phrase(text: seen.text)])
        }
    }

    private static func count(
        _ seen: Seen, _ author: UInt64?, _ place: FeatureTallies.Place, in phrase: inout Phrase
    ) {
        phrase.rows += 1
        phrase.openers += seen.openers
        phrase.closers += seen.closers
        phrase.turns += seen.turns
        if let author { phrase.authors.insert(author) }
        phrase.first = min(phrase.first, place)
    }

    /// The phrases that recur, the commonest first; what stands in a longer phrase in nearly all of its rows is left
    /// out.
    package static func report(
        _ readers: [PhraseReader], least: Int, shardNames: [String], hasAuthors: Bool
    ) -> [LanguageProfileFigures.Phrase] {
        var all: [UInt64: Phrase] = [:]
        for reader in readers {
            all.merge(reader.phrases) { first, second in
                var sum = first
                sum.merge(second)
                return sum
            }
        }
        let ordered = all.values.filter { $0.rows >= least }
            .sorted { $0.rows != $1.rows ? $0.rows > $1.rows : $0.text < $1.text }
        var kept: [Phrase] = []
        for phrase in ordered.prefix(2000) {
            let isPart = ordered.prefix(2000).contains { other in
                other.text.utf8.count > phrase.text.utf8.count && other.rows * 5 >= phrase.rows * 4
                    && " \(other.text) ".contains(" \(phrase.text) ")
            }
            if !isPart { kept.append(phrase) }
            if kept.count == LanguageProfileFigures.phrasesListed { break }
        }
        return kept.map { phrase in
            var figures = LanguageProfileFigures.Phrase()
            figures.text = phrase.text
            figures.rows = phrase.rows
            figures.position =
                phrase.openers * 5 >= phrase.turns * 4
                ? "opener" : phrase.closers * 5 >= phrase.turns * 4 ? "closer" : "any"
            figures.authors = hasAuthors ? phrase.authors.count : nil
            figures.first.shard = shardNames[phrase.first.shard]
            figures.first.ordinal = phrase.first.ordinal
            return figures
        }
    }
}
