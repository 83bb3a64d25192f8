import Corpus

/// The part of a row that clusters are made of: one turn, or all turns of a role. A reply that was pasted under other
/// requests is near itself by its own turn alone.
package struct EvidencePart: Sendable, Hashable, Comparable {
    package var place: FeatureTallies.Place
    /// A turn's number in its row; of a role -1 less its value.
    private var part: Int32

    /// - Parameter number: of the turn in its row.
    package static func turn(_ number: Int, of place: FeatureTallies.Place) -> EvidencePart {
        EvidencePart(place: place, part: Int32(clamping: number))
    }

    package static func role(_ role: ProfileRole, of place: FeatureTallies.Place) -> EvidencePart {
        EvidencePart(place: place, part: -1 - Int32(role.rawValue))
    }

    /// Whether a turn of the row belongs to it.
    package func holds(_ turn: Turn, number: Int) -> Bool {
        part < 0 ? -1 - part == Int32(ProfileRole(turn).rawValue) : Int(part) == number
    }

    package static func < (first: EvidencePart, second: EvidencePart) -> Bool {
        (first.place, first.part) < (second.place, second.part)
    }
}
