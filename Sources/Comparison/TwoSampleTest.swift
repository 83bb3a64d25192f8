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
        /// Rows that the range rests on.
        var nullRows = 0
    }

    /// Cross-validation: five folds, of large samples three. Two thirds of these are rows enough to learn from, and cost
    /// half as much.
    static func foldCount(ofRows rows: Int) -> Int { rows > fewRows ? 3 : 5 }
    private static let fewRows = 8000
    /// A component of a larger share of the rows leaves too little to learn from.
    static let largestShare = 0.2
    /// Bootstrap samples behind an interval.
    static let replicates = 200
    /// Pieces of work that they make.
    private static let replicateBlocks = 8
    /// Permutations behind a null range.
    static let permutations = 20
    /// Rows that permutations are trained on: twenty trainings of all rows would take most of a run. The range is
    /// widened or narrowed to the sample's size, by the square root of rows.
    static let permutedRows = 1000
    /// Folds of a permutation: its area is scored on all of its rows all the same.
    static let permutedFoldCount = 2

    /// The rows that take part are numbered by their places in it.
    private let members: [Int]
    private let rows: SparseRows
    private let labels: [Bool]
    private let weights: [Double]
    private let components: SampleComponents
    private let seed: UInt64
    private let foldOfComponent: [Int]
    private let null: Null?
    private let foldCount: Int
    private let folds: WorkerSlots<ScoredFold>
    /// The weights of each fold's classifier.
    private let models: WorkerSlots<[Double]>
    private let replicated = WorkerSlots<[Double]>(count: TwoSampleTest.replicateBlocks)
    private let permuted = WorkerSlots<Double>(count: TwoSampleTest.permutations)

    /// What permutations are trained on.
    private struct Null {
        let rows: SparseRows
        let components: SampleComponents
        let weights: [Double]
        let rightRows: Int
        /// Brings areas to the size of the whole sample.
        let scale: Double
    }

    /// - Parameters:
    ///   - weights: by row, what it counts in the area; classifiers are trained on rows as they are.
    ///   - members: the rows that take part; all for `nil`.
    ///   - findsNull: whether the range under permuted labels is asked for.
    init(
        rows: SparseRows, isRight: [Bool], components: SampleComponents, weights: [Double], seed: UInt64,
        members: [Int]? = nil, findsNull: Bool
    ) {
        let members = members ?? Array(0..<rows.rowCount)
        self.members = members
        self.rows = rows
        self.seed = seed
        let own = components.restricted(to: members)
        self.components = own
        let labels = members.map { isRight[$0] }
        self.labels = labels
        self.weights = members.map { weights[$0] }
        foldCount = Self.foldCount(ofRows: members.count)
        foldOfComponent = own.folds(foldCount)
        folds = WorkerSlots(count: foldCount)
        models = WorkerSlots(count: foldCount)
        guard findsNull else {
            null = nil
            return
        }
        let chosen = Self.subsample(labels, own, seed)
        null = Null(
            rows: rows.restricted(to: chosen.map { members[$0] }), components: own.restricted(to: chosen),
            weights: chosen.map { weights[members[$0]] }, rightRows: chosen.count { labels[$0] },
            scale: (Self.weight(chosen.map { labels[$0] }) / Self.weight(labels)).squareRoot())
    }

    /// Runs tests beside each other: their folds and permutations, then their intervals.
    ///
    /// - Parameter extra: a piece of work that is done along with them.
    /// - Complexity: O(features) times folds and permutations.
    static func run(_ tests: [TwoSampleTest], threads: Int, with extra: () -> Void = {}) throws {
        var work: [(test: Int, part: Int)] = []
        for test in tests.indices {
            work += (0..<tests[test].foldCount).map { (test, $0) }
            if test == 0 { work.append((-1, 0)) }
        }
        for (test, value) in tests.enumerated() where value.null != nil {
            work += (0..<permutations).map { (test, value.foldCount + $0) }
        }
        try parallelFor(work.count, threads: threads) { _, place in
            let (test, part) = work[place]
            if test < 0 {
                extra()
            } else if part < tests[test].foldCount {
                tests[test].score(fold: part)
            } else {
                tests[test].permute(part - tests[test].foldCount)
            }
        }
        try parallelFor(tests.count * replicateBlocks, threads: threads) { _, place in
            tests[place / replicateBlocks].replicate(block: place % replicateBlocks)
        }
    }

    /// What was found, once the test was run.
    var result: Result {
        var result = Result()
        result.auc = ScoredFold.area(folds.values, isRight: labels) { weights[$0] }
        // By percentiles of bootstrap samples of components; the classifiers stay as they are.
        let areas = replicated.values.flatMap { $0 }.sorted()
        let tail = Int(Double(Self.replicates) * 0.025)
        if areas.count == Self.replicates {
            (result.low, result.high) = (areas[tail], areas[areas.count - 1 - tail])
        }
        guard let null else { return result }
        let permuted = permuted.values.map { 0.5 + ($0 - 0.5) * null.scale }
        result.null = (permuted.min() ?? 0.5, permuted.max() ?? 0.5)
        result.nullRows = null.rows.rowCount
        return result
    }

    /// The mean of the folds' classifiers: one of all rows, without a training of its own.
    var meanWeights: [Double] {
        let found = models.values
        return (0..<rows.columnCount).map { column in
            found.reduce(0) { $0 + $1[column] } / Double(max(1, found.count))
        }
    }

    /// Scores the rows of a fold by a classifier that has seen no row of their components.
    private func score(fold: Int) {
        let (scored, weights) = Self.score(fold, foldOfComponent, rows, members, labels, components)
        folds.set(fold, scored)
        models.set(fold, weights)
    }

    private static func score(
        _ fold: Int, _ foldOfComponent: [Int], _ rows: SparseRows, _ members: [Int], _ labels: [Bool],
        _ components: SampleComponents
    ) -> (scored: ScoredFold, weights: [Double]) {
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
        return (ScoredFold(rows: held, scores: scores), weights)
    }

    /// Areas of some bootstrap samples of components.
    private func replicate(block: Int) {
        let scored = folds.values
        let count = Self.replicates / Self.replicateBlocks
        replicated.set(
            block,
            (block * count..<(block + 1) * count).map { number in
                var bits = RandomBits(seed: seed, stream: 1 << 32 + UInt64(number))
                let times = (0..<components.count).map { _ in Double(bits.poisson()) }
                return ScoredFold.area(scored, isRight: labels) { times[components.ofRow[$0]] * weights[$0] }
            })
    }

    /// The area under permuted labels: each component gets one side, as many rows as before on each.
    private func permute(_ number: Int) {
        guard let null else { return }
        let labels = permutedLabels(null.components, rightRows: null.rightRows, number: number)
        let foldOfComponent = null.components.folds(Self.permutedFoldCount)
        let members = Array(0..<null.rows.rowCount)
        let folds = (0..<Self.permutedFoldCount).map { fold in
            Self.score(fold, foldOfComponent, null.rows, members, labels, null.components).scored
        }
        permuted.set(number, ScoredFold.area(folds, isRight: labels) { null.weights[$0] })
    }

    /// What two samples are worth together: half the harmonic mean of their rows.
    private static func weight(_ labels: [Bool]) -> Double {
        let right = Double(labels.count { $0 })
        let left = Double(labels.count) - right
        return left * right / max(1, left + right)
    }

    /// Whole components up to `permutedRows`, of those over a fifth of it their part, drawn without regard to their sides.
    private static func subsample(
        _ labels: [Bool], _ components: SampleComponents, _ seed: UInt64
    ) -> [Int] {
        guard labels.count > permutedRows else { return Array(labels.indices) }
        var order = Array(0..<components.count)
        var bits = RandomBits(seed: seed, stream: 2)
        bits.shuffle(&order)
        let sizes = components.sizes
        // How many rows of each component: of a large one its part, lest it fill the subsample alone.
        let large = Int(Double(permutedRows) * largestShare)
        var quota = sizes.map { size in size > large ? size * permutedRows / labels.count : 0 }
        var rows = quota.reduce(0, +)
        for component in order where rows < permutedRows && sizes[component] <= large {
            quota[component] = sizes[component]
            rows += sizes[component]
        }
        var rowOrder = Array(labels.indices)
        bits.shuffle(&rowOrder)
        return rowOrder.filter { row in
            guard quota[components.ofRow[row]] > 0 else { return false }
            quota[components.ofRow[row]] -= 1
            return true
        }.sorted()
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
