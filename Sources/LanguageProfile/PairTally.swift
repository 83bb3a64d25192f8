import Corpus
import Findings

/// What the second pass counts of one pair.
package struct PairTally: Sendable {
    /// Rows with the wrong form, and rows with the right form alone.
    package struct Rows: Sendable, Equatable {
        package var wrong = 0
        package var right = 0
        package init() {}
    }

    /// A place where the wrong form stands.
    package struct Place: Sendable, Equatable {
        package var shard: Int
        package var ordinal: Int

        package init(shard: Int, ordinal: Int) {
            self.shard = shard
            self.ordinal = ordinal
        }
    }

    /// Rows by the unit that they are drawn by.
    package var all = ClusteredTally()
    package var ofRole: [ClusteredTally] = Array(repeating: ClusteredTally(), count: ProfileRole.count)
    package var slices: [SliceValue: Rows] = [:]
    /// Rows with the wrong form among those that clusters are made of.
    package var witnesses: [Int] = []
    package var places: [Place] = []

    package static let placesKept = 5

    package init() {}

    /// Adds a row that has some form of the pair.
    ///
    /// - Parameter isWrong: whether it has the wrong form, by role; `nil` for a role with neither.
    package mutating func add(
        isWrong: [Bool?], unit: UInt64?, slices values: [SliceValue]
    ) {
        let hit = isWrong.contains(true)
        all.add(hit: hit, unit: unit)
        for (role, wrong) in isWrong.enumerated() {
            if let wrong { ofRole[role].add(hit: wrong, unit: unit) }
        }
        for value in values {
            if hit {
                slices[value, default: Rows()].wrong += 1
            } else {
                slices[value, default: Rows()].right += 1
            }
        }
    }

    package mutating func merge(_ other: PairTally) {
        all.merge(other.all)
        for role in ofRole.indices { ofRole[role].merge(other.ofRole[role]) }
        for (slice, rows) in other.slices {
            slices[slice, default: Rows()].wrong += rows.wrong
            slices[slice, default: Rows()].right += rows.right
        }
        witnesses += other.witnesses
        places += other.places.prefix(max(0, Self.placesKept - places.count))
    }
}
