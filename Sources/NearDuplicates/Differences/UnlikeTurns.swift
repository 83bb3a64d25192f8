/// The turns and parts of two texts that may say something that the other does not.
struct UnlikeTurns {
    /// The first `pairCount` of both stand at the same places.
    private(set) var first: [TurnPlace] = []
    private(set) var second: [TurnPlace] = []
    private(set) var pairCount = 0
    private var others: (first: [TurnPlace], second: [TurnPlace]) = ([], [])

    init() {}

    init(_ first: [TurnPlace], _ second: [TurnPlace]) {
        self.first = first
        self.second = second
    }

    mutating func addPair(_ own: TurnPlace, _ other: TurnPlace) {
        first.append(own)
        second.append(other)
    }

    /// Leaves whole turns alone.
    mutating func removeParts() {
        // The parts of a pair are of one kind.
        pairCount = first.prefix(pairCount).count { !$0.isPart }
        first.removeAll(where: \.isPart)
        second.removeAll(where: \.isPart)
    }

    /// Whether the last pair is of a whole turn of the first text.
    func endsWithTurn(_ index: Int) -> Bool { first.last.map { $0.index == index && !$0.isPart } ?? false }

    mutating func addUnpaired(_ own: [TurnPlace], _ theirs: [TurnPlace]) {
        others.first += own
        others.second += theirs
    }

    /// Puts what has no place behind the pairs.
    mutating func endPairs() {
        pairCount = first.count
        first += others.first
        second += others.second
    }

    /// The places of the keys that others have not, or not as often.
    static func places(of keys: [UInt64], lackingIn others: [UInt64]) -> [Int] {
        var counts: [UInt64: Int] = [:]
        for key in others { counts[key, default: 0] += 1 }
        return keys.indices.filter { place in
            let count = counts[keys[place]] ?? 0
            counts[keys[place]] = count - 1
            return count <= 0
        }
    }

    /// The turns that they stand in.
    var region: DifferenceRegion {
        func indexes(_ places: [TurnPlace]) -> [Int] {
            var found: [Int] = []
            for place in places where found.last != place.index { found.append(place.index) }
            return found
        }
        return DifferenceRegion(first: indexes(first), second: indexes(second))
    }
}
