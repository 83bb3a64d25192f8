import Glibc
import Pipeline
import TextForms

/// Groups the rows of an index by their words where no slice field does: spherical k-means (Dhillon and Modha 2001),
/// labelled by the words that are commoner in a group than elsewhere.
struct EmergentGroups {
    /// The group of each row of the index.
    private(set) var ofRow: [Int]
    private(set) var labels: [String]

    /// Rows that a group has on average; chosen: smaller ones are unstable, larger ones mix topics.
    static let rowsPerGroup = 100
    static let fewest = 8
    static let most = 80
    private static let rounds = 12
    /// Words of a label.
    private static let labelWords = 3
    /// Rows that a label's word must stand in.
    private static let leastRows = 5

    /// - Throws: `TextFormsError`.
    /// - Complexity: O(rounds x groups x features of all rows).
    init(_ index: CoverageIndex, sample: RowSample, seed: UInt64, threads: Int = 1) throws {
        let count = max(
            min(Self.fewest, index.rows.count), min(Self.most, index.rows.count / Self.rowsPerGroup))
        ofRow = Array(repeating: 0, count: index.rows.count)
        labels = []
        guard count > 0 else { return }
        let columns = Columns(index)
        ofRow = try columns.cluster(count, seed: seed, threads: threads)
        labels = try Self.labels(ofRow, count, index, sample)
    }

    /// Vectors of the features that are neither in one row alone nor in a fifth of all, and centroids.
    private struct Columns {
        private let rowCount: Int
        private let columnCount: Int
        /// The entries of all rows, row after row.
        private let entries: [(column: Int32, weight: Float)]
        private let starts: [Int]

        init(_ index: CoverageIndex) {
            rowCount = index.rows.count
            var column = [Int32](repeating: -1, count: index.rarity.count)
            var count: Int32 = 0
            for feature in index.rarity.indices {
                let rows = Int(index.rowsOfFeature[feature])
                guard rows > 1, rows * 5 <= index.rows.count else { continue }
                column[feature] = count
                count += 1
            }
            columnCount = Int(count)
            var entries: [(column: Int32, weight: Float)] = []
            var starts = [0]
            for row in index.rows.indices {
                for feature in index.features(ofRow: row) where column[Int(feature)] >= 0 {
                    entries.append((column[Int(feature)], index.rarity[Int(feature)] / index.norms[row]))
                }
                starts.append(entries.count)
            }
            self.entries = entries
            self.starts = starts
        }

        func cluster(_ count: Int, seed: UInt64, threads: Int) throws -> [Int] {
            var centroids = Centroids(count: count, columnCount: columnCount)
            for (group, row) in seeds(count, seed).enumerated() { add(row, to: group, &centroids) }
            centroids.normalise()
            var groups = [Int](repeating: 0, count: rowCount)
            for _ in 0..<rounds {
                let found = try nearest(centroids, threads)
                guard found != groups else { break }
                groups = found
                centroids.clear()
                for row in 0..<rowCount { add(row, to: groups[row], &centroids) }
                centroids.normalise()
            }
            return groups
        }

        /// Far from one another: each next one is drawn by its distance from those before (Arthur and Vassilvitskii
        /// 2007).
        private func seeds(_ count: Int, _ seed: UInt64) -> [Int] {
            var bits = RandomBits(seed: seed, stream: 3)
            var chosen = [Int(bits.next() % UInt64(rowCount))]
            var similarity = [Float](repeating: 0, count: rowCount)
            var weights = [Float](repeating: 0, count: columnCount)
            while chosen.count < count {
                let last = chosen[chosen.count - 1]
                for at in starts[last]..<starts[last + 1] {
                    weights[Int(entries[at].column)] = entries[at].weight
                }
                var total = 0.0
                for row in 0..<rowCount {
                    var sum: Float = 0
                    for at in starts[row]..<starts[row + 1] {
                        sum += weights[Int(entries[at].column)] * entries[at].weight
                    }
                    similarity[row] = max(similarity[row], sum)
                    total += Double(max(0, 1 - similarity[row]))
                }
                for at in starts[last]..<starts[last + 1] { weights[Int(entries[at].column)] = 0 }
                var draw = bits.unit() * total
                var next = 0
                for row in 0..<rowCount {
                    draw -= Double(max(0, 1 - similarity[row]))
                    if draw <= 0 {
                        next = row
                        break
                    }
                }
                chosen.append(next)
            }
            return chosen
        }

        private func add(_ row: Int, to group: Int, _ centroids: inout Centroids) {
            for at in starts[row]..<starts[row + 1] {
                centroids.add(entries[at].weight, Int(entries[at].column), group)
            }
        }

