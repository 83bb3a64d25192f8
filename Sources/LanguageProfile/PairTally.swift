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
        /// Of each role that has the wrong form, the first turn with it.
        package var turns = SIMD8<UInt32>()

        package init() {}

        package mutating func add(_ role: ProfileRole, turn: Int, isWrong: Bool) {
            either |= 1 << role.rawValue
            guard isWrong else { return }
            if wrong >> role.rawValue & 1 == 0 { turns[Int(role.rawValue)] = UInt32(clamping: turn) }
            wrong |= 1 << role.rawValue
        }
    }

    /// A role of a row that has the wrong form, of which clusters are made.
    package struct Witness: Sendable, Equatable {
        /// The first turn with it.
        package var part: EvidencePart
        package var role: UInt8
        /// Whether it stands for the row among all rows.
        package var isFirst: Bool
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
            var roles = forms.wrong
            while roles != 0 {
                let role = roles.trailingZeroBitCount
                witnesses.append(
                    Witness(
                        part: .turn(Int(forms.turns[role]), of: place), role: UInt8(role),
                        isFirst: roles == forms.wrong))
                roles &= roles - 1
            }
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
    package mutating func seal() { witnesses.sort { ($0.part, $0.role) < ($1.part, $1.role) } }
}
