import Findings
import Pipeline

/// Compares two samples of rows: areas of three classifiers, a table of features, key terms.
///
/// Needs no model and no network. Everything is decided from the sample alone, so that neither threads nor batches
/// can change it.
package struct SampleComparison {
    package let request: ComparisonRequest
    package let sample: RowSample
    /// The areas, features and terms that were found.
    package private(set) var figures = ComparisonFigures()
    /// Rows that show a feature, by their numbers in the sample.
    package private(set) var examples: [(feature: String, left: [Int], right: [Int])] = []
    /// Weighs left rows; `nil` where there were too few rows.
    package private(set) var importance: ImportanceModel?
    private(set) var readings: [RowReading]

    /// - Parameters:
    ///   - shardNames: by the shard numbers of the rows.
    ///   - makeMarker: makes another reader of marks for a thread.
    /// - Throws: `TextFormsError`, and what `makeMarker` throws.
    package init(
        _ request: ComparisonRequest, sample: RowSample, shardNames: [String],
        makeMarker: (() throws -> any RowMarking)?
    ) throws {
        self.request = request
        self.sample = sample
        let (list, readings) = try SampleReadings.read(
            sample.rows, threads: request.threads, makeMarker: makeMarker)
        self.readings = readings
        let draws = sample.components.counts(isRight: sample.isRight)
        figures.seed = Int(truncatingIfNeeded: request.seed)
        figures.sample = request.sample
        figures.slice = request.slice
        figures.perValue = request.perValue > 0 ? request.perValue : nil
        figures.largestComponent = sample.largestComponent
        figures.copiesLeftOut = sample.copiesLeftOut
        figures.detectable = TwoSampleTest.detectable(left: draws.left, right: draws.right)
        figures.left = side(.left, name: request.left, components: draws.left, shardNames)
        figures.right = side(.right, name: request.right, components: draws.right, shardNames)
        guard hasEnoughRows else { return }
        try findAreas()
        findFeatures(list, shardNames)
        let found = try Keyness.terms(
            of: sample.rows, isRight: sample.isRight, components: sample.components,
            limit: ComparisonFigures.listed)
        figures.terms = found.terms
        figures.termsTested = found.tested
        figures.areTermsCapped = found.isFull
    }

    /// Whether a verdict is possible at all.
    package var hasEnoughRows: Bool {
        let distinct = sample.components.counts(isRight: sample.isRight)
        return min(sample.count(.left), sample.count(.right)) >= ComparisonFigures.leastRows
            && min(distinct.left, distinct.right) >= ComparisonFigures.leastDistinctRows
    }

    private func side(
        _ side: ComparisonSide, name: String, components: Int, _ shardNames: [String]
    ) -> ComparisonFigures.Side {
        var figures = ComparisonFigures.Side()
        figures.name = name
        figures.sampled = sample.count(side)
        figures.components = components
        let turns = sample.rows.reduce(0) { $0 + ($1.side == side ? $1.turns : 0) }
        figures.turns = Double(turns) / Double(max(1, figures.sampled))
        if request.perValue > 0 {
            figures.effectiveRows = RowSample.effective(
                sample.rows.lazy.filter { $0.side == side }.map(\.weight))
        }
        if request.slice != nil {
            figures.withSlice = sample.rows.count { $0.side == side && !$0.slices.isEmpty }
        }
        if let (row, share, otherShare) = sample.repeated[side] {
            var repeated = ComparisonFigures.Repeated()
            repeated.share = share
            repeated.otherShare = otherShare
            repeated.place = ComparisonFigures.Place(shard: shardNames[row.shard], ordinal: row.ordinal)
            figures.repeated = repeated
        }
        figures.cut = sample.rows.count { $0.side == side && $0.isCut }
        return figures
    }

    // MARK: Areas

    private mutating func findAreas() throws {
        let matched = matchedRows()
        figures.matchedBy = matched == nil ? nil : request.slice
        let kinds: [WritableKeyPath<RowReading, [HashedFeature]>] = [\.all, \.register, \.content]
        var tests: [TwoSampleTest] = []
        var rowsOfAll: SparseRows?
        for kind in kinds {
            let rows = try SparseRows(
                readings.map { $0[keyPath: kind] }, featureCount: SampledRowReader.featureCount,
                threads: request.threads)
            // They are not needed any more, and most of what a sample takes.
            for row in readings.indices { readings[row][keyPath: kind] = [] }
            rowsOfAll = rowsOfAll ?? rows
            tests.append(test(rows, findsNull: true))
            if let matched { tests.append(test(rows, members: matched, findsNull: false)) }
        }
        // Rows that were drawn for their value alone would make it one of another mix.
        let needsModel = sample.rows.contains(where: \.isExtra)
        let model = WorkerSlots<[Double]>(count: 1)
        try TwoSampleTest.run(tests, threads: request.threads) { [sample] in
            if needsModel, let rowsOfAll { model.set(0, ImportanceModel.train(rowsOfAll, sample)) }
        }
        importance = rowsOfAll.map {
            ImportanceModel($0, sample, classifier: model.values.first ?? tests[0].meanWeights)
        }
        let step = matched == nil ? 1 : 2
        let areas = stride(from: 0, to: tests.count, by: step).map { place in
            area(tests[place].result, matched: step == 2 ? tests[place + 1].result : nil)
        }
        (figures.all, figures.register, figures.content) = (areas[0], areas[1], areas[2])
        figures.nullRows = tests[0].result.nullRows
    }

    private func test(_ rows: SparseRows, members: [Int]? = nil, findsNull: Bool) -> TwoSampleTest {
        TwoSampleTest(
            rows: rows, isRight: sample.isRight, components: sample.components,
            weights: members == nil ? sample.weights : sample.weights.map { _ in 1 }, seed: request.seed,
            members: members, findsNull: findsNull)
    }

    private func area(
        _ found: TwoSampleTest.Result, matched: TwoSampleTest.Result?
    ) -> ComparisonFigures.Area {
        var area = ComparisonFigures.Area()
        area.auc = found.auc
        area.low = found.low
        area.high = found.high
        area.nullLow = found.null?.low
        area.nullHigh = found.null?.high
        area.matchedAuc = matched?.auc
        area.matchedLow = matched?.low
        area.matchedHigh = matched?.high
        return area
    }

    /// As many rows of both sides for each value of the slice, those of the smallest keys; `nil` where too few are left.
    private func matchedRows() -> [Int]? {
        guard let field = request.slice else { return nil }
        let rowsOfValue = rowsByValue(of: field)
        // Value by value, so that folds have equal parts of each: else what a fold has too much of, the others have too
        // little of, and areas fall below a half. Within a value rows stand in the order of their keys.
        let matched = rowsOfValue.sorted { $0.key < $1.key }.flatMap { _, rows in
            let count = min(rows.left.count, rows.right.count)
            return rows.left.prefix(count) + rows.right.prefix(count)
        }
        return matched.count >= 2 * ComparisonFigures.leastRows ? matched : nil
    }

    /// The rows of either side by their first value of a field.
    func rowsByValue(of field: String) -> [String: (left: [Int], right: [Int])] {
        var rows: [String: (left: [Int], right: [Int])] = [:]
        for (number, row) in sample.rows.enumerated() {
            guard let value = row.slices.first(where: { $0.field == field })?.value else { continue }
            if row.side == .left {
                rows[value, default: ([], [])].left.append(number)
            } else {
                rows[value, default: ([], [])].right.append(number)
            }
        }
        return rows
    }

    // MARK: Features

    private mutating func findFeatures(_ list: FeatureList, _ shardNames: [String]) {
        let table = FeatureTable(
            list, readings: readings, isRight: sample.isRight, components: sample.components,
            sampleWeights: sample.weights)
        let entries = table.entries()
        figures.featuresTested = entries.count
        let listed = Set(entries.prefix(ComparisonFigures.listed).map(\.feature.id))
        figures.alikeFeatures = list.features.map(\.id).filter { !listed.contains($0) }
        for entry in entries.prefix(ComparisonFigures.listed) {
            var feature = entry.feature
            feature.leftPlaces = entry.leftRows.map { place(of: $0, shardNames) }
            feature.rightPlaces = entry.rightRows.map { place(of: $0, shardNames) }
            figures.features.append(feature)
            if feature.stands, examples.count < Self.examplesShown {
                examples.append((feature.id, entry.leftRows, entry.rightRows))
            }
        }
    }

    mutating func setCoverage(
        _ coverage: ComparisonFigures.Coverage, uncovered: [ComparisonFigures.Group],
        unseen: [ComparisonFigures.Group], shapes: [ComparisonFigures.Shape]
    ) {
        figures.coverage = coverage
        figures.uncovered = uncovered
        figures.unseen = unseen
        figures.shapes = shapes
    }

    /// Features that rows are shown for.
    private static let examplesShown = 8

    func place(of row: Int, _ shardNames: [String]) -> ComparisonFigures.Place {
        ComparisonFigures.Place(
            shard: shardNames[sample.rows[row].shard], ordinal: sample.rows[row].ordinal)
    }
}
