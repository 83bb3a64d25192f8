import Findings

/// The phrases that recur, most repeated text first: rows times the square of words beyond two, since three words recur
/// by grammar and eight by boilerplate. Of a phrase and one that holds it, one is listed: the longer, if it has half of
/// the rows.
package struct PhraseReport {
    private let phrases: [PhraseTally]

    /// - Parameters:
    ///   - catalogue: with texts.
    ///   - readers: of all threads.
    ///   - least: rows from which a phrase recurs.
    package init(_ catalogue: PhraseCatalogue, _ readers: [TraceReader], least: Int) {
        var all = [PhraseTally](repeating: PhraseTally(), count: catalogue.phrases.count)
        for reader in readers {
            for (at, more) in reader.phraseTallies.enumerated() { all[at].merge(more) }
        }
        for at in all.indices { all[at].text = catalogue.texts[at] }
        let recurrent = all.filter { $0.rows >= least }.sorted { first, second in
            let a = Self.weight(first)
            let b = Self.weight(second)
            return a != b ? a > b : first.text < second.text
        }
        var kept: [PhraseTally] = []
        for phrase in recurrent {
            let isLeftOut = recurrent.contains { other in
                Self.holds(other, phrase) && other.rows * 2 >= phrase.rows
                    || Self.holds(phrase, other) && phrase.rows * 2 < other.rows
            }
            if !isLeftOut { kept.append(phrase) }
            if kept.count == LanguageProfileFigures.phrasesListed { break }
        }
        phrases = kept
    }

    /// Whether a phrase stands in a longer one.
    private static func holds(_ longer: PhraseTally, _ phrase: PhraseTally) -> Bool {
        longer.text.utf8.count > phrase.text.utf8.count && " \(longer.text) ".contains(" \(phrase.text) ")
    }

    private static func weight(_ phrase: PhraseTally) -> Int {
        let words = phrase.text.split(separator: " ").count - 2
        return phrase.rows * words * words
    }

    /// The turns that clusters are to be made of.
    package var parts: [EvidencePart] { phrases.flatMap(\.parts) }

    package func figures(
        _ clusters: EvidenceClusters, shardNames: [String], hasAuthors: Bool
    ) -> [LanguageProfileFigures.Phrase] {
        phrases.map { phrase in
            var figures = LanguageProfileFigures.Phrase()
            figures.text = phrase.text
            figures.rows = phrase.rows
            figures.position =
                phrase.openers * 5 >= phrase.turns * 4
                ? "opener" : phrase.closers * 5 >= phrase.turns * 4 ? "closer" : "any"
            figures.authors = hasAuthors ? phrase.authors.count : nil
            let parts = phrase.parts
            figures.clusters = Set(parts.compactMap { clusters.cluster(of: $0) }).count
            figures.clusterRows = parts.count
            figures.first.shard = shardNames[phrase.first.shard]
            figures.first.ordinal = phrase.first.ordinal
            return figures
        }
    }
}
