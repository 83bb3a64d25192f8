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
    let readings: [RowReading]

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
        figures.largestComponent = sample.largestComponent
        figures.copiesLeftOut = sample.copiesLeftOut
        figures.detectable = TwoSampleTest.detectable(left: draws.left, right: draws.right)
        figures.left = side(.left, name: request.left, components: draws.left)
        figures.right = side(.right, name: request.right, components: draws.right)
        guard hasEnoughRows else { return }
        try findAreas()
        findFeatures(list, shardNames)
        let found = try Keyness.terms(
            of: sample.rows, isRight: sample.isRight, components: sample.components,
            limit: ComparisonFigures.listed)
        figures.terms = found.terms
        figures.termsTested = found.tested
    }

    /// Whether a verdict is possible at all.
    package var hasEnoughRows: Bool {
        min(sample.count(.left), sample.count(.right)) >= ComparisonFigures.leastRows
    }

    private func side(_ side: ComparisonSide, name: String, components: Int) -> ComparisonFigures.Side {
        var figures = ComparisonFigures.Side()
        figures.name = name
        figures.sampled = sample.count(side)
        figures.components = components
        let turns = sample.rows.reduce(0) { $0 + ($1.side == side ? $1.turns : 0) }
        figures.turns = Double(turns) / Double(max(1, figures.sampled))
        figures.cut = sample.rows.count { $0.side == side && $0.isCut }
        return figures
    }

    // MARK: Areas

    private mutating func findAreas() throws {
        let matched = matchedRows()
        figures.matchedBy = matched == nil ? nil : request.slice
        let all = SparseRows(readings.map(\.all), featureCount: SampledRowReader.featureCount)
        figures.all = try area(all, matched)
        importance = ImportanceModel(all, isRight: sample.isRight)
        figures.content = try area(
            SparseRows(readings.map(\.content), featureCount: SampledRowReader.featureCount), matched)
        figures.register = try area(
            SparseRows(readings.map(\.register), featureCount: SampledRowReader.featureCount), matched)
    }

    private func area(_ rows: SparseRows, _ matched: [Int]?) throws -> ComparisonFigures.Area {
        let test = TwoSampleTest(
            rows: rows, isRight: sample.isRight, components: sample.components, seed: request.seed,
            threads: request.threads)
        let found = try test.run(findsNull: true)
        var area = ComparisonFigures.Area()
        area.auc = found.auc
        area.low = found.low
        area.high = found.high
        area.nullLow = found.null?.low
        area.nullHigh = found.null?.high
        if let matched {
            let found = try test.run(members: matched, findsNull: false)
            area.matchedAuc = found.auc
            area.matchedLow = found.low
            area.matchedHigh = found.high
        }
        return area
    }

    /// As many rows of both sides for each value of the slice, those of the smallest keys; `nil` where too few are left.
    private func matchedRows() -> [Int]? {
        guard let field = request.slice else { return nil }
        var rowsOfValue: [String: (left: [Int], right: [Int])] = [:]
        for (number, row) in sample.rows.enumerated() {
            guard let value = row.slices.first(where: { $0.field == field })?.value else { continue }
            if row.side == .left {
                rowsOfValue[value, default: ([], [])].left.append(number)
            } else {
                rowsOfValue[value, default: ([], [])].right.append(number)
            }
        }
        // Value by value, so that folds have equal parts of each: else what a fold has too much of, the others have too
        // little of, and areas fall below a half. Within a value rows stand in the order of their keys.
        let matched = rowsOfValue.sorted { $0.key < $1.key }.flatMap { _, rows in
            let count = min(rows.left.count, rows.right.count)
            return rows.left.prefix(count) + rows.right.prefix(count)
        }
        return matched.count >= 2 * ComparisonFigures.leastRows ? matched : nil
    }

    // MARK: Features

    private mutating func findFeatures(_ list: FeatureList, _ shardNames: [String]) {
        let table = FeatureTable(
            list, readings: readings, isRight: sample.isRight, components: sample.components)
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
