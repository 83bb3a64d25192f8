extension RunStoreWriter {
    /// Adds misspelt forms in the order of the report; a form's number is its place.
    ///
    /// - Parameter first: the number of the first form.
    /// - Throws: `library`, `fileSystem`, `closed`.
    package func appendMisspellings(_ forms: [LanguageProfileFigures.Misspelling], first: Int) throws {
        let numbered = forms.enumerated().map { (number: first + $0.offset, form: $0.element) }
        try insert(into: "misspelling_forms", columnCount: 11, numbered) { insert, item in
            insert.bind(1, item.number)
            insert.bind(2, item.form.wrong)
            insert.bind(3, item.form.right)
            insert.bind(4, item.form.kind)
            insert.bind(5, item.form.wrongRows)
            insert.bind(6, item.form.rightRows)
            insert.bind(7, item.form.rate)
            insert.bind(8, item.form.low)
            insert.bind(9, item.form.high)
            insert.bind(10, item.form.clusters)
            insert.bind(11, item.form.authors.map(Double.init))
        }
        let roles = numbered.flatMap { item in item.form.roles.map { (item.number, $0) } }
        try insert(into: "misspelling_roles", columnCount: 7, roles) { insert, role in
            insert.bind(1, role.0)
            insert.bind(2, role.1.role)
            insert.bind(3, role.1.wrongRows)
            insert.bind(4, role.1.rightRows)
            insert.bind(5, role.1.rate)
            insert.bind(6, role.1.low)
            insert.bind(7, role.1.high)
        }
        let slices = numbered.flatMap { item in item.form.slices.map { (item.number, $0) } }
        try insert(into: "misspelling_slices", columnCount: 5, slices) { insert, slice in
            insert.bind(1, slice.0)
            insert.bind(2, slice.1.field)
            insert.bind(3, slice.1.value)
            insert.bind(4, slice.1.wrongRows)
            insert.bind(5, slice.1.rightRows)
        }
        let places = numbered.flatMap { item in item.form.places.map { (item.number, $0) } }
        try insert(into: "misspelling_places", columnCount: 3, places) { insert, place in
            insert.bind(1, place.0)
            insert.bind(2, place.1.shard)
            insert.bind(3, place.1.ordinal)
        }
    }

    /// Adds the rates of features.
    package func addFeatures(_ features: [LanguageProfileFigures.Feature]) throws {
        let rows = features.flatMap { feature in feature.roles.map { (feature, $0) } }
        try insert(into: "features", columnCount: 8, rows) { insert, row in
            insert.bind(1, row.0.id)
            insert.bind(2, row.0.category)
            insert.bind(3, row.1.role)
            insert.bind(4, row.1.turns)
            insert.bind(5, row.1.hits)
            insert.bind(6, row.1.rate)
            insert.bind(7, row.1.low)
            insert.bind(8, row.1.high)
        }
    }

    /// Adds the turns of slices by feature.
    package func addFeatureSlices(_ slices: [FeatureSliceRecord]) throws {
        try insert(into: "feature_slices", columnCount: 6, slices) { insert, slice in
            insert.bind(1, slice.feature)
            insert.bind(2, slice.slice.field)
            insert.bind(3, slice.slice.value)
            insert.bind(4, slice.role)
            insert.bind(5, slice.turns)
            insert.bind(6, slice.hits)
        }
    }

    /// Adds the rates of features in removed and in kept rows.
    package func addRemovedFeatures(_ features: [LanguageProfileFigures.RemovedFeature]) throws {
        try insert(into: "removed_features", columnCount: 15, features) { insert, feature in
            insert.bind(1, feature.id)
            insert.bind(2, feature.category)
            insert.bind(3, feature.role)
            insert.bind(4, feature.removedTurns)
            insert.bind(5, feature.removedRate)
            insert.bind(6, feature.removedLow)
            insert.bind(7, feature.removedHigh)
            insert.bind(8, feature.keptTurns)
            insert.bind(9, feature.keptRate)
            insert.bind(10, feature.keptLow)
            insert.bind(11, feature.keptHigh)
            insert.bind(12, feature.difference)
            insert.bind(13, feature.low)
            insert.bind(14, feature.high)
            insert.bind(15, feature.q)
        }
    }

    /// Adds phrases in the order of the report.
    package func addPhrases(_ phrases: [LanguageProfileFigures.Phrase]) throws {
        try insert(into: "phrases", columnCount: 8, phrases) { insert, phrase in
            insert.bind(1, phrase.text)
            insert.bind(2, phrase.rows)
            insert.bind(3, phrase.position)
            insert.bind(4, phrase.authors.map(Double.init))
            insert.bind(5, phrase.clusters)
            insert.bind(6, phrase.clusterRows)
            insert.bind(7, phrase.first.shard)
            insert.bind(8, phrase.first.ordinal)
        }
    }
}
