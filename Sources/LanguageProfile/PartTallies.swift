import Findings

/// Turns by the values of fields and by role; of one thread, or of all once they are merged.
///
/// A field of more than `mostValues` values has none counted: which were met first would hang on the threads.
struct PartTallies: Sendable {
    private let mostValues: Int
    /// The place of each part in `tallies`.
    private var places: [SliceValue: Int] = [:]
    /// By part and role.
    private var tallies: [PartTally?] = []
    /// Values of each field.
    private var values: [String: Int] = [:]
    /// Fields of too many values.
    private(set) var leftOut: Set<String> = []

    init(mostValues: Int) { self.mostValues = mostValues }

    mutating func add(
        _ row: [FeatureTallies.TurnFeatures], _ union: FeatureReader.Set, _ part: SliceValue,
        _ role: ProfileRole
    ) {
        change(part, role) { $0.add(row, union) }
    }

    /// Changes the tally of a part and role, if the part's field is counted.
    private mutating func change(_ part: SliceValue, _ role: ProfileRole, _ body: (inout PartTally) -> Void) {
        guard let place = places[part] ?? add(part) else { return }
        let at = place * ProfileRole.count + Int(role.rawValue)
        var tally = tallies[at] ?? PartTally()
        // Else the tally would be copied.
        tallies[at] = nil
        body(&tally)
        tallies[at] = tally
    }

    /// The place of a new part; `nil` if its field is not counted.
    private mutating func add(_ part: SliceValue) -> Int? {
        if leftOut.contains(part.field) { return nil }
        values[part.field, default: 0] += 1
        if values[part.field] ?? 0 > mostValues {
            leaveOut(part.field)
            return nil
        }
        let place = tallies.count / ProfileRole.count
        places[part] = place
        tallies += [PartTally?](repeating: nil, count: ProfileRole.count)
        return place
    }

    private mutating func leaveOut(_ field: String) {
        leftOut.insert(field)
        values[field] = nil
        for (part, place) in places where part.field == field {
            places[part] = nil
            for role in 0..<ProfileRole.count { tallies[place * ProfileRole.count + role] = nil }
        }
    }

    mutating func merge(_ other: PartTallies) {
        for field in other.leftOut where !leftOut.contains(field) { leaveOut(field) }
        for role in ProfileRole.allCases {
            for (part, more) in other.parts(role) { change(part, role) { $0.merge(more) } }
        }
    }

    /// The parts of one role, in the order of their names.
    func parts(_ role: ProfileRole) -> [(part: SliceValue, tally: PartTally)] {
        places.compactMap { part, place in
            tallies[place * ProfileRole.count + Int(role.rawValue)].map { (part, $0) }
        }.sorted { ($0.part.field, $0.part.value) < ($1.part.field, $1.part.value) }
    }
}
