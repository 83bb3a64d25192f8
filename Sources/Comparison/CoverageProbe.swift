/// Keeps the nearest row of those that are streamed past an index; one per thread, merged at the end.
///
/// Exact but for what `CoverageIndex` leaves out.
package final class CoverageProbe {
    /// The nearest row of an indexed row.
    package struct Nearest: Sendable, Equatable {
        package var similarity: Float = 0
        package var shard: Int32 = -1
        package var ordinal = -1

        /// The more similar one, of equal ones the first by place: no matter in which order they came.
        static func isNearer(_ left: Nearest, _ right: Nearest) -> Bool {
            if left.similarity != right.similarity { return left.similarity > right.similarity }
            if right.shard < 0 || left.shard < 0 { return right.shard < 0 && left.shard >= 0 }
            return (left.shard, left.ordinal) < (right.shard, right.ordinal)
        }
    }

    /// Nearest rows of several threads, by the index's rows.
    package struct Found: Sendable {
        /// Of all rows of the other side.
        package var other: [Nearest] = []
        /// Of as many rows of the other side as were looked at of the own one, copies left out.
        package var matched: [Nearest] = []
        /// Of the other rows of the own side, copies left out.
        package var own: [Nearest] = []

        package init() {}
    }

    /// Nearest rows so far, with the least sum that may beat each.
    private struct Board {
        var nearest: [Nearest]
        var least: [Float]
        /// Rows from this similarity on are copies and passed over.
        let limit: Float

        init(_ index: CoverageIndex, limit: Float) {
            self.limit = limit
            nearest = Array(repeating: Nearest(), count: index.rows.count)
            least = Array(repeating: CoverageProbe.slack, count: index.paddedCount)
        }
    }

    private let index: CoverageIndex
    private var sums: [Float]
    /// The row whose features are marked.
    private var stamp: UInt32 = 0
    /// By feature, the last row that had it.
    private var marks: [UInt32]
    /// Where the sides are measured against each other, rows that are this similar are copies of one another: a corpus in
    /// which every row stands twice is no nearer to itself.
    package static let copySimilarity: Float = 0.9
    /// What is added to a bound for the rounding of its parts.
    private static let slack: Float = 1e-4
    private var other: Board
    private var matched: Board
    private var own: Board

    package init(_ index: CoverageIndex) {
        self.index = index
        sums = Array(repeating: 0, count: index.paddedCount)
        marks = Array(repeating: 0, count: index.rarity.count)
        other = Board(index, limit: .infinity)
        matched = Board(index, limit: Self.copySimilarity)
        own = matched
    }

    /// A row of the other side, by `CoverageReader`.
    ///
    /// - Parameter isMatched: whether it is one of as many rows as are looked at of the own side.
    /// - Complexity: O(postings of its features + indexed rows).
    package func takeOther(
        _ features: UnsafeBufferPointer<UInt64>, shard: Int, ordinal: Int, isMatched: Bool
    ) {
        let (norm, looseSum) = gather(features)
        let place = Nearest(shard: Int32(shard), ordinal: ordinal)
        offer(norm, looseSum, place, &other)
        if isMatched { offer(norm, looseSum, place, &matched) }
        clear()
    }

    /// A row of the same side: compared with the rows but itself.
    package func takeOwn(_ features: UnsafeBufferPointer<UInt64>, shard: Int, ordinal: Int) {
        let (norm, looseSum) = gather(features)
        offer(norm, looseSum, Nearest(shard: Int32(shard), ordinal: ordinal), &own)
        clear()
    }

    /// Finds the indexed rows that the streamed one may be nearest to: eight at a time, nearly all of them are passed over.
    private func offer(
        _ norm: Float, _ looseSum: Float, _ place: Nearest, _ board: inout Board
    ) {
        let blocks = index.paddedCount / CoverageIndex.blockRows
        for block in 0..<blocks {
            let start = block * CoverageIndex.blockRows
            let isHit = sums.withUnsafeBytes { sums in
                board.least.withUnsafeBytes { least in
                    let offset = start * MemoryLayout<Float>.stride
                    let sum = sums.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    let need = least.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    return any(sum .> need * norm)
                }
            }
            guard isHit else { continue }
            for row in start..<min(start + CoverageIndex.blockRows, index.rows.count)
            where sums[row] > board.least[row] * norm {
                judge(row, norm, looseSum, place, &board)
            }
        }
    }

    /// The exact similarity of one pair, if it may be the nearest so far.
    private func judge(
        _ row: Int, _ norm: Float, _ looseSum: Float, _ place: Nearest, _ board: inout Board
    ) {
        if index.shards[row] == place.shard, index.ordinals[row] == place.ordinal { return }
        let length = max(index.norms[row], .leastNormalMagnitude)
        if (sums[row] + looseSum / length) / norm + Self.slack < board.nearest[row].similarity { return }
        var sum = sums[row]
        for feature in index.looseFeatures[row] where marks[Int(feature)] == stamp {
            sum += index.rarity[Int(feature)] * index.rarity[Int(feature)] / length
        }
        var found = place
        found.similarity = sum / norm
        guard found.similarity < board.limit, Nearest.isNearer(found, board.nearest[row]) else { return }
        board.nearest[row] = found
        board.least[row] = max(Self.slack, found.similarity - index.looseLength[row] - Self.slack)
    }

    private func clear() {
        sums.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    /// Fills `sums`, and marks the row's features.
    ///
    /// - Returns: the length of the row's vector, and the sum of the squares of its features that are not in the postings
    ///   of every row.
    private func gather(_ features: UnsafeBufferPointer<UInt64>) -> (norm: Float, looseSum: Float) {
        stamp &+= 1
        if stamp == 0 {
            for place in marks.indices { marks[place] = 0 }
            stamp = 1
        }
        var squares: Float = 0
        var looseSum: Float = 0
        sums.withUnsafeMutableBufferPointer { sums in
            index.postings.withUnsafeBufferPointer { postings in
                for hash in features {
                    guard let number = index.table.number(of: hash) else {
                        squares += index.unknownRarity * index.unknownRarity
                        continue
                    }
                    let rarity = index.rarity[number]
                    squares += rarity * rarity
                    if index.isLoose[number] {
                        looseSum += rarity * rarity
                        marks[number] = stamp
                    }
                    for at in Int(index.starts[number])..<Int(index.starts[number + 1]) {
                        sums[Int(postings[at].row)] += postings[at].weight * rarity
                    }
                }
            }
        }
        return (max(squares.squareRoot(), .leastNormalMagnitude), looseSum)
    }

    /// The nearest rows of several threads.
    package static func merged(_ probes: [CoverageProbe]) -> Found {
        var found = Found()
        guard let first = probes.first else { return found }
        found.other = first.other.nearest
        found.matched = first.matched.nearest
        found.own = first.own.nearest
        for probe in probes.dropFirst() {
            merge(probe.other.nearest, into: &found.other)
            merge(probe.matched.nearest, into: &found.matched)
            merge(probe.own.nearest, into: &found.own)
        }
        return found
    }

    private static func merge(_ more: [Nearest], into all: inout [Nearest]) {
        for place in all.indices where Nearest.isNearer(more[place], all[place]) { all[place] = more[place] }
    }
}
