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

    /// The roles of a row that have a form, a bit for each.
    package struct Forms: Sendable, Equatable {
        package var either: UInt8 = 0
        package var wrong: UInt8 = 0
        /// The first turn with the wrong form.
        package var turn: UInt32 = 0

        package init() {}

        package mutating func add(_ role: ProfileRole, turn: Int, isWrong: Bool) {
            either |= 1 << role.rawValue
            guard isWrong else { return }
            if wrong == 0 { self.turn = UInt32(clamping: turn) }
            wrong |= 1 << role.rawValue
        }
    }

    /// A row with the wrong form, of which clusters are made.
    package struct Witness: Sendable, Equatable {
        /// The first turn with it.
        package var part: EvidencePart
        /// The roles of the row that have it, a bit for each.
        package var roles: UInt8
    }

    /// Rows by the unit that they are drawn by.
    package private(set) var all = ClusteredTally()
    package private(set) var ofRole: [ClusteredTally] = Array(
        repeating: ClusteredTally(), count: ProfileRole.count)
    package private(set) var slices: [SliceValue: Rows] = [:]
    /// In order once they are sealed.
    package private(set) var witnesses: [Witness] = []
    /// The first rows with the wrong form, in order.
    package private(set) var places: [FeatureTallies.Place] = []

    package static let placesKept = 5

    package init() {}

    /// Adds a row that has some form of the pair.
    ///
    /// - Parameter isWitness: whether clusters are made of it, if it has the wrong form.
    mutating func add(_ forms: Forms, _ place: FeatureTallies.Place, unit: UInt64?, isWitness: Bool) {
        let hit = forms.wrong != 0
        all.add(hit: hit, unit: unit)
        for role in 0..<UInt8(ProfileRole.count) where forms.either >> role & 1 == 1 {
            ofRole[Int(role)].add(hit: forms.wrong >> role & 1 == 1, unit: unit)
        }
        guard hit else { return }
        if isWitness {
            witnesses.append(Witness(part: .turn(Int(forms.turn), of: place), roles: forms.wrong))
        }
        if places.count == Self.placesKept {
            if places[Self.placesKept - 1] < place { return }
            places.removeLast()
        }
        places.insert(place, at: places.firstIndex { place < $0 } ?? places.count)
    }

    /// Adds rows that have the right form alone and are draws of their own.
    ///
    /// - Parameter rows: of each role, then all.
    mutating func addRight(_ rows: [Int]) {
        for role in ofRole.indices where rows[role] > 0 { ofRole[role].addMisses(rows[role]) }
        all.addMisses(rows[ofRole.count])
    }

    /// Adds rows of a slice.
    mutating func add(_ rows: Rows, of slice: SliceValue) {
        slices[slice, default: Rows()].wrong += rows.wrong
        slices[slice, default: Rows()].right += rows.right
    }

    package mutating func merge(_ other: PairTally) {
        all.merge(other.all)
        for role in ofRole.indices { ofRole[role].merge(other.ofRole[role]) }
        for (slice, rows) in other.slices { add(rows, of: slice) }
        witnesses += other.witnesses
        places = Array((places + other.places).sorted().prefix(Self.placesKept))
    }

    /// Ends the counting.
    package mutating func seal() { witnesses.sort { $0.part < $1.part } }
}
