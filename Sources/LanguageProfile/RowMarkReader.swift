import CText
import TextForms

/// The features of one text and its words that no list knows, for another detector; one per thread.
package final class RowMarkReader {
    private let turns: WordTurns
    private let reader: FeatureReader
    private let knowledge: SpellingKnowledge
    private let catalogue: FeatureCatalogue
    /// The last word met in each place, by its hash; the lowest bit says whether it is known.
    private var known = [UInt64](repeating: 0, count: RowMarkReader.cacheSize)

    private static let cacheSize = 1 << 14

    /// - Throws: `TextFormsError`.
    package init(_ knowledge: SpellingKnowledge, _ catalogue: FeatureCatalogue) throws {
        turns = try WordTurns()
        reader = try FeatureReader(catalogue, knowledge)
        self.knowledge = knowledge
        self.catalogue = catalogue
    }

    /// By the bits of `Marks.found`.
    package var names: [String] { catalogue.features.map(\.id) }

    package struct Marks {
        package var found: UInt128 = 0
        /// Words in small letters that a spelling check can judge.
        package var judged = 0
        package var unknown = 0
    }

    /// Reads a text as a user's turn.
    ///
    /// - Complexity: O(bytes).
    package func read(_ text: UnsafeRawBufferPointer) -> Marks {
        var marks = Marks()
        guard turns.begin(text, role: .user) else { return marks }
        reader.begin(.user)
        while turns.next(text) {
            reader.take(turns.words, technical: turns.technicalCount, text, turns.reader)
            // Of words with capitals too many are names.
            for token in turns.tokens
            where token.letter_case == UInt8(CTEXT_CASE_LOWER) && !token.is_compound {
                marks.judged += 1
                if !isKnown(token, text) { marks.unknown += 1 }
            }
        }
        reader.end(text)
        marks.found = reader.found
        return marks
    }

    private func isKnown(_ token: WordTurns.Token, _ text: UnsafeRawBufferPointer) -> Bool {
        let slot = Int(truncatingIfNeeded: token.hash) & (Self.cacheSize - 1)
        if known[slot] | 1 == token.hash | 1, known[slot] != 0 { return known[slot] & 1 == 1 }
        let state = turns.withKey(token, text) { key, folds in
            guard folds else { return knowledge.state(of: key) }
            return key.map { $0 | 0x20 }.withUnsafeBytes { knowledge.state(of: $0) }
        }
        let isKnown = state == .known || state == .foreign
        known[slot] = isKnown ? token.hash | 1 : token.hash & ~1
        return isKnown
    }
}
