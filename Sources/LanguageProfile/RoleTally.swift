/// Turns of one role by their features, with the sums over rows that a variance is made of where each row is a draw.
package struct RoleTally: Sendable {
    /// Rows with turns of the role.
    package private(set) var rows = 0
    package private(set) var turns = 0
    package private(set) var words = 0
    /// Turns by their words, the last for all longer ones.
    package private(set) var lengths = [Int](repeating: 0, count: RoleTally.longest + 1)
    package private(set) var hits = [Int](repeating: 0, count: FeatureCatalogue.most)
    private(set) var turnsSquared = 0
    private var hitsSquared = [Int](repeating: 0, count: FeatureCatalogue.most)
    private var hitsByTurns = [Int](repeating: 0, count: FeatureCatalogue.most)
    private var wordsSquared = 0
    private var wordsByTurns = 0

    /// Words from which turns are counted as one length.
    static let longest = 1024

    package init() {}

    /// Adds the turns of one row.
    ///
    /// - Parameter union: the features that any of them has.
    mutating func add(_ row: [FeatureTallies.TurnFeatures], _ union: FeatureReader.Set) {
        rows += 1
        turns += row.count
        turnsSquared &+= row.count &* row.count
        var rowWords = 0
        for turn in row {
            rowWords += turn.words
            lengths[min(turn.words, Self.longest)] += 1
        }
        words += rowWords
        wordsSquared &+= rowWords &* rowWords
        wordsByTurns &+= rowWords &* row.count
        union.forEachFeature { feature in
            let count = FeatureTallies.turns(row, with: feature)
            hits[feature] += count
            hitsSquared[feature] &+= count &* count
            hitsByTurns[feature] &+= count &* row.count
        }
    }

    mutating func merge(_ other: RoleTally) {
        rows += other.rows
        turns += other.turns
        words += other.words
        turnsSquared &+= other.turnsSquared
        wordsSquared &+= other.wordsSquared
        wordsByTurns &+= other.wordsByTurns
        for at in lengths.indices { lengths[at] += other.lengths[at] }
        for at in hits.indices {
            hits[at] += other.hits[at]
            hitsSquared[at] &+= other.hitsSquared[at]
            hitsByTurns[at] &+= other.hitsByTurns[at]
        }
    }

    /// The sum over rows of the square of hits beyond the share.
    func squares(_ feature: Int, share: Double) -> Double {
        Double(hitsSquared[feature]) - 2 * share * Double(hitsByTurns[feature])
            + share * share * Double(turnsSquared)
    }

    /// The sum over rows of the square of words beyond the mean.
    func wordSquares(mean: Double) -> Double {
        Double(wordsSquared) - 2 * mean * Double(wordsByTurns) + mean * mean * Double(turnsSquared)
    }

    package var meanWords: Double { turns == 0 ? 0 : Double(words) / Double(turns) }

    /// Words of the middle turn; `longest` for that many and more.
    package var medianWords: Int {
        var sum = 0
        for (words, turns) in lengths.enumerated() {
            sum += turns
            if sum * 2 >= self.turns { return words }
        }
        return 0
    }
}

extension FeatureReader.Set {
    /// Calls `body` with each feature of the set, by number.
    @inline(__always)
    func forEachFeature(_ body: (Int) -> Void) {
        var rest = self
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
    }
}
