import Findings

extension ReportPage {
    /// Features that are listed for each role, and slices for each feature.
    private static let mostFeatures = 400
    private static let mostSliceRates = 1500

    func profileSections(_ profile: LanguageProfileFigures) -> [PageSection] {
        var sections = [spelling(profile), register(profile), signals(profile.signals)]
        if let removed = profile.removed { sections.insert(self.removed(removed), at: 2) }
        return sections
    }

    // MARK: Removed rows and checks

    private func removed(_ removed: LanguageProfileFigures.Removed) -> PageSection {
        var section = PageSection(
            anchor: "removed-register", heading: "The register of removed rows",
            meaning:
                "how the turns of removed rows differ from those of kept ones: does the dedup remove the messy ones?",
            limit: "a cause; differences are drawn by near-duplicate cluster"
                + (removed.clustersAreSample ? ", from a sample of them." : "."))
        var table = PageTable(
            "Features in removed and kept rows", anchor: "removed-features",
            [
                .init("feature"), .init("role"), .init("removed", isFigure: true),
                .init("kept", isFigure: true),
                .init("difference", isFigure: true), .init("interval"), .init("q", isFigure: true),
            ])
        func signed(_ share: Double) -> String { (share < 0 ? "-" : "+") + Format.percent(abs(share)) }
        table.fill(removed.features, most: Self.mostFeatures) { feature in
            [
                .head(feature.id), .text(feature.role),
                .share(
                    feature.removedRate,
                    bar: .share(feature.removedRate, mark: feature.keptRate, markName: "kept")),
                .share(feature.keptRate), .figure(feature.difference, signed(feature.difference)),
                .text("\(signed(feature.low)) to \(signed(feature.high))"),
                .figure(feature.q, Format.plain((feature.q * 1000).rounded() / 1000)),
            ]
        }
        section.blocks.append(.table(table))
        return section
    }

    private func signals(_ signals: LanguageProfileFigures.Signals) -> PageSection {
        var section = PageSection(
            anchor: "checks", heading: "Checks",
            meaning:
                "promises that no tool call backs, talk about the answer instead of one, safety, source and licence.",
            limit: "whether each is wrong: lists find what they list.")
        var table = PageTable(
            "Checks by rows", anchor: "checks-table",
            [.init("check"), .init("rows", isFigure: true), .init("share", isFigure: true)])
        let checks = [
            ("promise or claim of authority", signals.promiseRows),
            ("promise without a tool call, where a conversation has any", signals.promiseRowsWithoutCall),
            ("talk about the answer instead of an answer", signals.mixedRows),
            ("safety-relevant prompt", signals.safetyRows),
            ("safety-relevant prompt answered without refusal", signals.safetyRowsAnswered),
            ("refusal", signals.refusalRows), ("no source", signals.rowsWithoutSource),
            ("no licence", signals.rowsWithoutLicence),
        ]
        table.fill(checks, most: checks.count) { name, rows in
            let share = signals.rows == 0 ? 0 : Double(rows) / Double(signals.rows)
            return [.head(name), .count(rows), .share(share, bar: .share(share))]
        }
        section.blocks.append(.table(table))
        if signals.refusalRows == 0 { section.blocks.append(.notes(["Nothing here rehearses refusal."])) }
        return section
    }

    // MARK: Spelling

    private func spelling(_ profile: LanguageProfileFigures) -> PageSection {
        var section = PageSection(
            anchor: "spelling", heading: "Spelling",
            meaning:
                "the share of rows with the wrong form among rows with either, in assistants' turns or plain text where "
                + "these have it, with its interval of 95 % by "
                + "\(profile.unit.isEmpty ? "cluster" : profile.unit): what a model would learn to write.",
            limit: "misspellings that are other words (form for from), and names that no list knows.")
        let lists = [
            ("Misspellings", "misspellings", profile.misspellings),
            (
                "Entrenched: unknown, and one letter from one word, however often they stand", "entrenched",
                profile.entrenched
            ),
            ("Variants: two spellings, none wrong", "variants", profile.variants),
        ]
        for (caption, anchor, forms) in lists where !forms.isEmpty {
            let names = anchor == "variants" ? ("rarer", "commoner") : ("wrong", "right")
            section.blocks.append(
                .table(self.forms(caption, anchor, names, forms), query: "select * from misspellings"))
        }
        if section.blocks.isEmpty { section.blocks.append(.notes(["No misspelling was found."])) }
        return section
    }

