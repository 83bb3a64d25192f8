import Corpus
import Findings
import LanguageProfile

/// Reads the first rows of wrong forms once more, for examples in their context (`--show-text`).
struct ExampleStage {
    let inputs: InputSet
    let watch: SpellingWatch
    let knowledge: SpellingKnowledge

    /// Examples of each form.
    static let examples = 2
    /// Bytes of context on each side of an example.
    private static let context = 40

    /// - Parameter pairs: with the rows that have their wrong form.
    /// - Returns: in the order of `pairs`, then of rows.
    /// - Throws: as `PlacedRows.read`; `TextFormsError`.
    func samples(_ pairs: [(pair: Int, places: [FeatureTallies.Place])]) throws -> [ProfileSample] {
        let witness = try SpellingWitness(watch, knowledge)
        let wanted = pairs.map { ($0.pair, Array($0.places.prefix(Self.examples))) }
        let places = Set(wanted.flatMap(\.1)).sorted()
        var found: [Int: [FeatureTallies.Place: ProfileSample]] = [:]
        try PlacedRows(inputs, places).read(
            threads: 1, begin: { _ in },
            row: { _, row, _ in
                row.mapper.withRowText { text in
                    witness.read(text)
                    for hit in witness.hits.reversed() where hit.isWrong {
                        found[Int(hit.pair), default: [:]][row.place] = sample(hit, text, row.place)
                    }
                }
            }, sink: { _ in })
        return wanted.flatMap { pair, places in places.compactMap { found[pair]?[$0] } }
    }

    private func sample(
        _ hit: SpellingWitness.Hit, _ row: RowText, _ place: FeatureTallies.Place
    ) -> ProfileSample {
        let bytes = row.bytes(of: row.turns[Int(hit.turn)])
        let form = Int(hit.start)..<Int(hit.end)
        let before = max(0, form.lowerBound - Self.context)..<form.lowerBound
        let after = form.upperBound..<min(bytes.count, form.upperBound + Self.context)
        return ProfileSample(
            wrong: watch.pairs[Int(hit.pair)].wrong, shard: inputs.shards[place.shard].name,
            ordinal: place.ordinal, role: hit.role.name, before: Array(bytes[before]),
            form: Array(bytes[form]), after: Array(bytes[after]))
    }
}
