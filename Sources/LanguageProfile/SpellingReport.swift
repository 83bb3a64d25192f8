import Findings

/// Turns the counts of both passes into the forms of a report, what a model would learn first on top.
package struct SpellingReport {
    package private(set) var misspellings: [LanguageProfileFigures.Misspelling] = []
    package private(set) var entrenched: [LanguageProfileFigures.Misspelling] = []
    package private(set) var variants: [LanguageProfileFigures.Misspelling] = []

    private let hasAuthors: Bool
    private let shardNames: [String]
    private let clusters: EvidenceClusters

    /// - Parameters:
    ///   - clusters: of the witnesses of all tallies.
    package init(
        pairs: [SpellingPair], tallies: [PairTally], clusters: EvidenceClusters, shardNames: [String],
        hasAuthors: Bool
    ) {
        self.hasAuthors = hasAuthors
        self.shardNames = shardNames
        self.clusters = clusters
        let together = zip(pairs, tallies).filter { $0.kind == .runTogether && Self.standApart($1) }
        let holding = Set(together.map(\.0.wrong))
        for (pair, tally) in zip(pairs, tallies) where tally.all.hits > 0 {
            let rightRows = tally.all.rows - tally.all.hits
            switch pair.kind {
            case .variant, .normalForm:
                if rightRows > 0 { variants.append(form(pair, tally)) }
            case .runTogether:
                if Self.standApart(tally) { misspellings.append(form(pair, tally)) }
            case .entrenched:
                let made = form(pair, tally)
                // One pasted template makes no habit.
                if made.clusters > 1 { entrenched.append(made) }
            case .neighbour:
                if !holding.contains(pair.wrong) { misspellings.append(form(pair, tally)) }
            case .listed:
                misspellings.append(form(pair, tally))
            }
        }
        misspellings.sort(by: Self.precedes)
        entrenched.sort(by: Self.precedes)
        variants.sort { ($1.wrongRows, $0.wrong) < ($0.wrongRows, $1.wrong) }
    }

    /// Whether two words stand apart in so many rows more than together that together is a mistake.
    private static func standApart(_ tally: PairTally) -> Bool {
        tally.all.hits > 0 && tally.all.rows - tally.all.hits >= SpellingDecision.ratio * tally.all.hits
    }

    /// All forms in the order of the file.
    package var all: [LanguageProfileFigures.Misspelling] { misspellings + entrenched + variants }

    private func form(_ pair: SpellingPair, _ tally: PairTally) -> LanguageProfileFigures.Misspelling {
        var form = LanguageProfileFigures.Misspelling()
        form.wrong = pair.wrong
        form.right = pair.right
        form.kind = pair.kind.name
        let sizes = clusterSizes(tally.witnesses.filter(\.isFirst), hits: tally.all.hits)
        form.clusters = sizes.count
        (form.wrongRows, form.rightRows, form.rate, form.low, form.high) = Self.rate(
            tally.all.gathered(sizes))
        for role in ProfileRole.allCases {
            let own = tally.ofRole[Int(role.rawValue)]
            guard own.rows > 0 else { continue }
            var rows = LanguageProfileFigures.RoleRows()
            rows.role = role.name
            let witnesses = tally.witnesses.filter { $0.role == role.rawValue }
            let sizes = clusterSizes(witnesses, hits: own.hits)
            rows.clusters = sizes.count
            (rows.wrongRows, rows.rightRows, rows.rate, rows.low, rows.high) = Self.rate(own.gathered(sizes))
            form.roles.append(rows)
        }
        if hasAuthors {
            // Who writes it where it is learnt: a customer's typing is not the agent's.
            let learnt = ProfileRole.allCases.first { $0.name == form.learnt?.role }
            let writers = learnt.map { tally.ofRole[Int($0.rawValue)] } ?? tally.all
            form.authors = writers.unitsWithHits
            form.ofAuthors = writers.units.count
        }
        form.slices = tally.slices.filter { $0.value.wrong > 0 }.map { slice, rows in
            var figures = LanguageProfileFigures.SliceRows()
            figures.field = slice.field
            figures.value = slice.value
            figures.wrongRows = rows.wrong
            figures.rightRows = rows.right
            return figures
        }.sorted { ($1.wrongRows, $0.field, $0.value) < ($0.wrongRows, $1.field, $1.value) }
        form.places = tally.places.map { place in
            var figures = LanguageProfileFigures.Place()
            figures.shard = shardNames[place.shard]
            figures.ordinal = place.ordinal
            return figures
        }
        return form
    }

    /// The rows of each cluster of witnesses, which may be a sample of the rows that have the form, and then so are
    /// their clusters.
    private func clusterSizes(_ witnesses: [PairTally.Witness], hits: Int) -> [Int] {
        var sizes: [Int: Int] = [:]
        for witness in witnesses {
            if let cluster = clusters.cluster(of: witness.part) { sizes[cluster, default: 0] += 1 }
        }
        let sampled = sizes.values.reduce(0, +)
        let factor = Double(max(hits, sampled)) / Double(max(1, sampled))
        return sizes.sorted { $0.key < $1.key }.map { $1 > 1 ? Int(Double($1) * factor) : 1 }
    }

    private static func rate(_ tally: ClusteredTally) -> (Int, Int, Double, Double, Double) {
        let interval = tally.interval
        return (tally.hits, tally.rows - tally.hits, tally.share, interval.low, interval.high)
    }

    /// Forms of several clusters first; then by the lower bound of the rate in what a model learns, or half of that in
    /// all turns; then by rows.
    private static func precedes(
        _ first: LanguageProfileFigures.Misspelling, _ second: LanguageProfileFigures.Misspelling
    ) -> Bool {
        func weight(_ form: LanguageProfileFigures.Misspelling) -> Double {
            max(form.learnt?.low ?? 0, form.low / 2)
        }
        if (first.clusters > 1) != (second.clusters > 1) { return first.clusters > 1 }
        let a = (weight(first), first.low, first.wrongRows)
        let b = (weight(second), second.low, second.wrongRows)
        return a != b ? a > b : first.wrong < second.wrong
    }
}
