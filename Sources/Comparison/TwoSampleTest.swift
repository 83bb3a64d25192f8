import Pipeline

/// A classifier two-sample test (Lopez-Paz and Oquab 2017): can a linear classifier tell rows of the two sides apart
/// that it has not seen?
///
/// Reports the area under the curve: the share of pairs of a left and a right row in which the right one is ranked
/// higher. Folds, the interval's draws and the permutations are components of duplicate pairs: copies of one row in
/// two folds fake an area of .88 between two halves of one corpus. Known to miss: whatever a linear sum of the
/// features does not show (word order beyond the n-grams, meaning).
struct TwoSampleTest {
    /// What was found.
    struct Result: Sendable {
        var auc = 0.5
        /// The interval of 95 %.
        var low = 0.0
        var high = 1.0
        /// The range of areas when labels mean nothing; `nil` where it was not asked for.
        var null: (low: Double, high: Double)?
    }

    /// Cross-validation.
    static let foldCount = 5
    /// Bootstrap samples behind an interval.
    static let replicates = 200
    /// Permutations behind a null range.
    static let permutations = 20
    /// Rows that permutations are trained on: twenty trainings of all rows would take most of a run. The range is
    /// widened or narrowed to the sample's size, by the square root of rows.
    static let permutedRows = 1000
    /// Folds of a permutation: its area is scored on all of its rows all the same.
    static let permutedFoldCount = 2

    let rows: SparseRows
    let isRight: [Bool]
    let components: SampleComponents
    let seed: UInt64
    let threads: Int

    /// - Parameter members: the rows that take part; all for `nil`.
    /// - Complexity: O(features) times folds and permutations.
    func run(members: [Int]? = nil, findsNull: Bool) throws -> Result {
        let members = members ?? Array(0..<rows.rowCount)
        let own = components.restricted(to: members)
        let labels = members.map { isRight[$0] }
        var result = Result()
        let folds = try scoredFolds(members: members, labels: labels, components: own)
        result.auc = ScoredFold.area(folds, isRight: labels) { _ in 1 }
        (result.low, result.high) = interval(folds, labels, own)
        if findsNull { result.null = try null(members: members, labels: labels, components: own) }
        return result
    }

    /// Scores every row by a classifier that has seen no row of its component. Rows are numbered within `members`.
    private func scoredFolds(
        members: [Int], labels: [Bool], components: SampleComponents
    ) throws -> [ScoredFold] {
        let foldOfComponent = components.folds(Self.foldCount)
        let slots = WorkerSlots<ScoredFold>(count: Self.foldCount)
        try parallelFor(Self.foldCount, threads: threads) { _, fold in
            slots.set(fold, score(fold, foldOfComponent, members, labels, components))
        }
        return slots.values
    }

    private func score(
        _ fold: Int, _ foldOfComponent: [Int], _ members: [Int], _ labels: [Bool],
        _ components: SampleComponents
    ) -> ScoredFold {
        var training: [Int] = []
        var trainingLabels: [Bool] = []
        var held: [Int] = []
        for place in members.indices {
            if foldOfComponent[components.ofRow[place]] == fold {
                held.append(place)
            } else {
                training.append(members[place])
                trainingLabels.append(labels[place])
            }
        }
        let weights = LinearClassifier.train(rows, members: training, isRight: trainingLabels)
        let scores = weights.withUnsafeBufferPointer { weights in
            held.map { rows.score(members[$0], weights) }
        }
        return ScoredFold(rows: held, scores: scores)
    }

    /// By percentiles of bootstrap samples of components; the classifiers stay as they are.
    private func interval(
        _ folds: [ScoredFold], _ labels: [Bool], _ components: SampleComponents
    ) -> (low: Double, high: Double) {
        var areas: [Double] = []
        var bits = RandomBits(seed: seed, stream: 1)
        for _ in 0..<Self.replicates {
            let weights = (0..<components.count).map { _ in Double(bits.poisson()) }
            areas.append(
                ScoredFold.area(folds, isRight: labels) { weights[components.ofRow[$0]] })
        }
        areas.sort()
        let tail = Int(Double(Self.replicates) * 0.025)
        return (areas[tail], areas[areas.count - 1 - tail])
    }

    /// The range of areas under permuted labels: each component gets one side, as many rows as before on each.
    private func null(
        members: [Int], labels: [Bool], components: SampleComponents
    ) throws -> (low: Double, high: Double) {
        let chosen = subsample(labels, components)
        let some = chosen.map { members[$0] }
        let own = components.restricted(to: chosen)
        let rightRows = chosen.count { labels[$0] }
        let slots = WorkerSlots<Double>(count: Self.permutations)
        try parallelFor(Self.permutations, threads: threads) { _, number in
            let permuted = permutedLabels(own, rightRows: rightRows, number: number)
            let foldOfComponent = own.folds(Self.permutedFoldCount)
            let folds = (0..<Self.permutedFoldCount).map { fold in
                score(fold, foldOfComponent, some, permuted, own)
            }
            slots.set(number, ScoredFold.area(folds, isRight: permuted) { _ in 1 })
        }
        let scale = (Self.weight(chosen.map { labels[$0] }) / Self.weight(labels)).squareRoot()
        let areas = slots.values.map { 0.5 + ($0 - 0.5) * scale }
        return (areas.min() ?? 0.5, areas.max() ?? 0.5)
    }

    /// What two samples are worth together: half the harmonic mean of their rows.
    private static func weight(_ labels: [Bool]) -> Double {
        let right = Double(labels.count { $0 })
        let left = Double(labels.count) - right
        return left * right / max(1, left + right)
    }

    /// Whole components up to `permutedRows`, drawn without regard to their sides.
    private func subsample(_ labels: [Bool], _ components: SampleComponents) -> [Int] {
        guard labels.count > Self.permutedRows else { return Array(labels.indices) }
        var order = Array(0..<components.count)
        var bits = RandomBits(seed: seed, stream: 2)
        bits.shuffle(&order)
        let sizes = components.sizes
        var isChosen = [Bool](repeating: false, count: components.count)
        var rows = 0
        for component in order where rows < Self.permutedRows {
            isChosen[component] = true
            rows += sizes[component]
        }
        return labels.indices.filter { isChosen[components.ofRow[$0]] }
    }

    private func permutedLabels(_ components: SampleComponents, rightRows: Int, number: Int) -> [Bool] {
        var order = Array(0..<components.count)
        var bits = RandomBits(seed: seed, stream: UInt64(16 + number))
        bits.shuffle(&order)
        let sizes = components.sizes
        var isRight = [Bool](repeating: false, count: components.count)
        var rows = 0
        for component in order where rows < rightRows {
            isRight[component] = true
            rows += sizes[component]
        }
        return components.ofRow.map { isRight[$0] }
    }

    /// The area that a difference must have to be found in four samples of five of this size: 2.8 standard
    /// deviations of the area of equal samples (Mann and Whitney 1947), a component a draw.
    static func detectable(left: Int, right: Int) -> Double {
        guard left > 0, right > 0 else { return 1 }
        let deviation = (Double(left + right + 1) / (12 * Double(left) * Double(right))).squareRoot()
        return min(1, 0.5 + 2.8 * deviation)
    }
}
