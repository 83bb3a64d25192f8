import Findings

/// Kinds of inputs by their form that users send and rows written from intents often lack.
struct ShapeTable {
    /// A kind is missing where the left side has it less than half as often, and by a difference that is no chance.
    static let mostShare = 0.5
    /// Three standard deviations, two-sided.
    static let mostChance = 0.0027
    /// Of the right side's rows; rarer kinds are left out.
    static let leastShare = 0.005
    static let placesKept = 3
    /// A row in which so many words in small letters, and so large a share of them, are unknown is riddled with typing
    /// errors.
    static let leastUnknownWords = 2
    static let leastUnknownShare = 0.15
    /// Very short and very long: beyond these quantiles of the right side.
    static let tail = 0.05
    static let mostShort = 0.5
    private static let mostLanguages = 5

    let sample: RowSample
    let readings: [RowReading]

    /// - Complexity: O(rows x log rows).
    func shapes(shardNames: [String]) -> [ComparisonFigures.Shape] {
        let right = readings.indices.filter { sample.isRight[$0] }.map { readings[$0].wordCount }.sorted()
        guard !right.isEmpty else { return [] }
        let short = right[Int(Double(right.count - 1) * Self.tail)]
        let long = right[Int(Double(right.count - 1) * (1 - Self.tail))]
        var kinds: [(id: String, has: (RowReading) -> Bool)] = [
            ("multi-intent (two questions or requests)", { $0.requestCount > 1 }),
            ("code-mixed (words of two languages)", { $0.isCodeMixed }),
            (
                "typo-ridden",
                {
                    // The word lists are English.
                    ($0.language == nil || $0.language == LanguageMix.unknown)
                        && $0.marks.unknownWords >= Self.leastUnknownWords
                        && Double($0.marks.unknownWords) >= Self.leastUnknownShare
                            * Double($0.marks.judgedWords)
                }
            ),
        ]
        for language in languages() { kinds.append(("in \(language)", { $0.language == language })) }
        // Where lengths hardly differ, the shortest ones are most rows.
        if Double(right.count { $0 <= short }) <= Self.mostShort * Double(right.count) {
            let words = short <= 1 ? "1 word" : "\(short) words or less"
            kinds.append(("very short (\(words))", { $0.wordCount <= short }))
        }
        kinds.append(("very long (more than \(long) words)", { $0.wordCount > long }))
        return kinds.compactMap { kind in shape(kind.id, kind.has, shardNames) }
    }

    /// Scripts and languages, those of the most rows of either side first.
    private func languages() -> [String] {
        var rows: [String: Int] = [:]
        for reading in readings { if let language = reading.language { rows[language, default: 0] += 1 } }
        return rows.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            .prefix(Self.mostLanguages).map(\.key)
    }

    private func shape(
        _ id: String, _ has: (RowReading) -> Bool, _ shardNames: [String]
    ) -> ComparisonFigures.Shape? {
        var shape = ComparisonFigures.Shape()
        shape.id = id
        var draws: [Set<Int>] = [[], []]
        var weights = (left: 0.0, right: 0.0)
        for (row, reading) in readings.enumerated() where has(reading) {
            draws[sample.isRight[row] ? 1 : 0].insert(sample.components.ofRow[row])
            if sample.isRight[row] {
                shape.rightRows += 1
                weights.right += sample.rows[row].weight
                if shape.places.count < Self.placesKept {
                    shape.places.append(
                        ComparisonFigures.Place(
                            shard: shardNames[sample.rows[row].shard], ordinal: sample.rows[row].ordinal))
                }
            } else {
                shape.leftRows += 1
                weights.left += sample.rows[row].weight
            }
        }
        // Weights have a mean of 1 on either side.
        shape.leftShare = weights.left / Double(max(1, sample.count(.left)))
        shape.rightShare = weights.right / Double(max(1, sample.count(.right)))
        let counts = sample.components.counts(isRight: sample.isRight)
        let all = (left: Double(max(1, counts.left)), right: Double(max(1, counts.right)))
        let chance = FeatureTable.chance(
            ofRates: Double(draws[0].count) / all.left, Double(draws[1].count) / all.right, all)
        shape.isMissing =
            shape.rightShare >= Self.leastShare && shape.leftShare < Self.mostShare * shape.rightShare
            && chance < Self.mostChance
        return shape.rightRows + shape.leftRows > 0 ? shape : nil
    }
}
