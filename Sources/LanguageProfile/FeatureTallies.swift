import Corpus
import Findings

/// Turns by their features, for each role, slice and label; of one thread, or of all once they are merged.
///
/// Sums of whole numbers alone, so that no order of merging changes a figure.
package struct FeatureTallies: Sendable {
    /// A turn that has a feature.
    package struct Place: Sendable, Hashable, Comparable {
        package var shard: Int
        package var ordinal: Int

        package init(shard: Int, ordinal: Int) {
            self.shard = shard
            self.ordinal = ordinal
        }

        package static func < (first: Place, second: Place) -> Bool {
            (first.shard, first.ordinal) < (second.shard, second.ordinal)
        }
    }

    package private(set) var roles = [RoleTally](repeating: RoleTally(), count: ProfileRole.count)
    /// Chosen answers of rows that have a rejected one too.
    private(set) var chosen = PartTally()
    private(set) var parts = PartTallies(mostValues: FeatureTallies.mostValues)
    private(set) var labels = LabelTallies()
    /// Turns of the units that rows are drawn by, a column a role.
    private var units = UnitTallies(columns: ProfileRole.count)
    /// Turns of rows that are draws of their own.
    private var single = [RoleTally](repeating: RoleTally(), count: ProfileRole.count)
    /// Rows that near-duplicate clusters are made of, where nothing else says what a draw is.
    package private(set) var evidence = FeatureEvidence()
    /// By feature and role.
    private var places = [[Place]](repeating: [], count: FeatureCatalogue.most * ProfileRole.count)

    static let placesKept = 3
    /// Values of a slice; the features of a slice with more are not counted by value.
    package static let mostValues = 1000

    package init() {}

    /// One turn.
    struct TurnFeatures {
        var role: ProfileRole
        var found: FeatureReader.Set
        var words: Int
        /// Of the turn in its row.
        var number: Int
        /// Marked as the chosen answer of a pair.
        var isChosen = false
    }

    /// How many of a row's turns of one role have a feature that one of them has.
    @inline(__always)
    static func turns(_ row: [TurnFeatures], with feature: Int) -> Int {
        if row.count == 1 { return 1 }
        let bit: FeatureReader.Set = 1 << FeatureReader.Set(feature)
        return row.reduce(0) { $0 + ($1.found & bit != 0 ? 1 : 0) }
    }

    /// Adds the turns of a row.
    mutating func add(_ turns: [TurnFeatures], _ origin: RowOrigin) {
        if turns.contains(where: { $0.role == .rejected }) {
            let pair = turns.filter(\.isChosen)
            chosen.add(pair, pair.reduce(0) { $0 | $1.found })
        }
        guard let first = turns.first else { return }
        if turns.allSatisfy({ $0.role == first.role }) {
            addRole(turns, origin)
            return
        }
        for role in ProfileRole.allCases where turns.contains(where: { $0.role == role }) {
            addRole(turns.filter { $0.role == role }, origin)
        }
    }

    /// Adds the turns of one role, one or more.
    private mutating func addRole(_ own: [TurnFeatures], _ origin: RowOrigin) {
        let role = own[0].role
        let union = own.reduce(0) { $0 | $1.found }
        let at = Int(role.rawValue)
        roles[at].add(own, union)
        if let unit = origin.unit {
            units.add(own, union, unit: unit, column: at)
        } else {
            single[at].add(own, union)
        }
        for part in origin.parts { parts.add(own, union, part, role) }
        for label in origin.labels { labels.add(own, union, label, role) }
        if origin.isDrawnByCluster { evidence.add(own, union, role, origin) }
        if role == .assistant || role == .text || role == .user { note(union, role, origin.place) }
    }

    private mutating func note(_ union: FeatureReader.Set, _ role: ProfileRole, _ place: Place) {
        union.forEachFeature { feature in
            let key = feature * ProfileRole.count + Int(role.rawValue)
            if places[key].count == Self.placesKept, places[key][Self.placesKept - 1] < place { return }
            places[key] = Array((places[key] + [place]).sorted().prefix(Self.placesKept))
        }
    }

    package mutating func merge(_ other: FeatureTallies) {
        for at in roles.indices {
            roles[at].merge(other.roles[at])
            single[at].merge(other.single[at])
        }
        units.merge(other.units)
        evidence.merge(other.evidence)
        chosen.merge(other.chosen)
        parts.merge(other.parts)
        labels.merge(other.labels)
        for (key, more) in other.places.enumerated() where !more.isEmpty {
            places[key] = Array((places[key] + more).sorted().prefix(Self.placesKept))
        }
    }

    /// Ends the counting, after the last merge.
    package mutating func seal() {
        units.seal()
        evidence.seal()
    }

    // MARK: Figures

    /// The share of a role's turns that have a feature.
    ///
    /// - Parameter clusters: `evidence` by its clusters.
    package func rate(_ feature: Int, _ role: ProfileRole, clusters: ClusteredEvidence) -> ClusteredRate {
        let at = Int(role.rawValue)
        let all = roles[at]
        var rate = ClusteredRate(hits: all.hits[feature], rows: all.turns)
        let share = rate.share
        let drawn = units.spread(feature, column: at, share: share)
        rate.draws = drawn.units + single[at].rows
        rate.designEffect = drawn.designEffect(feature, with: single[at])
        rate.squares = drawn.squares + single[at].squares(feature, share: share)
        // A sample of units may hold few of a rare feature: no narrower then than with rows as draws.
        if drawn.isSample { rate.squares = max(rate.squares, all.squares(feature, share: share)) }
        if let cluster = evidence.clustering(
            feature, role, share: share, ofRows: rate.squares, clusters)
        {
            rate.squares += cluster.squares
            rate.draws = max(1, rate.draws - cluster.rowsBeyondClusters)
        }
        // Sums that cancel leave a rest of their rounding.
        if rate.squares < 1e-9 * share * share * Double(all.turnsSquared) { rate.squares = 0 }
        return rate
    }

    package func places(_ feature: Int, _ role: ProfileRole) -> [Place] {
        places[feature * ProfileRole.count + Int(role.rawValue)]
    }
}
