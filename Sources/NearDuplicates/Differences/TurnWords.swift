import Corpus

/// The words of one turn, to be compared with another turn's.
struct TurnWords {
    /// A word, or a character of a script that writes no spaces.
    struct Unit {
        var key: UInt64
        /// Two for a word, one for a character.
        var weight: Int
        var isName = false
        /// Neither a frequent word nor a courtesy.
        var isContent = true
    }

    /// Which of two turns is a contained row's.
    enum Row {
        case first, second, either
    }

    let place: TurnPlace
    let role: Role
    var isField: Bool { place.isField }
    /// From this weight of content on the turn says something.
    var leastWeight = 0
    /// Folded, without marks.
    var letters: [UInt32] = []
    private(set) var units: [Unit] = []
    private var contentWeight = 0

    init(place: TurnPlace, role: Role) {
        self.place = place
        self.role = role
    }

    var saysSomething: Bool { contentWeight >= leastWeight }

    /// Whether two turns without a counterpart say enough to be other turns: three words of both, or a field's one.
    func saysEnough(with other: TurnWords) -> Bool {
        isField || contentWeight + other.contentWeight >= Self.leastWeightOfBoth
    }

    private static let leastWeightOfBoth = 6

    mutating func append(_ unit: Unit) {
        units.append(unit)
        if isField || (unit.isContent && !unit.isName) { contentWeight += unit.weight }
    }

    /// Whether both have half of the shorter one's words (of the row's where it is contained) and a quarter of the longer
    /// one's, or as many of their trigrams of letters. Names that only one has do not count. Fields, where they do, have
    /// more than two thirds of the shorter one's words that are not frequent (or of all, where it has no other), or of its
    /// trigrams; the longer one may be as long as it likes.
    func isAlike(_ other: TurnWords, _ row: Row) -> Bool {
        if !letters.isEmpty, letters == other.letters { return true }
        let skipsFrequent =
            isField && units.contains(where: \.isContent) && other.units.contains(where: \.isContent)
        let mine = skipsFrequent ? units.filter(\.isContent) : units
        let others = skipsFrequent ? other.units.filter(\.isContent) : other.units
        var surplus: [UInt64: Int] = [:]
        for unit in mine { surplus[unit.key, default: 0] += 1 }
        var shared = 0
        var theirs = 0
        for unit in others {
            if let left = surplus[unit.key], left > 0 {
                surplus[unit.key] = left - 1
                shared += unit.weight
            } else if isField || !unit.isName {
                theirs += unit.weight
            }
        }
        var own = 0
        for unit in mine.reversed() {
            guard let left = surplus[unit.key], left > 0 else { continue }
            surplus[unit.key] = left - 1
            if isField || !unit.isName { own += unit.weight }
        }
        return isEnough(shared, own: shared + own, theirs: shared + theirs, row)
            || (row == .either && sharesContent(other)) || hasLettersAlike(other, row)
    }

    /// Whether two parts share two words that are not frequent, names among them, and half of the shorter one's: one
    /// request about one thing in other words.
    private func sharesContent(_ other: TurnWords) -> Bool {
        guard place.isPart, other.place.isPart, !isField else { return false }
        let (own, theirs) = (contents, other.contents)
        let shared = own.keys.reduce(0) { $0 + (theirs[$1] ?? 0) }
        return shared >= Self.leastSharedContent
            && 2 * shared >= min(own.values.reduce(0, +), theirs.values.reduce(0, +))
    }

    private static let leastSharedContent = 4

    /// The weights of the words that are not frequent.
    private var contents: [UInt64: Int] {
        Dictionary(units.lazy.filter(\.isContent).map { ($0.key, $0.weight) }) { first, _ in first }
    }

    /// Whether half of a part's words that are not frequent stand in parts of the other text together: a paragraph that
    /// became a list. What a label names as the input stays.
    func isCovered(by parts: [TurnWords]) -> Bool {
        guard place.isPart, !isField, parts.count > 1 || !place.isPaired else { return false }
        var theirs = Set<UInt64>()
        for part in parts where part.role == role { for unit in part.units { theirs.insert(unit.key) } }
        var (shared, all) = (0, 0)
        for unit in units where unit.isContent {
            all += unit.weight
            if theirs.contains(unit.key) { shared += unit.weight }
        }
        return 2 * shared >= all
    }

    private func isEnough(_ shared: Int, own: Int, theirs: Int, _ row: Row) -> Bool {
        switch row {
        case .first: 2 * shared >= own
        case .second: 2 * shared >= theirs
        case .either where isField: 3 * shared > 2 * min(own, theirs)
        case .either: 2 * shared >= min(own, theirs) && 4 * shared >= max(own, theirs)
        }
    }

    private func hasLettersAlike(_ other: TurnWords, _ row: Row) -> Bool {
        // Repeated trigrams are few: where the lengths alone forbid it, no list is made.
        guard 8 * min(letters.count, other.letters.count) >= max(letters.count, other.letters.count) else {
            return false
        }
        let (own, theirs) = (trigrams, other.trigrams)
        guard min(own.count, theirs.count) >= Self.leastTrigrams else { return false }
        var shared = 0
        var (place, theirPlace) = (0, 0)
        while place < own.count, theirPlace < theirs.count {
            let (left, right) = (own[place], theirs[theirPlace])
            if left == right { shared += 1 }
            if left <= right { place += 1 }
            if right <= left { theirPlace += 1 }
        }
        return 4 * shared >= max(own.count, theirs.count)
            && isEnough(shared, own: own.count, theirs: theirs.count, row)
    }

    /// Chosen: six letters; shorter words begin and end like others.
    private static let leastTrigrams = 4

    /// Sorted, each once.
    private var trigrams: [UInt64] {
        guard letters.count >= 3 else { return [] }
        var found: [UInt64] = []
        found.reserveCapacity(letters.count - 2)
        for place in 2..<letters.count {
            let start = UInt64(letters[place - 2]) << 42 | UInt64(letters[place - 1]) << 21
            found.append(start | UInt64(letters[place]))
        }
        found.sort()
        var count = 0
        for gram in found where count == 0 || found[count - 1] != gram {
            found[count] = gram
            count += 1
        }
        found.removeLast(found.count - count)
        return found
    }
}
