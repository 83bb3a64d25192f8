extension RunDifferences {
    private typealias Figures = LanguageProfileFigures

    mutating func compareProfiles(_ before: LanguageProfileFigures, _ after: LanguageProfileFigures) {
        compareFeatures(before, after)
        compareForms(before, after)
        compareWords(before, after)
        compareSignals(before.signals, after.signals)
        if let old = before.removed, let new = after.removed { compareRemovedRows(old, new) }
    }

    private static func shareAuthors(_ before: Figures, _ after: Figures) -> Bool {
        before.unit == "author" && after.unit == "author"
    }

    // MARK: Removed rows

    private mutating func compareRemovedRows(_ before: Figures.Removed, _ after: Figures.Removed) {
        var all: [HabitChange] = []
        for old in before.features {
            guard let new = after.features.first(where: { $0.id == old.id && $0.role == old.role }) else {
                continue
            }
            let change = RateDifference(before: Self.removedRate(old), after: Self.removedRate(new))
            all.append(HabitChange(id: old.id, category: old.category, role: old.role, difference: change))
        }
        for (at, q) in RateDifference.adjusted(all.map(\.difference.p)).enumerated() {
            all[at].difference.q = q
        }
        removedHabits = all.filter { $0.difference.basis != nil }.sorted(by: Self.changesMore)
    }

    private static func removedRate(_ own: Figures.RemovedFeature) -> RateDifference.Rate {
        var rate = RateDifference.Rate()
        rate.hits = Int((own.removedRate * Double(own.removedTurns)).rounded())
        (rate.of, rate.rate, rate.low, rate.high) =
            (own.removedTurns, own.removedRate, own.removedLow, own.removedHigh)
        return rate
    }

    private static func changesMore(_ first: HabitChange, _ second: HabitChange) -> Bool {
        let (a, b) = (abs(first.difference.effect), abs(second.difference.effect))
        return a != b ? a > b : (first.id, first.role) < (second.id, second.role)
    }

    // MARK: Features

    private mutating func compareFeatures(_ before: Figures, _ after: Figures) {
        let old = FeatureRates(before), new = FeatureRates(after)
        // A feature without a turn is not in the summary; with the same lists it was looked for all the same.
        let listsAreSame = !settings.contains {
            before.lists.contains($0.name) || after.lists.contains($0.name)
        }
        let sharesAuthors = Self.shareAuthors(before, after)
        var all: [HabitChange] = []
        for (id, category) in old.categories.merging(new.categories, uniquingKeysWith: { first, _ in first })
            .sorted(by: { $0.key < $1.key })
        {
            let isInBoth = old.categories[id] != nil && new.categories[id] != nil
            for role in old.roles.union(new.roles).sorted() {
                guard isInBoth || listsAreSame, let first = old.rate(id, role),
                    let second = new.rate(id, role)
                else {
                    if (old.hits(id, role) ?? 0) + (new.hits(id, role) ?? 0) > 0 {
                        uncompared.append("\(role) \(id)")
                    }
                    continue
                }
                if first.hits + second.hits == 0 { continue }
                all.append(
                    HabitChange(
                        id: id, category: category, role: role,
                        difference: RateDifference(before: first, after: second, sharesUnits: sharesAuthors)))
            }
        }
        comparedRates = all.count
        for (at, q) in RateDifference.adjusted(all.map(\.difference.p)).enumerated() {
            all[at].difference.q = q
        }
        all.sort(by: Self.changesMore)
        habits = all.filter { $0.category != "unicode" && $0.difference.basis != nil }
        characters = all.filter {
            $0.category == "unicode"
                && ($0.difference.basis != nil
                    || ($0.difference.before.hits == 0) != ($0.difference.after.hits == 0))
        }
    }

    /// The rates of one run by feature and role.
    private struct FeatureRates {
        private var rates: [String: [String: RateDifference.Rate]] = [:]
        private(set) var categories: [String: String] = [:]
        private var turns: [String: Int] = [:]
        private var rarest: [String: RateDifference.Rate] = [:]

        var roles: Set<String> { Set(turns.keys) }

        init(_ figures: LanguageProfileFigures) {
            for length in figures.lengths { turns[length.role] = length.turns }
            for feature in figures.features {
                categories[feature.id] = feature.category
                for own in feature.roles {
                    var rate = RateDifference.Rate()
                    (rate.hits, rate.of, rate.rate, rate.low, rate.high) =
                        (own.hits, own.turns, own.rate, own.low, own.high)
                    rates[feature.id, default: [:]][own.role] = rate
                    turns[own.role] = own.turns
                    if rate.rate < rarest[own.role]?.rate ?? 2 { rarest[own.role] = rate }
                }
            }
        }

        func hits(_ id: String, _ role: String) -> Int? { rates[id]?[role]?.hits }

        /// Of a feature that no turn of the role has, 0 with the upper end of the role's rarest feature: that of
        /// another one without a turn, else a wider one.
        ///
        /// - Returns: `nil` where the run has no turn of the role.
        func rate(_ id: String, _ role: String) -> RateDifference.Rate? {
            if let known = rates[id]?[role] { return known }
            guard let turns = turns[role], let rarest = rarest[role] else { return nil }
            var rate = RateDifference.Rate()
            (rate.of, rate.high) = (turns, rarest.high)
            return rate
        }
    }

    // MARK: Spelling

    private mutating func compareForms(_ before: Figures, _ after: Figures) {
        let old = Self.forms(before), new = Self.forms(after)
        for wrong in Set(old.keys).union(new.keys) {
            let first = old[wrong].map(Self.form), second = new[wrong].map(Self.form)
            var change = FormChange()
            change.wrong = wrong
            change.right = (new[wrong] ?? old[wrong])?.right ?? ""
            (change.before, change.after) = (first, second)
            switch (first, second) {
            case (let first?, let second?):
                let difference = RateDifference(
                    before: first.rate, after: second.rate, sharesUnits: Self.shareAuthors(before, after))
                guard difference.basis != nil else { continue }
                change.difference = difference
                change.effect = difference.effect
            case (let first?, nil):
                change.status = after.hasAllForms ? .went : .left
                change.effect = RateDifference.effect(from: first.rate.low, to: 0)
            case (nil, let second?):
                change.status = before.hasAllForms ? .came : .entered
                change.effect = RateDifference.effect(from: 0, to: second.rate.low)
            case (nil, nil): continue
            }
            misspellings.append(change)
        }
        misspellings.sort {
            let several = (Self.clusters($0) > 1, Self.clusters($1) > 1)
            if several.0 != several.1 { return several.0 }
            let (first, second) = (abs($0.effect), abs($1.effect))
            return first != second ? first > second : $0.wrong < $1.wrong
        }
    }

    private static func clusters(_ change: FormChange) -> Int {
        max(change.before?.clusters ?? 0, change.after?.clusters ?? 0)
    }

    /// What is wrong, entrenched forms among it, without forms of two right spellings.
    private static func forms(_ figures: Figures) -> [String: Figures.Misspelling] {
        Dictionary(
            (figures.misspellings + figures.entrenched).map { ($0.wrong, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func form(_ own: Figures.Misspelling) -> Form {
        var form = Form()
        form.kind = own.kind
        (form.rate.hits, form.rate.of) = (own.wrongRows, own.wrongRows + own.rightRows)
        (form.rate.rate, form.rate.low, form.rate.high) = (own.rate, own.low, own.high)
        form.learnedRows = own.roles.filter { $0.role == "assistant" || $0.role == "text" }
            .reduce(0) { $0 + $1.wrongRows }
        (form.clusters, form.authors) = (own.clusters, own.authors)
        return form
    }

    // MARK: Words, checks

    private mutating func compareWords(_ before: Figures, _ after: Figures) {
        var roles: [String] = []
        for role in (before.words + after.words).map(\.role) + (before.lengths + after.lengths).map(\.role)
        where !roles.contains(role) {
            roles.append(role)
        }
        words = roles.map {
            WordChange(role: $0, before: Self.words($0, before), after: Self.words($0, after))
        }
    }

    private static func words(_ role: String, _ figures: Figures) -> RoleWords {
        var words = RoleWords()
        if let own = figures.words.first(where: { $0.role == role }) {
            (words.words, words.unknown, words.otherLanguage) = (own.words, own.unknown, own.otherLanguage)
        }
        if let own = figures.lengths.first(where: { $0.role == role }) {
            (words.turns, words.meanWords, words.medianWords) = (own.turns, own.meanWords, own.medianWords)
        }
        return words
    }

    private mutating func compareSignals(_ old: Figures.Signals, _ new: Figures.Signals) {
        let parts: [(name: String, path: KeyPath<Figures.Signals, Int>)] = [
            ("with a tool call", \.rowsWithCalls), ("with a promise", \.promiseRows),
            ("with a promise and no tool call", \.promiseRowsWithoutCall),
            ("with a safety-relevant prompt", \.safetyRows),
            ("with a safety-relevant prompt answered", \.safetyRowsAnswered),
            ("with a refusal", \.refusalRows), ("with talk about the answer", \.mixedRows),
            ("without a source", \.rowsWithoutSource), ("without a licence", \.rowsWithoutLicence),
        ]
        checks = Self.changed(
            parts.map { Count($0.name, (old[keyPath: $0.path], old.rows), (new[keyPath: $0.path], new.rows)) }
        ).filter { $0.beforeShare != $0.afterShare }
    }
}
