/// The nearest row so far of each row of an index, and where to look for a nearer one.
///
/// A row is looked up by its rarest features alone: as long as the length of its other features is less than its
/// nearest similarity so far, a row that shares nothing but these cannot be nearer (prefix filtering: Bayardo, Ma and
/// Srikant 2007). The nearer the nearest, the fewer features are left to look up. The result is exact.
final class CoverageBoard {
    private(set) var nearest: [CoverageProbe.Nearest]
    /// Rows from this similarity on are copies and passed over.
    let limit: Float

    private let index: CoverageIndex
    /// Features of a row that it is looked up by: its first ones.
    private var lookedUp: [Int32]
    /// What a streamed row's product must reach, over its length, to be nearer; and the sum of the squares of the
    /// features that the row is not looked up by.
    private let bounds: UnsafeMutablePointer<SIMD2<Float>>
    /// The first feature that a row is not looked up by any more; features are numbered from the rarest on.
    private let firstRest: UnsafeMutablePointer<Int32>
    /// The rows that are looked up by each feature; some are no more, until the next `compact`.
    private let postings: UnsafeMutablePointer<Int32>
    private let starts: UnsafeMutablePointer<Int32>
    private let ends: UnsafeMutablePointer<Int32>
    private var postingCount: Int
    private var deadCount = 0

    /// What is taken from a similarity for the rounding of its parts.
    private static let slack: Float = 1e-4

    /// - Complexity: O(features of all rows).
    init(_ index: CoverageIndex, limit: Float) {
        self.index = index
        self.limit = limit
        let rowCount = index.rows.count
        let featureCount = index.rarity.count
        nearest = Array(repeating: CoverageProbe.Nearest(), count: rowCount)
        lookedUp = (0..<rowCount).map { Int32(index.featureStarts[$0 + 1] - index.featureStarts[$0]) }
        firstRest = .allocate(capacity: max(1, rowCount))
        firstRest.initialize(repeating: .max, count: rowCount)
        bounds = .allocate(capacity: max(1, rowCount))
        bounds.initialize(repeating: SIMD2(0, 0), count: rowCount)
        postingCount = index.features.count
        postings = .allocate(capacity: max(1, postingCount))
        starts = .allocate(capacity: max(1, featureCount))
        ends = .allocate(capacity: max(1, featureCount))
        var next: Int32 = 0
        for feature in 0..<featureCount {
            starts[feature] = next
            ends[feature] = next
            next += index.rowsOfFeature[feature]
        }
        for row in 0..<rowCount {
            for feature in index.features(ofRow: row) {
                postings[Int(ends[Int(feature)])] = Int32(row)
                ends[Int(feature)] += 1
            }
        }
    }

    deinit {
        bounds.deallocate()
        firstRest.deallocate()
        postings.deallocate()
        starts.deallocate()
        ends.deallocate()
    }

    /// The rows that are looked up by a feature.
    @inline(__always)
    func rows(of feature: Int) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(
            start: postings + Int(starts[feature]), count: Int(ends[feature] - starts[feature]))
    }

    /// Whether a streamed row may be nearer to a row than the nearest so far.
    ///
    /// - Parameters:
    ///   - product: of the features that both have, as far as they were looked up.
    ///   - streamed: the streamed row.
    @inline(__always)
    func mayBeNearer(_ row: Int, product: Float, _ streamed: StreamedRow) -> Bool {
        let bound = bounds[row]
        let need = bound.x * streamed.norm - product
        // What they share beside is no more than either has beside.
        guard min(bound.y, streamed.squares - product) >= need else { return false }
        return min(bound.y, streamed.squares(from: firstRest[row])) >= need
    }

    /// Takes a streamed row with its exact similarity.
    func take(_ row: Int, _ found: CoverageProbe.Nearest) {
        guard found.similarity < limit, CoverageProbe.Nearest.isNearer(found, nearest[row]) else { return }
        nearest[row] = found
        let least = max(0, found.similarity - Self.slack) * index.norms[row]
        let start = index.featureStarts[row]
        var count = Int(lookedUp[row])
        var rest = bounds[row].y
        while count > 0 {
            let rarity = index.rarity[Int(index.features[start + count - 1])]
            guard rest + rarity * rarity < least * least else { break }
            rest += rarity * rarity
            count -= 1
        }
        deadCount += Int(lookedUp[row]) - count
        lookedUp[row] = Int32(count)
        if start + count < index.featureStarts[row + 1] { firstRest[row] = index.features[start + count] }
        bounds[row] = SIMD2(least - Self.slack * index.norms[row], rest)
    }

    /// Forgets postings that rows are not looked up by any more, once they are a quarter.
    ///
    /// - Complexity: amortised O(1) a posting.
    func compact() {
        guard deadCount * 4 > postingCount else { return }
        for feature in index.rarity.indices {
            var end = starts[feature]
            for at in Int(end)..<Int(ends[feature]) {
                let row = postings[at]
                postings[Int(end)] = row
                end += Int32(feature) < firstRest[Int(row)] ? 1 : 0
            }
            ends[feature] = end
        }
        postingCount -= deadCount
        deadCount = 0
    }
}
