/// What changed between the comparisons of two runs: areas, uncovered rows, features and groups that stand in one alone.
package struct ComparisonDifference: Sendable, Equatable, Encodable {
    /// An area of both runs.
    package struct AreaChange: Sendable, Equatable, Encodable {
        /// `all`, `register` or `content`.
        package var name = ""
        package var before = ComparisonFigures.Area()
        package var after = ComparisonFigures.Area()

        /// Whether the two intervals of 95 % do not overlap.
        package var isApart: Bool { before.high < after.low || after.high < before.low }
    }

    /// A feature that stands in one of the runs alone.
    package struct FeatureChange: Sendable, Equatable, Encodable {
        package var id = ""
        /// Cliff's delta; `nil` where the run does not list the feature.
        package var before: Double?
        package var after: Double?
    }

    /// The names of the sides, `LEFT against RIGHT`.
    package var sidesBefore = ""
    package var sidesAfter = ""
    /// Whether the sides are told apart; `nil` where there were too few rows to tell.
    package var apartBefore: Bool?
    package var apartAfter: Bool?
    /// Empty where one of the runs has too few rows for a verdict.
    package var areas: [AreaChange] = []
    /// Rows of the right side's sample that lie in uncovered groups; `nil` where one of the runs has no coverage.
    package var uncovered: RunDifferences.Count?
    package var features: [FeatureChange] = []
    /// Uncovered slices of one run alone, as `FIELD=VALUE`; groups made by words have no names that last.
    package var groupsCame: [String] = []
    package var groupsWent: [String] = []
    /// Kinds of input that one run alone misses.
    package var shapesCame: [String] = []
    package var shapesWent: [String] = []

    /// - Complexity: O(n^2) in the listed figures.
    init(_ before: ComparisonFigures, _ after: ComparisonFigures) {
        sidesBefore = "\(before.left.name) against \(before.right.name)"
        sidesAfter = "\(after.left.name) against \(after.right.name)"
        apartBefore = before.apart
        apartAfter = after.apart
        if before.apart != nil, after.apart != nil {
            areas = [
                AreaChange(name: "all", before: before.all, after: after.all),
                AreaChange(name: "register", before: before.register, after: after.register),
                AreaChange(name: "content", before: before.content, after: after.content),
            ]
        }
        if let old = before.coverage, let new = after.coverage, old.groupedBy == new.groupedBy,
            old.doubt == nil, new.doubt == nil
        {
            uncovered = RunDifferences.Count(
                "uncovered", (Self.rows(old), old.rows), (Self.rows(new), new.rows))
        }
        compareFeatures(before, after)
        // Groups of one field in both; kinds that both runs looked for.
        if let old = before.coverage, let new = after.coverage, old.groupedBy == new.groupedBy {
            (groupsCame, groupsWent) = Self.differing(Self.groups(before), Self.groups(after))
        }
        if before.apart != nil, after.apart != nil {
            (shapesCame, shapesWent) = Self.differing(
                before.shapes.filter(\.isMissing).map { Self.kind($0.id) },
                after.shapes.filter(\.isMissing).map { Self.kind($0.id) })
        }
    }

    /// Whether no figure differs.
    package var isEmpty: Bool {
        apartBefore == apartAfter && areas.allSatisfy { $0.before == $0.after } && features.isEmpty
            && (uncovered.map { $0.before == $0.after && $0.beforeOf == $0.afterOf } ?? true)
            && [groupsCame, groupsWent, shapesCame, shapesWent].allSatisfy(\.isEmpty)
    }

    private static func rows(_ coverage: ComparisonFigures.Coverage) -> Int {
        Int((coverage.uncoveredShare * Double(coverage.rows)).rounded())
    }

    private mutating func compareFeatures(_ before: ComparisonFigures, _ after: ComparisonFigures) {
        func delta(_ id: String, _ figures: ComparisonFigures) -> Double? {
            figures.features.first { $0.id == id }?.delta
        }
        let old = before.features.filter(\.stands).map(\.id)
        let new = after.features.filter(\.stands).map(\.id)
        let changed = new.filter { !old.contains($0) } + old.filter { !new.contains($0) }
        features = changed.map {
            FeatureChange(id: $0, before: delta($0, before), after: delta($0, after))
        }
    }

    private static func groups(_ figures: ComparisonFigures) -> [String] {
        figures.uncovered.filter { $0.stands && $0.field != "terms" }.map { "\($0.field)=\($0.value)" }
    }

    /// Without the bounds, which follow from the rows.
    private static func kind(_ id: String) -> String {
        id.firstIndex(of: "(").map { String(id[..<$0].dropLast()) } ?? id
    }

    private static func differing(_ old: [String], _ new: [String]) -> (came: [String], went: [String]) {
        (new.filter { !old.contains($0) }, old.filter { !new.contains($0) })
    }
}
