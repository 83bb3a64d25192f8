import Corpus

/// Finds the features of single rows with their places: for examples, and to tell what one row has.
package final class FeatureWitness {
    /// A feature in a turn.
    package struct Hit: Sendable, Equatable {
        package var feature: String
        package var role: ProfileRole
        /// The turn's number in the row.
        package var turn: Int
        /// Bytes of the turn that a pattern was found in; `nil` for what marks and characters tell.
        package var range: Range<Int>?
    }

    private let catalogue: FeatureCatalogue
    private let turns: WordTurns
    private let features: FeatureReader
    /// The bytes of the words of a turn.
    private var words: [Range<Int>] = []

    /// - Throws: `TextFormsError`.
    package init(_ catalogue: FeatureCatalogue, _ knowledge: SpellingKnowledge?) throws {
        self.catalogue = catalogue
        turns = try WordTurns()
        features = try FeatureReader(catalogue, knowledge, keepsSpans: true)
    }

    /// What the row's turns have, in their order: of each feature of a turn the first place.
    ///
    /// - Complexity: O(bytes).
    package func read(_ row: RowText) -> [Hit] {
        row.turns.enumerated().flatMap { number, turn in
            hits(row.bytes(of: turn), ProfileRole(turn), number)
        }
    }

    private func hits(_ bytes: UnsafeRawBufferPointer, _ role: ProfileRole, _ number: Int) -> [Hit] {
        guard turns.begin(bytes, role: role) else { return [] }
        features.begin(role)
        words.removeAll(keepingCapacity: true)
        while turns.next(bytes) {
            features.take(turns.words, technical: turns.technicalCount, bytes, turns.reader)
            for word in turns.words { words.append(Int(word.start)..<Int(word.end)) }
        }
        features.end(bytes)
        var places: [Int: Range<Int>] = [:]
        for span in features.spans where places[span.feature] == nil {
            places[span.feature] = words[span.start].lowerBound..<words[span.end - 1].upperBound
        }
        var hits: [Hit] = []
        features.found.forEachFeature { feature in
            hits.append(
                Hit(
                    feature: catalogue.features[feature].id, role: role, turn: number,
                    range: places[feature]))
        }
        return hits
    }
}