    private func forms(
        _ caption: String, _ anchor: String, _ names: (String, String),
        _ forms: [LanguageProfileFigures.Misspelling]
    ) -> PageTable {
        var table = PageTable(
            caption, anchor: anchor,
            [
                .init(names.0), .init(names.1), .init("rows", isFigure: true), .init("rate", isFigure: true),
                .init("interval"), .init("authors", isFigure: true), .init("clusters", isFigure: true),
                .init("kind"), .init("one of the rows"),
            ])
        table.fill(forms, most: Self.mostItems) { form in
            let rows = anchor == "variants" ? form.all : form.told
            return [
                .head(form.wrong), .text(form.right), .count(rows.wrongRows),
                .share(
                    rows.rate, bar: .interval(rows.rate, low: rows.low, high: rows.high, scale: 1)),
                .text("\(Format.percent(rows.low)) to \(Format.percent(rows.high))"),
                form.authors.map { .count($0) } ?? .text("-"),
                anchor == "variants" ? .text("-") : .count(rows.clusters ?? form.clusters), .text(form.kind),
                .text(form.places.first.map { "\($0.shard):\($0.ordinal)" } ?? ""),
            ]
        }
        return table
    }

    // MARK: Register

    private func register(_ profile: LanguageProfileFigures) -> PageSection {
        var section = PageSection(
            anchor: "register", heading: "Register and habits",
            meaning:
                "the share of turns with each feature, by role, with its interval; the line in a bar is a rate that "
                + "we measured on a public corpus, where there is one.",
            limit: "that a feature is good or bad: look at the rows.")
        let roles = profile.lengths.map(\.role)
        for role in roles {
            let rates = profile.features.compactMap { feature in
                feature.roles.first { $0.role == role }.map { (feature, $0) }
            }.filter { $0.1.hits > 0 }.sorted { ($1.1.rate, $0.0.id) < ($0.1.rate, $1.0.id) }
            if rates.isEmpty { continue }
            section.blocks.append(.table(features(role, rates), query: "select * from features"))
        }
        if !profile.lifts.isEmpty { section.blocks.append(.table(lifts(profile))) }
        if !profile.phrases.isEmpty {
            section.blocks.append(.table(phrases(profile), query: "select * from phrases"))
        }
        if !content.sliceRates.isEmpty {
            section.blocks.append(.table(sliceRates, query: "select * from feature_slices"))
        }
        return section
    }

    private func features(
        _ role: String, _ rates: [(LanguageProfileFigures.Feature, LanguageProfileFigures.FeatureRate)]
    ) -> PageTable {
        var table = PageTable(
            "Features of \(role) turns", anchor: "features-\(role)",
            [
                .init("feature"), .init("category"), .init("turns", isFigure: true),
                .init("rate", isFigure: true),
                .init("interval"), .init("reference", isFigure: true), .init("of"),
            ])
        table.fill(rates, most: Self.mostFeatures) { feature, rate in
            [
                .head(feature.id), .text(feature.category), .count(rate.hits),
                .share(
                    rate.rate,
                    bar: .interval(
                        rate.rate, low: rate.low, high: rate.high, scale: 1, mark: rate.reference,
                        markName: "reference")),
                .text("\(Format.percent(rate.low)) to \(Format.percent(rate.high))"), .share(rate.reference),
                .text(rate.referenceCorpus ?? ""),
            ]
        }
        return table
    }

    private func lifts(_ profile: LanguageProfileFigures) -> PageTable {
        var table = PageTable(
            "What tells one kind of answer from the other", anchor: "lifts",
            [
                .init("feature"), .init("first"), .init("rate", isFigure: true), .init("second"),
                .init("rate", isFigure: true), .init("z", isFigure: true),
            ])
        table.fill(profile.lifts, most: Self.mostFeatures) { lift in
            [
                .head(lift.id), .text(lift.first), .share(lift.firstRate), .text(lift.second),
                .share(lift.secondRate),
                .figure(lift.z, (lift.z < 0 ? "-" : "") + Format.plain((abs(lift.z) * 10).rounded() / 10)),
            ]
        }
        return table
    }

    private func phrases(_ profile: LanguageProfileFigures) -> PageTable {
        var table = PageTable(
            "Phrases that recur", anchor: "phrases",
            [
                .init("phrase"), .init("rows", isFigure: true), .init("where"),
                .init("authors", isFigure: true),
                .init("one of the rows"),
            ])
        table.fill(profile.phrases, most: Self.mostFeatures) { phrase in
            [
                .head(phrase.text), .count(phrase.rows), .text(phrase.position),
                phrase.authors.map { .count($0) } ?? .text("-"),
                .text("\(phrase.first.shard):\(phrase.first.ordinal)"),
            ]
        }
        return table
    }

    private var sliceRates: PageTable {
        var table = PageTable(
            "Features by slice and role", anchor: "feature-slices",
            [
                .init("feature"), .init("slice"), .init("role"), .init("turns with it", isFigure: true),
                .init("of", isFigure: true), .init("rate", isFigure: true),
            ])
        table.fill(content.sliceRates, most: Self.mostSliceRates) { rate in
            let share = rate.turns == 0 ? 0 : Double(rate.hits) / Double(rate.turns)
            return [
                .head(rate.feature), .text(rate.slice), .text(rate.role), .count(rate.hits),
                .count(rate.turns),
                .share(share, bar: .share(share)),
            ]
        }
        return table
    }
}
