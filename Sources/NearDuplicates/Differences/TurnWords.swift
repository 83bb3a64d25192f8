import Corpus

/// The words of one turn, to be compared with another turn's.
struct TurnWords {
    /// A word, or a character of a script that writes no spaces.
    struct Unit {
        var key: UInt64
        /// Two for a word, one for a character.
        var weight: Int
        var isName = false
    }

    /// Which of two turns is a contained row's.
    enum Row {
        case first, second, either
    }

    /// Of the turn in its text.
    let index: Int
    let role: Role
    /// One of several fields of a request.
    let isField: Bool
    /// From this weight of content on the turn asks for something.
    var leastWeight = 0
    /// Folded, without marks.
    var letters: [UInt32] = []
    private(set) var units: [Unit] = []
    private var contentWeight = 0

    init(index: Int, role: Role, isField: Bool) {
        self.index = index
        self.role = role
        self.isField = isField
    }

    var asks: Bool { contentWeight >= leastWeight }

    mutating func append(_ unit: Unit, isContent: Bool) {
        units.append(unit)
        if isContent, isField || !unit.isName { contentWeight += unit.weight }
    }

    /// Whether both have half of the shorter one's words (of the row's where it is contained) and a quarter of the longer
    /// one's, or as many of their trigrams of letters. Names that only one has do not count, but in fields; of fields the
    /// longer one may be as long as it likes.
    func isAlike(_ other: TurnWords, _ row: Row) -> Bool {
        var surplus: [UInt64: Int] = [:]
        for unit in units { surplus[unit.key, default: 0] += 1 }
        var shared = 0
        var theirs = 0
        for unit in other.units {
            if let left = surplus[unit.key], left > 0 {
                surplus[unit.key] = left - 1
                shared += unit.weight
            } else if isField || !unit.isName {
                theirs += unit.weight
            }
        }
        var own = 0
        for unit in units.reversed() {
            guard let left = surplus[unit.key], left > 0 else { continue }
            surplus[unit.key] = left - 1
            if isField || !unit.isName { own += unit.weight }
        }
        return isEnough(shared, own: shared + own, theirs: shared + theirs, row)
            || hasLettersAlike(other, row)
    }

    private func isEnough(_ shared: Int, own: Int, theirs: Int, _ row: Row) -> Bool {
        switch row {
        case .first: 2 * shared >= own
        case .second: 2 * shared >= theirs
        case .either: 2 * shared >= min(own, theirs) && (isField || 4 * shared >= max(own, theirs))
        }
    }

    private func hasLettersAlike(_ other: TurnWords, _ row: Row) -> Bool {
        let (own, theirs) = (trigrams, other.trigrams)
        guard !own.isEmpty, !theirs.isEmpty else { return false }
        return isEnough(own.intersection(theirs).count, own: own.count, theirs: theirs.count, row)
    }

    private var trigrams: Set<UInt64> {
        guard letters.count >= 3 else { return [] }
        var found = Set<UInt64>()
        for place in 2..<letters.count {
            let start = UInt64(letters[place - 2]) << 42 | UInt64(letters[place - 1]) << 21
            found.insert(start | UInt64(letters[place]))
        }
        return found
    }
}