        /// The group of each row whose centroid is nearest.
        private func nearest(_ centroids: Centroids, _ threads: Int) throws -> [Int] {
            let blockRows = 256
            let blocks = (rowCount + blockRows - 1) / blockRows
            let slots = WorkerSlots<[Int]>(count: blocks)
            try parallelFor(blocks, threads: threads) { _, block in
                var sums: [SIMD8<Float>] = []
                slots.set(
                    block,
                    (block * blockRows..<min(rowCount, (block + 1) * blockRows)).map { row in
                        centroids.nearest(entries[starts[row]..<starts[row + 1]], &sums)
                    })
            }
            return slots.values.flatMap { $0 }
        }
    }

    /// The middles of groups: by column the weights of all groups, eight together.
    private struct Centroids {
        private let count: Int
        private let laneCount: Int
        private var weights: [SIMD8<Float>]

        init(count: Int, columnCount: Int) {
            self.count = count
            laneCount = (count + 7) / 8
            weights = Array(repeating: .zero, count: laneCount * columnCount)
        }

        mutating func clear() { for at in weights.indices { weights[at] = .zero } }

        mutating func add(_ weight: Float, _ column: Int, _ group: Int) {
            weights[column * laneCount + group / 8][group % 8] += weight
        }

        /// Brings all groups to unit length.
        mutating func normalise() {
            var scales = [SIMD8<Float>](repeating: .zero, count: laneCount)
            for start in stride(from: 0, to: weights.count, by: laneCount) {
                for lane in 0..<laneCount { scales[lane] += weights[start + lane] * weights[start + lane] }
            }
            for lane in 0..<laneCount {
                for group in 0..<8 {
                    let square = scales[lane][group]
                    scales[lane][group] = square > 0 ? 1 / square.squareRoot() : 0
                }
            }
            for start in stride(from: 0, to: weights.count, by: laneCount) {
                for lane in 0..<laneCount { weights[start + lane] *= scales[lane] }
            }
        }

        /// The group that a row is nearest to, of equal ones the first.
        func nearest(
            _ row: ArraySlice<(column: Int32, weight: Float)>, _ sums: inout [SIMD8<Float>]
        ) -> Int {
            sums.removeAll(keepingCapacity: true)
            sums.append(contentsOf: repeatElement(.zero, count: laneCount))
            sums.withUnsafeMutableBufferPointer { sums in
                weights.withUnsafeBufferPointer { weights in
                    for entry in row {
                        let start = Int(entry.column) * laneCount
                        for lane in 0..<laneCount { sums[lane] += entry.weight * weights[start + lane] }
                    }
                }
            }
            var best = 0
            for group in 1..<max(count, 1) where sums[group / 8][group % 8] > sums[best / 8][best % 8] {
                best = group
            }
            return best
        }
    }

    /// The words of each group that stand out against the other rows.
    private static func labels(
        _ groups: [Int], _ count: Int, _ index: CoverageIndex, _ sample: RowSample
    ) throws -> [String] {
        let tokenizer = try TermTokenizer()
        let normalizer = try TextNormalizer()
        let form = ByteBuffer()
        var rowsOfWord: [String: [Int32]] = [:]
        var groupRows = [Int](repeating: 0, count: count)
        for (place, row) in index.rows.enumerated() {
            groupRows[groups[place]] += 1
            form.removeAll()
            sample.rows[row].text.withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: form) }
            var inRow: Set<String> = []
            for word in tokenizer.words(of: form.bytes) {
                let bytes = UnsafeRawBufferPointer(rebasing: form.bytes[Int(word.start)..<Int(word.end)])
                if FunctionWords.english.contains(FunctionWords.hash(of: bytes)) { continue }
                let text = String(decoding: bytes, as: UTF8.self)
                guard Keyness.isShown(text), inRow.insert(text).inserted else { continue }
                rowsOfWord[text, default: Array(repeating: 0, count: count)][groups[place]] += 1
            }
        }
        let common = rowsOfWord.map { (word: $0.key, rows: $0.value, all: $0.value.reduce(0, +)) }
            .filter { $0.all >= leastRows }
        return (0..<count).map { group in
            let ranked = common.compactMap { item -> (word: String, score: Double)? in
                let inside = Double(item.rows[group])
                guard inside >= 2 else { return nil }
                let share = inside / Double(max(1, groupRows[group]))
                let outside =
                    (Double(item.all) - inside + 1) / Double(index.rows.count - groupRows[group] + 1)
                return (item.word, share * log(share / outside))
            }.sorted { $0.score != $1.score ? $0.score > $1.score : $0.word < $1.word }
            return ranked.prefix(labelWords).map(\.word).joined(separator: ", ")
        }
    }
}
