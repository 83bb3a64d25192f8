import Findings

extension SampleComparison {
    /// The rows of one side that the other side's are streamed past.
    ///
    /// - Throws: `TextFormsError`.
    package func index(_ side: ComparisonSide) throws -> CoverageIndex {
        try CoverageIndex(sample, side: side)
    }

    /// Rows that go past the index of their own side at most; the other side is measured by as many.
    package static let mostOwnRows = 50_000

    /// The shares of both sides' rows by which they are measured: as many of a side's own rows as of the other side's.
    ///
    /// - Parameters:
    ///   - own: rows with text of the side.
    ///   - other: of the other side.
    package static func matchedShares(own: Int, other: Int) -> (own: Double, other: Double) {
        guard own > 0, other > 0 else { return (0, 0) }
        let rows = Double(min(own, other, mostOwnRows))
        return (rows / Double(own), rows / Double(other))
    }

    /// Fills coverage, groups and shapes.
    ///
    /// - Throws: `TextFormsError`.
    package mutating func addCoverage(
        right: (index: CoverageIndex, nearest: CoverageProbe.Found),
        left: (index: CoverageIndex, nearest: CoverageProbe.Found), shardNames: [String]
    ) throws {
        let drawsEachValue = request.perValue > 0
        let ofRight = CoverageReport(
            index: right.index, sample: sample, nearest: right.nearest, drawsEachValue: drawsEachValue)
        let ofLeft = CoverageReport(
            index: left.index, sample: sample, nearest: left.nearest, drawsEachValue: drawsEachValue)
        var coverage = ComparisonFigures.Coverage()
        coverage.rows = ofRight.rowCount(Array(right.index.rows.indices))
        (coverage.nearest, coverage.matchedNearest, coverage.ownNearest) = ofRight.means
        coverage.copiedShare = ofRight.copiedShare
        var uncovered: [ComparisonFigures.Group] = []
        var unseen: [ComparisonFigures.Group] = []
        coverage.sliceDoubt = sliceDoubt()
        if let field = request.slice, coverage.sliceDoubt == nil,
            let found = sliceGroups(ofRight, field, shardNames)
        {
            coverage.groupedBy = field
            coverage.withoutField = ofRight.rowCount(
                right.index.rows.indices.filter { place in
                    !sample.rows[right.index.rows[place]].slices.contains { $0.field == field }
                })
            coverage.isOneSided = found.allSatisfy { $0.otherRows == nil } ? true : nil
            uncovered = found
            unseen = sliceGroups(ofLeft, field, shardNames) ?? []
        } else {
            let terms = try SampleTerms(sample)
            // Topics are no values that rows were drawn by.
            var (ofRight, ofLeft) = (ofRight, ofLeft)
            (ofRight.drawsEachValue, ofLeft.drawsEachValue) = (false, false)
            let languages = readings.map(\.language).map { $0 == LanguageMix.unknown ? nil : $0 }
            let topics = try AbsentTopics(terms, languages: languages, ofRight)
            coverage.groupedBy = "terms"
            coverage.sharedWords = topics.sharedWords
            coverage.usualGap = topics.usual.gap
            coverage.uncountedWords = topics.uncountedWords
            uncovered = ofRight.groups(topics, terms, shardNames: shardNames)
            unseen = ofLeft.groups(
                try AbsentTopics(terms, languages: languages, ofLeft), terms, shardNames: shardNames)
        }
        coverage.findDoubt(hasOtherTurns: figures.hasOtherTurns)
        if coverage.doubt != nil {
            for place in uncovered.indices { uncovered[place].stands = false }
            unseen = []
        }
        coverage.uncoveredShare = uncovered.reduce(0) { $0 + ($1.stands ? $1.share : 0) }
        setCoverage(
            coverage, uncovered: Array(uncovered.prefix(ComparisonFigures.listed)),
            unseen: unseen.filter { $0.stands || $0.isRare == true },
            shapes: ShapeTable(sample: sample, readings: readings).shapes(shardNames: shardNames))
    }

    /// Part of the right rows that must lie in values of enough rows, for the field to tell anything.
    private static let leastGrouped = 0.5

    /// Why the slice field cannot group the right rows; `nil` where it can, or where there is none.
    private func sliceDoubt() -> ComparisonFigures.Coverage.SliceDoubt? {
        guard let field = request.slice else { return nil }
        let rows = rowsByValue(of: field).values.map { (left: $0.left.count, right: $0.right.count) }
        let (left, right) = rows.reduce((0, 0)) { ($0.0 + $1.left, $0.1 + $1.right) }
        guard right > 0 else { return nil }
        if left > 0, !rows.contains(where: { $0.left > 0 && $0.right > 0 }) { return .noSharedValue }
        let grouped = rows.reduce(0) { $0 + ($1.right >= CoverageReport.leastRows ? $1.right : 0) }
        return Double(grouped) < Self.leastGrouped * Double(right) ? .smallValues : nil
    }

    /// `nil` where no row of the report's side has the field.
    private func sliceGroups(
        _ report: CoverageReport, _ field: String, _ shardNames: [String]
    ) -> [ComparisonFigures.Group]? {
        func value(_ row: Int) -> String? { sample.rows[row].slices.first { $0.field == field }?.value }
        let values = report.index.rows.map(value)
        let labels = Set(values.compactMap { $0 }).sorted()
        guard !labels.isEmpty else { return nil }
        let numbers = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($0.element, $0.offset) })
        var rowsOfValue = [[Int]](repeating: [], count: labels.count)
        for row in report.otherRows {
            if let number = value(row).flatMap({ numbers[$0] }) { rowsOfValue[number].append(row) }
        }
        let others = rowsOfValue.map { (rows: report.rowCount(ofSample: $0), share: report.otherShare($0)) }
        return report.groups(
            values.map { $0.flatMap { numbers[$0] } }, labels: labels, field: field,
            others: others.contains { $0.rows > 0 } ? others : nil,
            shardNames: shardNames)
    }
}
