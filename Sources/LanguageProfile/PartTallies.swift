import Findings

/// Turns by the values of fields and by role; of one thread, or of all once they are merged.
///
/// A field of more than `mostValues` values has none counted: which were met first would hang on the threads.
struct PartTallies: Sendable {
    private struct Key: Hashable, Sendable {
        var part: SliceValue
        var role: ProfileRole
    }

    private let mostValues: Int
    private var tallies: [Key: PartTally] = [:]
    private var values: [String: Set<String>] = [:]
    /// Fields of too many values.
    private(set) var leftOut: Set<String> = []

    init(mostValues: Int) { self.mostValues = mostValues }

    mutating func add(
        _ row: [FeatureTallies.TurnFeatures], _ union: FeatureReader.Set, _ part: SliceValue,
        _ role: ProfileRole
    ) {
        guard note(part) else { return }
        tallies[Key(part: part, role: role), default: PartTally()].add(row, union)
    }

    /// - Returns: whether the part's field is counted.
    private mutating func note(_ part: SliceValue) -> Bool {
        if leftOut.contains(part.field) { return false }
        if values[part.field, default: []].insert(part.value).inserted,
            values[part.field]?.count ?? 0 > mostValues
        {
            leaveOut(part.field)
            return false
        }
        return true
    }

    private mutating func leaveOut(_ field: String) {
        leftOut.insert(field)
        values[field] = nil
        tallies = tallies.filter { $0.key.part.field != field }
    }

    mutating func merge(_ other: PartTallies) {
        for field in other.leftOut where !leftOut.contains(field) { leaveOut(field) }
        for (key, more) in other.tallies where note(key.part) {
            tallies[key, default: PartTally()].merge(more)
        }
    }

    /// The parts of one role, in the order of their names.
    func parts(_ role: ProfileRole) -> [(part: SliceValue, tally: PartTally)] {
        tallies.filter { $0.key.role == role }.map { ($0.key.part, $0.value) }
            .sorted { ($0.part.field, $0.part.value) < ($1.part.field, $1.part.value) }
    }
}
