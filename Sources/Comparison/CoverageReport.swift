import Findings

/// Which groups of rows of one side the other side does not come near to.
///
/// A row alone says little; a group of them does. The measure of a group is the mean similarity of the nearest row of the
/// other side, beside that of the nearest other row of its own side, of as many rows: how near rows of one source come to
/// each other in this domain. Where groups are slices that both sides have, one of which the other side has hardly a row
/// is not covered either. Known to miss: a paraphrase in other words counts as far.
struct CoverageReport {
    /// By which the mean similarity falls short; chosen: of 77 intents of bank customers, halves of 5,000 rows, the
    /// present ones fall short by less than .05. Where the sides write in different ways, all slices fall short: what counts
    /// is by how much more than usual.
    static let leastGap = 0.05
    /// A slice of which the other side has less than this part of the share.
    static let leastPart = 0.25
    static let leastZ = 3.0
    /// Slices on both sides that a usual gap is told from.
    static let leastSlices = 5
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
        _ groups: [Int?], labels: [String], field: String, others: [(rows: Int, share: Double)]?,
        shardNames: [String]
    ) -> [ComparisonFigures.Group] {
        var members = [[Int]](repeating: [], count: labels.count)
        for (place, group) in groups.enumerated() { if let group { members[group].append(place) } }
        var found: [(group: ComparisonFigures.Group, number: Int)] = []
        let usual = usualGap(members, others)
        for number in labels.indices where !members[number].isEmpty {
            var group = measure(members[number], otherShare: others?[number].share, usualGap: usual)
            group.field = field
            group.usualGap = others == nil ? nil : usual
            group.value = labels[number]
            group.otherRows = others?[number].rows
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

    /// The gap of the middle one of the slices that both sides have: how far another way of writing keeps them apart.
    /// 0 where rows are grouped by their words, or where there are too few slices to tell.
    private func usualGap(_ members: [[Int]], _ others: [(rows: Int, share: Double)]?) -> Double {
        guard let others else { return 0 }
        let all = max(1, weight(Array(index.rows.indices)))
        let gaps = members.indices.filter { number in
            members[number].count >= Self.leastRows
                && others[number].share >= Self.leastPart * weight(members[number]) / all
        }.map { mean(members[$0], nearest.own) - mean(members[$0], nearest.matched) }.sorted()
        return gaps.count >= Self.leastSlices ? max(0, gaps[gaps.count / 2]) : 0
    }

    private func measure(_ members: [Int], otherShare: Double?, usualGap: Double) -> ComparisonFigures.Group {
        var group = ComparisonFigures.Group()
        group.rows = members.count
        group.share = weight(members) / max(1, weight(Array(index.rows.indices)))
        group.nearest = mean(members, nearest.other)
        group.matchedNearest = mean(members, nearest.matched)
        group.ownNearest = mean(members, nearest.own)
        // One draw a component of duplicate rows.
        var ofComponent: [Int: (sum: Double, rows: Double)] = [:]
        for place in members {
            let component = sample.components.ofRow[index.rows[place]]
            let gap = Double(nearest.own[place].similarity - nearest.matched[place].similarity) - usualGap
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
            group.gap - usualGap >= Self.leastGap && gap >= Self.leastGap && group.z >= Self.leastZ
            && group.nearest < group.ownNearest
        group.stands =
            group.rows >= Self.leastRows
            && (isFar || isAbsent(share: group.share * draws / Double(group.rows), otherShare))
        return group
    }

    private func weight(_ members: [Int]) -> Double {
        members.reduce(0) { $0 + sample.rows[index.rows[$1]].weight }
    }

    /// Whether the other side has hardly a row of a slice; by components on this side, by rows on the other.
    private func isAbsent(share: Double, _ otherShare: Double?) -> Bool {
        guard let otherShare, otherShare < Self.leastPart * share else { return false }
        let chance = FeatureTable.chance(
            ofRates: share, otherShare,
            (Double(max(1, index.rows.count)), Double(max(1, sample.rows.count - index.rows.count))))
        return chance < ShapeTable.mostChance
    }

    private func mean(_ members: [Int], _ nearest: [CoverageProbe.Nearest]) -> Double {
        members.reduce(0) { $0 + sample.rows[index.rows[$1]].weight * Double(nearest[$1].similarity) }
            / max(weight(members), .leastNormalMagnitude)
    }

    /// Mean similarities over all rows of the index.
    var means: (other: Double, matched: Double, own: Double) {
        let all = Array(index.rows.indices)
        return (mean(all, nearest.other), mean(all, nearest.matched), mean(all, nearest.own))
    }
}
