import Findings

/// Turns the counts of features into figures, and picks the habits that matter most.
package struct FeatureReport {
    typealias Figures = LanguageProfileFigures

    private let catalogue: FeatureCatalogue
    private let tallies: FeatureTallies
    private let shardNames: [String]
    private let clusters: ClusteredEvidence

    /// - Parameters:
    ///   - tallies: sealed.
    ///   - clusters: of the parts of `tallies.evidence`.
    package init(
        _ catalogue: FeatureCatalogue, _ tallies: FeatureTallies, clusters: EvidenceClusters,
        shardNames: [String]
    ) {
        self.clusters = tallies.evidence.clustered(by: clusters)
        self.catalogue = catalogue
        self.tallies = tallies
        self.shardNames = shardNames
    }

    /// Categories of which a habit on the first screen can be, and single features beside them.
    private static let habitCategories: Set<String> = ["habit", "typed", "tone", "markup"]
    private static let habitFeatures: Set<String> = ["emoji", "em-dash", "exclamation", "ellipsis"]
    /// Typed language of users: what is too rare here says that nobody typed it.
    /// Words a turn, on the mean, from which turns are compared with typed queries (which have ten).
    private static let leastWords = 2.5
    private static let typedFeatures = [
        "misspelt", "lower-case-start", "no-final-mark", "shorthand", "bare-contraction", "two-words-or-less",
    ]

    package func fill(_ figures: inout LanguageProfileFigures) {
        figures.features = features()
        figures.slicesLeftOut = tallies.parts.leftOut.sorted()
        let missing = FeatureCounter.checked.filter { id in !catalogue.features.contains { $0.id == id } }
        figures.patternsMissing = missing.isEmpty ? nil : missing
        figures.lengths = lengths()
        figures.habits = habits(figures.features)
        figures.lifts = lifts()
        figures.tooClean = tooClean(figures.features)
    }

    /// The store's lines of slices: a feature of a slice that no turn has has none.
    package func slices() -> [FeatureSliceRecord] {
        ProfileRole.allCases.flatMap { role in
            (tallies.parts.parts(role) + tallies.labels.parts(role)).flatMap { part, tally in
                catalogue.features.enumerated().compactMap { number, feature in
                    tally.hits[number] == 0
                        ? nil
                        : FeatureSliceRecord(
                            feature: feature.id, slice: part, role: role.name, turns: tally.turns,
                            hits: tally.hits[number])
                }
            }
        }
    }

    private func features() -> [Figures.Feature] {
        catalogue.features.enumerated().compactMap { number, own in
            var feature = Figures.Feature()
            feature.id = own.id
            feature.category = own.category
            for role in ProfileRole.allCases {
                let rate = tallies.rate(number, role, clusters: clusters)
                guard rate.rows > 0 else { continue }
                var figures = Figures.FeatureRate()
                figures.role = role.name
                figures.turns = rate.rows
                figures.hits = rate.hits
                figures.rate = rate.share
                (figures.low, figures.high) = rate.interval
                if let reference = ReferenceRates.own.rate(own.id, role) {
                    figures.reference = reference.rate
                    figures.referenceCorpus = reference.corpus
                }
                figures.places = tallies.places(number, role).map { place in
                    var figures = Figures.Place()
                    figures.shard = shardNames[place.shard]
                    figures.ordinal = place.ordinal
                    return figures
                }
                feature.roles.append(figures)
            }
            return feature.roles.contains { $0.hits > 0 } ? feature : nil
        }
    }

    private func lengths() -> [Figures.Length] {
        ProfileRole.allCases.compactMap { role in
            let tally = tallies.roles[Int(role.rawValue)]
            guard tally.turns > 0 else { return nil }
            var length = Figures.Length()
            length.role = role.name
            length.turns = tally.turns
            length.meanWords = tally.meanWords
            length.medianWords = tally.medianWords
            return length
        }
    }

    /// What assistants do far more than assistants of the reference, or than the users of the corpus where the
    /// reference has no rate: the lower bound of the rate, times the logarithm of how far it lies above.
    private func habits(_ features: [Figures.Feature]) -> [Figures.Habit] {
        var found: [(score: Double, habit: Figures.Habit)] = []
        for feature in features
        where Self.habitCategories.contains(feature.category) || Self.habitFeatures.contains(feature.id) {
            guard
                let own = feature.roles.first(where: { $0.role == "assistant" })
                    ?? feature.roles.first(where: { $0.role == "text" }),
                own.hits > 1
            else { continue }
            let user = own.role == "assistant" ? feature.roles.first { $0.role == "user" } : nil
            let base = own.reference ?? user?.rate ?? 0
            let excess = (own.low + 0.005) / (base + 0.005)
            guard excess > 1 else { continue }
            var habit = Figures.Habit()
            habit.id = feature.id
            habit.role = own.role
            habit.rate = own.rate
            habit.low = own.low
            habit.high = own.high
            habit.userRate = user?.rate
            habit.reference = own.reference
            habit.referenceCorpus = own.referenceCorpus
            habit.slice = topSlice(feature.id, own.role)
            found.append((own.low.squareRoot() * (excess.exponentAndFraction), habit))
        }
        found.sort { $0.score != $1.score ? $0.score > $1.score : $0.habit.id < $1.habit.id }
        return found.prefix(Figures.listed).map(\.habit)
    }

    /// Of the slices with fifty turns or more that have a feature more often than the other turns beyond chance, the
    /// one with the highest rate.
    private func topSlice(_ id: String, _ role: String) -> Figures.SliceRate? {
        guard let number = catalogue.features.firstIndex(where: { $0.id == id }),
            let own = ProfileRole.allCases.first(where: { $0.name == role })
        else { return nil }
        var best: Figures.SliceRate?
        let all = tallies.roles[Int(own.rawValue)]
        for (part, tally) in tallies.parts.parts(own) where tally.turns >= 50 {
            let rate = Double(tally.hits[number]) / Double(tally.turns)
            let rest = (hits: all.hits[number] - tally.hits[number], of: all.turns - tally.turns)
            guard rate > best?.rate ?? 0,
                PooledDifference.z((tally.hits[number], tally.turns), rest) >= PooledDifference.leastSliceZ
            else { continue }
            var slice = Figures.SliceRate()
            slice.field = part.field
            slice.value = part.value
            slice.turns = tally.turns
            slice.rate = rate
            best = slice
        }
        return best
    }

    /// Features of typed language that users have far less than people who type.
    private func tooClean(_ features: [Figures.Feature]) -> [Figures.Habit] {
        Self.typedFeatures.compactMap { id in
            guard let reference = ReferenceRates.own.rate(id, .user) else { return nil }
            let own = features.first { $0.id == id }?.roles.first { $0.role == "user" }
            let turns = tallies.roles[Int(ProfileRole.user.rawValue)].turns
            // Turns without words that a list could judge (Chinese, program text) are neither clean nor typed.
            guard turns >= 100, tallies.roles[Int(ProfileRole.user.rawValue)].meanWords >= Self.leastWords,
                own?.high ?? 0 < reference.rate / 4
            else { return nil }
            var habit = Figures.Habit()
            habit.id = id
            habit.role = "user"
            habit.rate = own?.rate ?? 0
            habit.low = own?.low ?? 0
            habit.high = own?.high ?? 0
            habit.reference = reference.rate
            habit.referenceCorpus = reference.corpus
            return habit
        }
    }

    // MARK: Lift

    /// Chosen against rejected answers of the same rows, and rows by their labels and scores (see
    /// `LabelTallies.comparisons`), by how far apart (Cohen's h, less the part of it that chance may have).
    private func lifts() -> [Figures.Lift] {
        var lifts: [Figures.Lift] = []
        let chosen = tallies.chosen
        let rejected = tallies.roles[Int(ProfileRole.rejected.rawValue)]
        if chosen.turns > 0, rejected.turns > 0 {
            for (number, feature) in catalogue.features.enumerated() {
                if let lift = Self.lift(
                    feature.id, "chosen", "rejected", (chosen.hits[number], chosen.turns),
                    (rejected.hits[number], rejected.turns))
                {
                    lifts.append(lift)
                }
            }
        }
        let comparisons = tallies.labels.comparisons(.assistant) + tallies.labels.comparisons(.text)
        // A turn with several labels stands on both sides: turns by label are no turns.
        let all = tallies.roles.map(\.turns).reduce(0, +)
        for comparison in comparisons {
            let areApart = comparison.of.turns + comparison.against.turns <= all
            for (number, feature) in catalogue.features.enumerated() {
                if var lift = Self.lift(
                    feature.id, comparison.first, comparison.second,
                    (comparison.of.hits[number], comparison.of.turns),
                    (comparison.against.hits[number], comparison.against.turns))
                {
                    if !areApart { (lift.firstTurns, lift.secondTurns) = (nil, nil) }
                    lifts.append(lift)
                }
            }
        }
        lifts.sort { first, second in
            let a = Self.distance(first)
            let b = Self.distance(second)
            return a != b ? a > b : (first.id, first.first) < (second.id, second.first)
        }
        return Array(lifts.prefix(Figures.listed))
    }

    private static func distance(_ lift: Figures.Lift) -> Double {
        abs(RateDifference.effect(from: lift.secondRate, to: lift.firstRate)) * (1 - 1.96 / abs(lift.z))
    }

    /// Two rates with the usual z of their difference; `nil` below 1.96.
    private static func lift(
        _ id: String, _ first: String, _ second: String, _ a: (hits: Int, turns: Int),
        _ b: (hits: Int, turns: Int)
    ) -> Figures.Lift? {
        guard a.turns > 0, b.turns > 0 else { return nil }
        var lift = Figures.Lift()
        lift.id = id
        lift.first = first
        lift.second = second
        lift.firstRate = Double(a.hits) / Double(a.turns)
        lift.secondRate = Double(b.hits) / Double(b.turns)
        lift.firstTurns = a.turns
        lift.secondTurns = b.turns
        lift.z = PooledDifference.z((a.hits, a.turns), (b.hits, b.turns))
        return abs(lift.z) >= 1.96 ? lift : nil
    }
}

extension Double {
    /// The logarithm to base 2, piecewise linear: monotone, and the same bits everywhere.
    fileprivate var exponentAndFraction: Double { Double(exponent) + significand - 1 }
}
