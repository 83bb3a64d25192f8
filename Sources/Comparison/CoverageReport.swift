import Findings
import Glibc

/// Which groups of rows of one side the other side does not come near to.
///
/// A row alone says little; a group of them does. The measure of a group is the mean similarity of the nearest row of the
/// other side, beside that of the nearest other row of its own side, of as many rows: how near rows of one source come to
/// each other in this domain. Where groups are slices that both sides have, one of which the other side has hardly a row
/// is not covered either. Known to miss: a paraphrase in other words counts as far.
struct CoverageReport {
    /// By which the mean similarity falls short; chosen: of 77 intents of bank customers, halves of 5,000 rows, the
    /// present ones fall short by less than .05. Where the sides write in different ways, all slices fall short: what counts
    /// is by how much more than usual, and than slices differ by.
    static let leastGap = 0.05
    /// A slice of which the other side has less than this part of the share.
    static let leastPart = 0.05
    /// A slice of which the other side has less than this part of the share is rarer there.
    static let rarePart = 0.5
    static let leastZ = 3.0
    /// Share of false ones among the groups that are named for their gap (Benjamini and Hochberg 1995).
    static let mostQ = 0.01
    /// A standard deviation over the median absolute deviation, of a normal distribution.
    static let deviationOfMedian = 1.4826
    /// Slices on both sides that a usual gap is told from.
    static let leastSlices = 5
    static let leastRows = 10
    /// Rows that the other side would have of a group, if it had its share, for their lack to tell by itself.
    static let leastExpected = 20.0
    static let placesKept = 3
    /// Of equal rows, but for rounding.
    static let copySimilarity: Float = 0.9999
    /// Five words and their four pairs.
    static let leastCopiedFeatures = 9

    let index: CoverageIndex
    let sample: RowSample
    let nearest: CoverageProbe.Found
    /// Whether rows of each value were drawn on either side: a value without a row there is none of then.
    var drawsEachValue: Bool
    /// The rows of the other side, by their numbers in the sample, and their weight with the copies that they stand for.
    let otherRows: [Int]
    private(set) var otherWeight = 0.0
    /// The weight of the index's rows, with their copies.
    private(set) var ownWeight = 0.0

    /// - Complexity: O(rows of the sample).
    init(
        index: CoverageIndex, sample: RowSample, nearest: CoverageProbe.Found, drawsEachValue: Bool = false
    ) {
        self.index = index
        self.sample = sample
        self.nearest = nearest
        self.drawsEachValue = drawsEachValue
        let own = Set(index.rows)
        otherRows = sample.rows.indices.filter { !own.contains($0) }
        otherWeight = weight(ofSample: otherRows)
        ownWeight = weight(ofSample: index.rows)
    }

    /// The groups that absent topics make, the largest first; all of them stand.
    ///
    /// - Parameter labelWords: words of a label at most.
    func groups(
        _ topics: AbsentTopics, _ terms: SampleTerms, labelWords: Int = 3, shardNames: [String]
    ) -> [ComparisonFigures.Group] {
        topics.groups.map { topic in
            var group = measure(topic.members, topics.usual).group
            group.field = "terms"
            group.value =
                topic.language.map { "in \($0)" } ?? terms.label(of: topic.terms, most: labelWords)
            group.isLanguage = topic.language == nil ? nil : true
            group.usualGap = topics.usual.gap
            group.otherRows = topic.others.count
            group.stands = true
            group.places = farthest(topic.members, shardNames)
            return group
        }.sorted { $0.share != $1.share ? $0.share > $1.share : $0.value < $1.value }
    }

    /// The groups of a slice field, those that fall short first and by how much.
    ///
    /// - Parameters:
    ///   - groups: by the index's rows; `nil` for a row of no group.
    ///   - labels: by group.
    ///   - others: rows of the other side by group; `nil` where none of them has the field.
    func groups(
        _ groups: [Int?], labels: [String], field: String, others: [(rows: Int, share: Double)]?,
        shardNames: [String]
    ) -> [ComparisonFigures.Group] {
        var members = [[Int]](repeating: [], count: labels.count)
        for (place, group) in groups.enumerated() { if let group { members[group].append(place) } }
        var found: [(group: ComparisonFigures.Group, number: Int, draws: Double)] = []
        let usual = usualGaps(members, others)
        for number in labels.indices where !members[number].isEmpty {
            let (measured, draws) = measure(members[number], usual)
            var group = measured
            group.field = field
            group.usualGap = usual.gap
            group.value = labels[number]
            group.otherRows = others?[number].rows
            group.otherShare = others?[number].share
            group.places = farthest(members[number], shardNames)
            found.append((group, number, draws))
        }
        let rates = FeatureTable.falseDiscoveryRates(found.map { erfc($0.group.z / 2.0.squareRoot()) / 2 })
        for (place, item) in found.enumerated() where item.group.rows >= Self.leastRows {
            let part = Double(item.draws) / Double(max(1, item.group.rows))
            let other = others?[item.number]
            let isMissing = isAbsent(
                share: item.group.share, part: part, other?.share, otherRows: other?.rows,
                below: Self.leastPart)
            let isRare = isAbsent(
                share: item.group.share, part: part, other?.share, otherRows: other?.rows,
                below: Self.rarePart)
            // Of a slice of which there is less, rows lie farther for that alone.
            found[place].group.stands =
                isMissing || item.group.stands && rates[place] <= Self.mostQ && !isRare
            found[place].group.isRare = isRare && !isMissing ? true : nil
        }
        return found.sorted { a, b in
            let (first, second) = (a.group.gap, b.group.gap)
            if a.group.stands != b.group.stands { return a.group.stands }
            return first != second ? first > second : a.number < b.number
        }.map(\.group)
    }

