import Corpus

/// The verdict over all segments as it grows.
struct DifferenceDecision {
    let keeperIsFirst: Bool
    let isContained: Bool
    /// Classes that keep a row: they come before all others.
    let spared: Set<DifferenceClass>
    private var best: DifferenceClass?
    private var hunk: WordDiff.Hunk?
    var negationChecked = true
    /// Content added by pure insertions: words of two, characters of one (so that both kinds need a sum of
    /// four).
    private var firstAdded = 0
    private var secondAdded = 0

    init(keeperIsFirst: Bool, isContained: Bool, spared: Set<DifferenceClass>) {
        self.keeperIsFirst = keeperIsFirst
        self.isContained = isContained
        self.spared = spared
    }

    /// Nothing that segments tell can come before it any more.
    var isFinal: Bool { best.map { $0 <= .number && spared.contains($0) } ?? false }

    mutating func add(_ difference: DifferenceClass, _ first: Range<Int>, _ second: Range<Int>) {
        if let best, !precedes(difference, best) { return }
        best = difference
        let (row, keeper) = keeperIsFirst ? (second, first) : (first, second)
        let kind: WordDiff.Kind = keeper.isEmpty ? .rowOnly : row.isEmpty ? .keeperOnly : .replaced
        hunk = WordDiff.Hunk(kind: kind, rowRange: row, keeperRange: keeper)
    }

    /// A class of the texts as a whole, of no place.
    mutating func add(_ difference: DifferenceClass) {
        if let best, !precedes(difference, best) { return }
        best = difference
        hunk = nil
    }

    private func precedes(_ left: DifferenceClass, _ right: DifferenceClass) -> Bool {
        spared.contains(left) == spared.contains(right) ? left < right : spared.contains(left)
    }

    mutating func addInsertion(weight: Int, isFirst: Bool, _ first: Range<Int>, _ second: Range<Int>) {
        if isFirst { firstAdded += weight } else { secondAdded += weight }
        add(.extension, first, second)
    }

    var verdict: DifferenceVerdict {
        var difference = best ?? .form
        if difference == .extension {
            let rowAdded = keeperIsFirst ? secondAdded : firstAdded
            let keeperAdded = keeperIsFirst ? firstAdded : secondAdded
            let isExtension =
                isContained
                ? rowAdded == 0 : (rowAdded == 0 || keeperAdded == 0) && rowAdded + keeperAdded >= 4
            if !isExtension { difference = .wording }
        }
        return DifferenceVerdict(difference: difference, negationChecked: negationChecked, evidence: hunk)
    }
}
