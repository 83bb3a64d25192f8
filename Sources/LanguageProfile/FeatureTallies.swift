import Corpus
import Findings

/// Turns by their features, for each role, slice and label; of one thread, or of all once they are merged.
///
/// Sums of whole numbers alone, so that no order of merging changes a figure.
package struct FeatureTallies: Sendable {
    /// Turns of one role.
    package struct RoleTally: Sendable {
        package var turns = 0
        package var words = 0
        /// Turns by their words, the last for all longer ones.
        package var lengths = [Int](repeating: 0, count: 1025)
        package var hits = [Int](repeating: 0, count: FeatureCatalogue.most)
        /// Rows with turns of the role, and sums over them: of turns squared, of hits squared, of hits by turns.
        package var rows = 0
        var turnsSquared = 0
        var hitsSquared = [Int](repeating: 0, count: FeatureCatalogue.most)
        var hitsByTurns = [Int](repeating: 0, count: FeatureCatalogue.most)

        mutating func add(_ own: [TurnFeatures], _ union: FeatureReader.Set) {
            turns += own.count
            rows += 1
            turnsSquared += own.count * own.count
            for turn in own {
                words += turn.words
                lengths[min(turn.words, 1024)] += 1
            }
            FeatureTallies.forEachFeature(of: union) { feature in
                let found = FeatureTallies.turns(own, with: feature)
                hits[feature] += found
                hitsSquared[feature] += found * found
                hitsByTurns[feature] += found * own.count
            }
        }

        mutating func merge(_ other: RoleTally) {
            turns += other.turns
            words += other.words
            rows += other.rows
            turnsSquared += other.turnsSquared
            for at in lengths.indices { lengths[at] += other.lengths[at] }
            for at in hits.indices {
                hits[at] += other.hits[at]
                hitsSquared[at] += other.hitsSquared[at]
                hitsByTurns[at] += other.hitsByTurns[at]
            }
        }
    }

    /// Turns of one role in a part of the rows.
    package struct PartTally: Sendable {
        package var turns = 0
        package var hits = [Int](repeating: 0, count: FeatureCatalogue.most)
    }

    /// A part of the rows, in one role.
    struct PartKey: Hashable, Sendable {
        var part: SliceValue
        var role: ProfileRole
    }

    struct AuthorKey: Hashable, Sendable {
        var author: UInt64
        var role: ProfileRole
    }

    /// A turn that has a feature.
    package struct Place: Sendable, Comparable {
        package var shard: Int
        package var ordinal: Int

        package static func < (first: Place, second: Place) -> Bool {
            (first.shard, first.ordinal) < (second.shard, second.ordinal)
        }
    }

    package private(set) var roles = [RoleTally](repeating: RoleTally(), count: ProfileRole.count)
    /// Chosen answers of rows that have a rejected one too.
    private(set) var chosen = PartTally()
    private var parts: [PartKey: PartTally] = [:]
    private var authors: [AuthorKey: PartTally] = [:]
    /// By feature and role.
    private var places = [[Place]](repeating: [], count: FeatureCatalogue.most * ProfileRole.count)

    static let placesKept = 3
    /// Parts (values of slices) whose features are counted; beyond, they are not.
    static let mostParts = 4000

    package init() {}

    /// One turn.
    struct TurnFeatures {
        var role: ProfileRole
        var found: FeatureReader.Set
        var words: Int
        /// Marked as the chosen answer of a pair.
        var isChosen = false
    }

    /// Adds the turns of a row.
    mutating func add(
        _ turns: [TurnFeatures], author: UInt64?, parts rowParts: [SliceValue], shard: Int, ordinal: Int
    ) {
        if turns.contains(where: { $0.role == .rejected }) {
            let pair = turns.filter(\.isChosen)
            Self.add(pair, pair.reduce(0) { $0 | $1.found }, to: &chosen)
        }
        guard let first = turns.first else { return }
        if turns.allSatisfy({ $0.role == first.role }) {
            addRole(turns, author, rowParts, shard, ordinal)
            return
        }
        for role in ProfileRole.allCases where turns.contains(where: { $0.role == role }) {
            addRole(turns.filter { $0.role == role }, author, rowParts, shard, ordinal)
        }
    }

    /// Adds the turns of one role, one or more.
    private mutating func addRole(
        _ own: [TurnFeatures], _ author: UInt64?, _ rowParts: [SliceValue], _ shard: Int, _ ordinal: Int
    ) {
        let role = own[0].role
        let union = own.reduce(0) { $0 | $1.found }
        roles[Int(role.rawValue)].add(own, union)
        for part in rowParts { addPart(own, union, PartKey(part: part, role: role)) }
        if let author {
            Self.add(
                own, union, to: &authors[AuthorKey(author: author, role: role), default: PartTally()])
        }
        if role == .assistant || role == .text || role == .user {
            note(union, role, Place(shard: shard, ordinal: ordinal))
        }
    }

    private mutating func addPart(_ turns: [TurnFeatures], _ union: FeatureReader.Set, _ key: PartKey) {
        if parts.count >= Self.mostParts, parts[key] == nil { return }
        Self.add(turns, union, to: &parts[key, default: PartTally()])
    }

    private static func add(_ turns: [TurnFeatures], _ union: FeatureReader.Set, to tally: inout PartTally) {
        tally.turns += turns.count
        forEachFeature(of: union) { feature in
            tally.hits[feature] += Self.turns(turns, with: feature)
        }
    }

    private static func turns(_ turns: [TurnFeatures], with feature: Int) -> Int {
        if turns.count == 1 { return 1 }
        let bit: FeatureReader.Set = 1 << FeatureReader.Set(feature)
        return turns.reduce(0) { $0 + ($1.found & bit != 0 ? 1 : 0) }
    }

    private mutating func note(_ union: FeatureReader.Set, _ role: ProfileRole, _ place: Place) {
        Self.forEachFeature(of: union) { feature in
            let key = feature * ProfileRole.count + Int(role.rawValue)
            if places[key].count == Self.placesKept, places[key][Self.placesKept - 1] < place { return }
            places[key] = Array((places[key] + [place]).sorted().prefix(Self.placesKept))
        }
    }

    @inline(__always)
    private static func forEachFeature(of set: FeatureReader.Set, _ body: (Int) -> Void) {
        var rest = set
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
    }

    package mutating func merge(_ other: FeatureTallies) {
        for at in roles.indices { roles[at].merge(other.roles[at]) }
        Self.merge(other.chosen, into: &chosen)
        for (key, more) in other.parts { Self.merge(more, into: &parts[key, default: PartTally()]) }
        for (key, more) in other.authors { Self.merge(more, into: &authors[key, default: PartTally()]) }
        for (key, more) in other.places.enumerated() where !more.isEmpty {
            places[key] = Array((places[key] + more).sorted().prefix(Self.placesKept))
        }
    }

    private static func merge(_ more: PartTally, into tally: inout PartTally) {
        tally.turns += more.turns
        for at in tally.hits.indices { tally.hits[at] += more.hits[at] }
    }

    // MARK: Figures

    package func rate(_ feature: Int, _ role: ProfileRole) -> ClusteredRate {
        let tally = roles[Int(role.rawValue)]
        var rate = ClusteredRate(hits: tally.hits[feature], rows: tally.turns)
        let own = authors.filter { $0.key.role == role }
        if own.isEmpty {
            rate.draws = tally.rows
            let share = rate.share
            rate.squares =
                Double(tally.hitsSquared[feature]) - 2 * share * Double(tally.hitsByTurns[feature])
                + share * share * Double(tally.turnsSquared)
        } else {
            let share = rate.share
            rate.draws = own.count
            rate.squares = own.sorted { $0.key.author < $1.key.author }.reduce(0) { sum, item in
                let rest = Double(item.value.hits[feature]) - share * Double(item.value.turns)
                return sum + rest * rest
            }
        }
        return rate
    }

    package func places(_ feature: Int, _ role: ProfileRole) -> [Place] {
        places[feature * ProfileRole.count + Int(role.rawValue)]
    }

    /// The parts of one role, in the order of their names.
    package func parts(_ role: ProfileRole) -> [(part: SliceValue, tally: PartTally)] {
        parts.filter { $0.key.role == role }.map { ($0.key.part, $0.value) }
            .sorted { ($0.part.field, $0.part.value) < ($1.part.field, $1.part.value) }
    }

    /// Words of the middle turn; 1,024 for that many and more.
    package func medianWords(_ role: ProfileRole) -> Int {
        let tally = roles[Int(role.rawValue)]
        var sum = 0
        for (words, turns) in tally.lengths.enumerated() {
            sum += turns
            if sum * 2 >= tally.turns { return words }
        }
        return 0
    }
}
