import Corpus
import TestSupport

@testable import NearDuplicates

/// Rows with planted groups that a dedup thins out, and the terms of each row by a plain reading.
struct TermCorpus {
    let rows: [MadeRow]
    let corpus: RowCorpus

    static var configuration: DedupConfiguration {
        var configuration = DedupConfiguration()
        configuration.keeper = .first
        configuration.sparedClasses = []
        configuration.thresholdMillionths = 600_000
        return configuration
    }

    init(seed: UInt64) {
        var maker = RowMaker(seed: seed, vocabulary: 150)
        var rows: [MadeRow] = []
        let joints = [" ", ", ", " ", " 7 ", " - ", ". "]
        func join(_ words: [String], _ maker: inout RowMaker) -> String {
            words.reduce("") { text, word in
                text.isEmpty ? word : text + joints[maker.generator.below(joints.count)] + word
            }
        }
        for _ in 0..<90 { rows.append(MadeRow(join(maker.sentence(8 + maker.generator.below(20)), &maker))) }
        for group in ["refundo", "reversalo", "loginno"] {
            for _ in 0..<3 {
                let frame = maker.text(14) + " \(group) claimus " + maker.text(6)
                for _ in 0..<2 + maker.generator.below(4) {
                    var row = MadeRow(maker.edited(frame, edits: 1 + maker.generator.below(2)))
                    if maker.generator.chance(30) { row = row.with("conversation_id", "c") }
                    rows.append(row)
                }
            }
        }
        let copies = rows.filter { _ in maker.generator.chance(10) }
        rows = rows + copies
        rows.shuffle(using: &maker.generator)
        self.rows = rows
        corpus = RowCorpus(rows)
    }

    private static let frequentWords = Set(LanguageWords.frequentWords)

    /// The distinct words and pairs of neighbouring words of a text of ASCII words; a pair has at most two
    /// characters between its words. Frequent words of a language count as words with digits do: not at all.
    static func terms(_ text: String) -> Set<String> {
        var terms = Set<String>()
        var previous: (word: String, end: Int)?
        var word = ""
        for (place, character) in (text.lowercased() + " ").enumerated() {
            if character.isLetter || character.isNumber {
                word.append(character)
                continue
            }
            if word.isEmpty { continue }
            if word.contains(where: \.isNumber) || frequentWords.contains(word) {
                previous = nil
            } else {
                terms.insert(word)
                if let previous, place - word.count - previous.end <= 2 {
                    terms.insert(previous.word + " " + word)
                }
                previous = (word, place)
            }
            word = ""
        }
        return terms
    }
}
