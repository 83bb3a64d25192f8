/// What is counted of one phrase.
struct PhraseTally: Sendable {
    /// Of the words as a spelling check knows them.
    var text = ""
    /// Rows that have it; each row once.
    private(set) var rows = 0
    /// Turns that begin, or end, with it.
    private(set) var openers = 0
    private(set) var closers = 0
    private(set) var turns = 0
    private(set) var authors: Set<UInt64> = []
    private(set) var first = FeatureTallies.Place(shard: .max, ordinal: .max)
    /// Rows of the smallest numbers, of which clusters are made.
    private var kept: [(number: UInt64, part: EvidencePart)] = []

    /// Rows of a phrase that clusters are made of.
    static let mostKept = 500

    /// Adds a row.
    ///
    /// - Parameter first: the first turn that has it.
    mutating func add(
        openers: Int, closers: Int, turns: Int, author: UInt64?, first part: EvidencePart, number: UInt64
    ) {
        rows += 1
        self.openers += openers
        self.closers += closers
        self.turns += turns
        if let author { authors.insert(author) }
        first = min(first, part.place)
        kept.append((number, part))
        if kept.count >= 2 * Self.mostKept { cut() }
    }

    private mutating func cut() {
        kept.sort { ($0.number, $0.part) < ($1.number, $1.part) }
        kept.removeLast(max(0, kept.count - Self.mostKept))
    }

    mutating func merge(_ other: PhraseTally) {
        rows += other.rows
        openers += other.openers
        closers += other.closers
        turns += other.turns
        authors.formUnion(other.authors)
        first = min(first, other.first)
        kept += other.kept
        cut()
    }

    /// The turns that clusters are to be made of, one of each row, in order.
    var parts: [EvidencePart] {
        var copy = self
        copy.cut()
        return copy.kept.map(\.part).sorted()
    }
}
