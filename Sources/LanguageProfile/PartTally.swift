/// Turns of one role by their features, in a part of the rows.
package struct PartTally: Sendable {
    package private(set) var turns = 0
    package private(set) var hits = [Int](repeating: 0, count: FeatureCatalogue.most)

    package init() {}

    mutating func add(_ row: [FeatureTallies.TurnFeatures], _ union: FeatureReader.Set) {
        turns += row.count
        union.forEachFeature { feature in
            hits[feature] += FeatureTallies.turns(row, with: feature)
        }
    }

    mutating func merge(_ other: PartTally) {
        turns += other.turns
        for at in hits.indices { hits[at] += other.hits[at] }
    }
}