    /// The rows that the other side comes least near to.
    private func farthest(_ members: [Int], _ shardNames: [String]) -> [ComparisonFigures.Place] {
        members.sorted { nearest.other[$0].similarity < nearest.other[$1].similarity }
            .prefix(Self.placesKept).map { place in
                let row = sample.rows[index.rows[place]]
                return ComparisonFigures.Place(shard: shardNames[row.shard], ordinal: row.ordinal)
            }
    }

    /// The gaps of groups that both sides have.
    struct Usual {
        /// Of the middle one: how far another way of writing keeps the sides apart. 0 where there are too few groups to
        /// tell.
        var gap = 0.0
        /// By how much more a group must fall short.
        var least = CoverageReport.leastGap
    }

    /// - Parameter others: rows of the other side by group; `nil` where they have no such field: then most groups are
    ///   taken to be covered.
    func usualGaps(_ members: [[Int]], _ others: [(rows: Int, share: Double)]?) -> Usual {
        let all = max(1, ownWeight)
        let gaps = members.indices.filter { number in
            members[number].count >= Self.leastRows
                && (others.map { $0[number].share >= Self.rarePart * weight(members[number]) / all } ?? true)
        }.map { mean(members[$0], nearest.own) - mean(members[$0], nearest.matched) }
        guard gaps.count >= Self.leastSlices else { return Usual() }
        func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        let gap = max(0, middle(gaps))
        let deviation = middle(gaps.map { abs($0 - gap) }) * Self.deviationOfMedian
        return Usual(gap: gap, least: max(Self.leastGap, Self.leastZ * deviation))
    }

    /// The figures of a group, whether its gap is one, and its independent draws.
    func measure(_ members: [Int], _ usual: Usual) -> (group: ComparisonFigures.Group, draws: Double) {
        var group = ComparisonFigures.Group()
        group.rows = rowCount(members)
        group.share = weight(members) / max(1, ownWeight)
        group.nearest = mean(members, nearest.other)
        group.matchedNearest = mean(members, nearest.matched)
        group.ownNearest = mean(members, nearest.own)
        // One draw a component of duplicate rows.
        var ofComponent: [Int: (sum: Double, rows: Double)] = [:]
        for place in members {
            let component = sample.components.ofRow[index.rows[place]]
            let gap = Double(nearest.own[place].similarity - nearest.matched[place].similarity) - usual.gap
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
            group.gap - usual.gap >= usual.least && gap >= usual.least && group.z >= Self.leastZ
            && group.nearest < group.ownNearest
        group.stands = group.rows >= Self.leastRows && isFar
        return (group, draws)
    }

    /// The drawn rows that rows of the sample stand for.
    func rowCount(ofSample rows: [Int]) -> Int {
        Int(rows.reduce(0) { $0 + sample.multiplicity[$1] }.rounded())
    }

    /// The weights of rows of the sample, with the copies that they stand for.
    func weight(ofSample rows: [Int]) -> Double {
        rows.reduce(0) { $0 + sample.rows[$1].weight * sample.multiplicity[$1] }
    }

    /// Share of the other side's rows.
    func otherShare(_ rows: [Int]) -> Double { weight(ofSample: rows) / max(1, otherWeight) }

    /// The drawn rows that rows of the index stand for.
    func rowCount(_ members: [Int]) -> Int {
        rowCount(ofSample: members.map { index.rows[$0] })
    }

    /// The weights of rows of the index, with the copies that they stand for.
    func weight(_ members: [Int]) -> Double {
        weight(ofSample: members.map { index.rows[$0] })
    }

    /// Whether the other side has less than a part of a group's share, beyond chance; by components on this side, by rows
    /// on the other.
    ///
    /// - Parameter part: components a row.
    func isAbsent(
        share: Double, part: Double, _ otherShare: Double?, otherRows: Int?, below limit: Double
    ) -> Bool {
        guard let otherShare, otherShare < limit * share else { return false }
        if otherRows == 0 {
            // None where there should be many is no chance, of however few templates the rows are.
            if drawsEachValue || share * otherWeight >= Self.leastExpected { return true }
        }
        return chance(ofShares: share * part, otherShare) < ShapeTable.mostChance
    }

    /// The chance that two samples of one source differ so much in a share.
    func chance(ofShares share: Double, _ otherShare: Double) -> Double {
        FeatureTable.chance(
            ofRates: share, otherShare,
            (Double(max(1, index.rows.count)), Double(max(1, sample.rows.count - index.rows.count))))
    }

    private func mean(_ members: [Int], _ nearest: [CoverageProbe.Nearest]) -> Double {
        members.reduce(0) { $0 + sample.rows[index.rows[$1]].weight * Double(nearest[$1].similarity) }
            / max(members.reduce(0) { $0 + sample.rows[index.rows[$1]].weight }, .leastNormalMagnitude)
    }

    /// Share of the rows that a row of the other side has all words and pairs of words of, and no others. Short rows are
    /// equal by chance and are no copies.
    var copiedShare: Double {
        let copied = index.rows.indices.filter {
            nearest.other[$0].similarity >= Self.copySimilarity
                && index.features(ofRow: $0).count >= Self.leastCopiedFeatures
        }
        return weight(copied) / max(1, ownWeight)
    }

    /// Mean similarities over all rows of the index.
    var means: (other: Double, matched: Double, own: Double) {
        let all = Array(index.rows.indices)
        return (mean(all, nearest.other), mean(all, nearest.matched), mean(all, nearest.own))
    }
}
