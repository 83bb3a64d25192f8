/// Keeps the nearest row of those that are streamed past an index; one per thread, merged at the end.
///
/// Exact, whatever the order and the number of threads.
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

    private let index: CoverageIndex
    /// By row, the product with the streamed row as far as it was looked up; zero between two streamed rows.
    private let products: UnsafeMutablePointer<Float>
    /// The rows that the streamed one was looked up in.
    private let touched: UnsafeMutablePointer<Int32>
    private var touchedCount = 0
    /// By feature, the number of the last streamed row that had it.
    private let marks: UnsafeMutablePointer<UInt32>
    private var stamp: UInt32 = 0
    private var streamed = StreamedRow()
    /// Where the sides are measured against each other, rows that are this similar are copies of one another: a corpus in
    /// which every row stands twice is no nearer to itself.
    package static let copySimilarity: Float = 0.9
    private let other: CoverageBoard
    private let matched: CoverageBoard
    private let own: CoverageBoard

    package init(_ index: CoverageIndex) {
        self.index = index
        products = .allocate(capacity: max(1, index.rows.count))
        products.initialize(repeating: 0, count: index.rows.count)
        touched = .allocate(capacity: index.rows.count + 1)
        marks = .allocate(capacity: max(1, index.rarity.count))
        marks.initialize(repeating: 0, count: index.rarity.count)
        other = CoverageBoard(index, limit: .infinity)
        matched = CoverageBoard(index, limit: Self.copySimilarity)
        own = CoverageBoard(index, limit: Self.copySimilarity)
    }

    deinit {
        products.deallocate()
        touched.deallocate()
        marks.deallocate()
    }

    /// A row of the other side, by `CoverageReader`.
    ///
    /// - Parameter isMatched: whether it is one of as many rows as are looked at of the own side.
    /// - Complexity: O(rows that share a feature by which they are looked up).
    package func takeOther(
        _ features: UnsafeBufferPointer<UInt64>, shard: Int, ordinal: Int, isMatched: Bool
    ) {
        let place = Nearest(shard: Int32(shard), ordinal: ordinal)
        // A row's nearest of all is no farther than its nearest of some: what can be nearer to it by the first, can by
        // the second.
        if isMatched {
            offer(features, place, lookingIn: matched, beside: other)
        } else {
            offer(features, place, lookingIn: other, beside: nil)
        }
    }

    /// A row of the same side: compared with the rows but itself.
    package func takeOwn(_ features: UnsafeBufferPointer<UInt64>, shard: Int, ordinal: Int) {
        offer(features, Nearest(shard: Int32(shard), ordinal: ordinal), lookingIn: own, beside: nil)
    }

    private func offer(
        _ features: UnsafeBufferPointer<UInt64>, _ place: Nearest, lookingIn board: CoverageBoard,
        beside second: CoverageBoard?
    ) {
        streamed.read(features, index)
        mark()
        gather(board)
        for at in 0..<touchedCount {
            let row = Int(touched[at])
            let product = products[row]
            products[row] = 0
            guard board.mayBeNearer(row, product: product, streamed),
                index.shards[row] != place.shard || index.ordinals[row] != place.ordinal
            else { continue }
            var found = place
            found.similarity = similarity(row)
            board.take(row, found)
            second?.take(row, found)
        }
        touchedCount = 0
        board.compact()
        second?.compact()
    }

    /// Marks the features of the streamed row.
    private func mark() {
        stamp &+= 1
        if stamp == 0 {
            marks.update(repeating: 0, count: index.rarity.count)
            stamp = 1
        }
        for feature in streamed.features { marks[Int(feature)] = stamp }
    }

    /// Fills `products` and `touched`.
    private func gather(_ board: CoverageBoard) {
        var count = touchedCount
        for feature in streamed.features {
            let rarity = index.rarity[Int(feature)]
            let weight = rarity * rarity
            for row in board.rows(of: Int(feature)) {
                let product = products[Int(row)]
                touched[count] = row
                count += product == 0 ? 1 : 0
                products[Int(row)] = product + weight
            }
        }
        touchedCount = count
    }

    /// The cosine of an indexed row and the streamed one, always summed in the same order.
    private func similarity(_ row: Int) -> Float {
        var sum: Float = 0
        index.features.withUnsafeBufferPointer { features in
            index.rarity.withUnsafeBufferPointer { rarity in
                for at in index.featureStarts[row]..<index.featureStarts[row + 1]
                where marks[Int(features[at])] == stamp {
                    sum += rarity[Int(features[at])] * rarity[Int(features[at])]
                }
            }
        }
        return sum / (streamed.norm * index.norms[row])
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
