import Corpus

/// The verdict over all segments as it grows.
struct DifferenceDecision {
    let keeperIsFirst: Bool
    let isContained: Bool
    private var best: DifferenceClass?
    private var hunk: WordDiff.Hunk?
    var negationChecked = true
    /// Content added by pure insertions: words of two, characters of one (so that both kinds need a sum of
    /// four).
    private var firstAdded = 0
    private var secondAdded = 0

    init(keeperIsFirst: Bool, isContained: Bool) {
        self.keeperIsFirst = keeperIsFirst
        self.isContained = isContained
    }

    /// Nothing that segments tell can come before it any more.
    var isFinal: Bool { best.map { $0 <= .number } ?? false }

    mutating func add(_ difference: DifferenceClass, _ first: Range<Int>, _ second: Range<Int>) {
        if let best, best <= difference { return }
        best = difference
        let (row, keeper) = keeperIsFirst ? (second, first) : (first, second)
        let kind: WordDiff.Kind = keeper.isEmpty ? .rowOnly : row.isEmpty ? .keeperOnly : .replaced
        hunk = WordDiff.Hunk(kind: kind, rowRange: row, keeperRange: keeper)
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
