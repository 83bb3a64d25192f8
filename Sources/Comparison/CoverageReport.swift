import Findings

/// Which groups of rows of one side the other side does not come near to.
///
/// A row alone says little; a group of them does. The measure of a group is the mean similarity of the nearest row of the
/// other side, beside that of the nearest other row of its own side, of as many rows: how near rows of one source come to
/// each other in this domain. Where groups are slices that both sides have, one of which the other side has hardly a row
/// is not covered either. Known to miss: a paraphrase in other words counts as far.
struct CoverageReport {
    /// By which the mean similarity falls short; chosen: of 77 intents of bank customers, halves of 5,000 rows, the
    /// present ones fall short by less than .05.
    static let leastGap = 0.05
    /// A slice of which the other side has less than this part of the share.
    static let leastPart = 0.25
    static let leastZ = 3.0
    static let leastRows = 10
    static let placesKept = 3

    let index: CoverageIndex
    let sample: RowSample
    let nearest: CoverageProbe.Found

    /// The groups, those that fall short first and by how much.
    ///
    /// - Parameters:
    ///   - groups: by the index's rows; `nil` for a row of no group.
    ///   - labels: by group.
    func groups(
        _ groups: [Int?], labels: [String], field: String, otherRows: [Int]?, shardNames: [String]
    ) -> [ComparisonFigures.Group] {
        var members = [[Int]](repeating: [], count: labels.count)
        for (place, group) in groups.enumerated() { if let group { members[group].append(place) } }
        var found: [(group: ComparisonFigures.Group, number: Int)] = []
        for number in labels.indices where !members[number].isEmpty {
            var group = measure(members[number], otherDraws: otherRows?[number])
            group.field = field
            group.value = labels[number]
            group.otherRows = otherRows?[number]
            group.places = members[number].sorted {
                nearest.other[$0].similarity < nearest.other[$1].similarity
            }
            .prefix(Self.placesKept).map { place in
                let row = sample.rows[index.rows[place]]
                return ComparisonFigures.Place(shard: shardNames[row.shard], ordinal: row.ordinal)
            }
            found.append((group, number))
        }
        return found.sorted { a, b in
            let (first, second) = (a.group.gap, b.group.gap)
            if a.group.stands != b.group.stands { return a.group.stands }
            return first != second ? first > second : a.number < b.number
        }.map(\.group)
    }

    private func measure(_ members: [Int], otherDraws: Int?) -> ComparisonFigures.Group {
        var group = ComparisonFigures.Group()
        group.rows = members.count
        group.share = Double(members.count) / Double(max(1, index.rows.count))
        group.nearest = mean(members, nearest.other)
        group.matchedNearest = mean(members, nearest.matched)
        group.ownNearest = mean(members, nearest.own)
        // One draw a component of duplicate rows.
        var ofComponent: [Int: (sum: Double, rows: Double)] = [:]
        for place in members {
            let component = sample.components.ofRow[index.rows[place]]
            let gap = Double(nearest.own[place].similarity - nearest.matched[place].similarity)
            let old = ofComponent[component] ?? (0, 0)
            ofComponent[component] = (old.sum + gap, old.rows + 1)
        }
        let gaps = ofComponent.sorted { $0.key < $1.key }.map { $0.value.sum / $0.value.rows }
        let draws = Double(gaps.count)
        let gap = gaps.reduce(0, +) / max(1, draws)
        let squares = gaps.reduce(0) { $0 + ($1 - gap) * ($1 - gap) }
        if draws > 1, squares > 0 { group.z = gap / (squares / (draws - 1) / draws).squareRoot() }
        // More rows than the measure's may cover the group all the same.
        let isFar =
            group.gap >= Self.leastGap && gap >= Self.leastGap && group.z >= Self.leastZ
            && group.nearest < group.ownNearest
        group.stands = group.rows >= Self.leastRows && (isFar || isAbsent(draws: draws, otherDraws))
        return group
    }

    /// Whether the other side has hardly a row of a slice; by components on this side, by rows on the other.
    private func isAbsent(draws: Double, _ otherDraws: Int?) -> Bool {
        guard let otherDraws else { return false }
        let all = (
            left: draws / Double(max(1, index.rows.count)),
            right: Double(otherDraws) / Double(max(1, sample.rows.count - index.rows.count))
        )
        guard all.right < Self.leastPart * all.left else { return false }
        let chance = FeatureTable.chance(
            ofRates: all.left, all.right,
            (Double(max(1, index.rows.count)), Double(max(1, sample.rows.count - index.rows.count))))
        return chance < ShapeTable.mostChance
    }

    private func mean(_ members: [Int], _ nearest: [CoverageProbe.Nearest]) -> Double {
        members.reduce(0) { $0 + Double(nearest[$1].similarity) } / Double(max(1, members.count))
    }

    /// Mean similarities over all rows of the index.
    var means: (other: Double, matched: Double, own: Double) {
        let all = Array(index.rows.indices)
        return (mean(all, nearest.other), mean(all, nearest.matched), mean(all, nearest.own))
    }
}
