/// The scores of the rows of one fold, sorted, for areas under the curve.
struct ScoredFold: Sendable {
    /// Row numbers in ascending order of their scores.
    private let order: [Int32]
    /// Ends of the runs of equal scores in `order`.
    private let ends: [Int32]

    /// - Complexity: O(n log n).
    init(rows: [Int], scores: [Double]) {
        let ranked = rows.indices.sorted { (scores[$0], rows[$0]) < (scores[$1], rows[$1]) }
        order = ranked.map { Int32(rows[$0]) }
        var ends: [Int32] = []
        for place in ranked.indices {
            let isLast = place + 1 == ranked.count || scores[ranked[place + 1]] != scores[ranked[place]]
            if isLast { ends.append(Int32(place + 1)) }
        }
        self.ends = ends
    }

    /// Pairs of a left and a right row of which the right one scores higher, equal ones as half, and all pairs.
    ///
    /// - Parameters:
    ///   - isRight: by row.
    ///   - weight: by row.
    func pairs(isRight: [Bool], weight: (Int) -> Double) -> (ordered: Double, all: Double) {
        var ordered = 0.0
        var leftSeen = 0.0
        var rightSeen = 0.0
        var start = 0
        for end in ends {
            var left = 0.0
            var right = 0.0
            for place in start..<Int(end) {
                let row = Int(order[place])
                if isRight[row] { right += weight(row) } else { left += weight(row) }
            }
            ordered += right * (leftSeen + left / 2)
            leftSeen += left
            rightSeen += right
            start = Int(end)
        }
        return (ordered, leftSeen * rightSeen)
    }

    /// The area under the curve over several folds: pairs are counted within folds alone, since the classifiers of
    /// two folds do not share a scale.
    static func area(_ folds: [ScoredFold], isRight: [Bool], weight: (Int) -> Double) -> Double {
        var ordered = 0.0
        var all = 0.0
        for fold in folds {
            let pairs = fold.pairs(isRight: isRight, weight: weight)
            ordered += pairs.ordered
            all += pairs.all
        }
        return all > 0 ? ordered / all : 0.5
    }
}
