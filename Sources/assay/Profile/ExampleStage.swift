import Corpus
import Findings
import LanguageProfile

/// Reads the first rows of wrong forms and of habits once more, for examples in their context (`--show-text`).
struct ExampleStage {
    let inputs: InputSet
    let watch: SpellingWatch
    let sources: WordSources

    /// Examples of each form.
    static let examples = 2
    /// Bytes of context on each side of an example.
    private static let context = 40

    /// - Parameter pairs: with the rows that have their wrong form.
    /// - Returns: in the order of `pairs`, then of rows.
    /// - Throws: as `PlacedRows.read`; `TextFormsError`.
    func samples(_ pairs: [(pair: Int, places: [FeatureTallies.Place])]) throws -> [ProfileSample] {
        let witness = try SpellingWitness(watch, sources.knowledge)
        let wanted = pairs.map { ($0.pair, Array($0.places.prefix(Self.examples))) }
        let places = Set(wanted.flatMap(\.1)).sorted()
        var found: [Int: [FeatureTallies.Place: ProfileSample]] = [:]
        try PlacedRows(inputs, places).read(
            threads: 1, begin: { _ in },
            row: { _, row, _ in
                row.mapper.withRowText { text in
                    witness.read(text)
                    // What a model learns to write comes first.
                    let hits = witness.hits.filter(\.isWrong)
                    for hit in hits.filter({ !$0.role.isLearned }) + hits.filter(\.role.isLearned).reversed()
                    {
                        found[Int(hit.pair), default: [:]][row.place] = sample(hit, text, row.place)
                    }
                }
            }, sink: { _ in })
        return wanted.flatMap { pair, places in places.compactMap { found[pair]?[$0] } }
    }

    private func sample(
        _ hit: SpellingWitness.Hit, _ row: RowText, _ place: FeatureTallies.Place
    ) -> ProfileSample {
        sample(
            watch.pairs[Int(hit.pair)].wrong, hit.role, row.bytes(of: row.turns[Int(hit.turn)]),
            Int(hit.start)..<Int(hit.end), place)
    }

    private func sample(
        _ name: String, _ role: ProfileRole, _ bytes: UnsafeRawBufferPointer, _ form: Range<Int>,
        _ place: FeatureTallies.Place
    ) -> ProfileSample {
        let before = max(0, form.lowerBound - Self.context)..<form.lowerBound
        let after = form.upperBound..<min(bytes.count, form.upperBound + Self.context)
        return ProfileSample(
            name: name, shard: inputs.shards[place.shard].name, ordinal: place.ordinal, role: role.name,
            before: Array(bytes[before]), form: Array(bytes[form]), after: Array(bytes[after]))
    }

    /// Examples of habits, each in the first rows that have it.
    ///
    /// - Throws: as `samples`.
    func samples(
        ofHabits habits: [(id: String, role: ProfileRole, places: [FeatureTallies.Place])]
    ) throws -> [ProfileSample] {
        let witness = try FeatureWitness(sources.features, sources.knowledge)
        let places = Set(habits.flatMap(\.places)).sorted()
        var found: [[FeatureTallies.Place: ProfileSample]] = habits.map { _ in [:] }
        try PlacedRows(inputs, places).read(
            threads: 1, begin: { _ in },
            row: { _, row, _ in
                row.mapper.withRowText { text in
                    let hits = witness.read(text)
                    for (number, habit) in habits.enumerated() where habit.places.contains(row.place) {
                        // What marks and characters tell has no words to show.
                        guard
                            let hit = hits.first(where: { $0.feature == habit.id && $0.role == habit.role }),
                            let range = hit.range
                        else { continue }
                        found[number][row.place] = sample(
                            habit.id, habit.role, text.bytes(of: text.turns[hit.turn]), range, row.place)
                    }
                }
            }, sink: { _ in })
        return habits.indices.flatMap { number in habits[number].places.compactMap { found[number][$0] } }
    }
}
