import Glibc
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
    init(_ index: CoverageIndex, sample: RowSample, seed: UInt64) throws {
        let count = max(
            min(Self.fewest, index.rows.count), min(Self.most, index.rows.count / Self.rowsPerGroup))
        ofRow = Array(repeating: 0, count: index.rows.count)
        labels = []
        guard count > 0 else { return }
        let columns = Columns(index)
        ofRow = columns.cluster(count, seed: seed)
        labels = try Self.labels(ofRow, count, index, sample)
    }

    /// Vectors without the words of nearly all rows, and centroids.
    private struct Columns {
        let index: CoverageIndex
        /// Features that are neither in one row alone nor in a fifth of all.
        let isUsed: [Bool]

        init(_ index: CoverageIndex) {
            self.index = index
            isUsed = index.rarity.indices.map { feature in
                let rows = Int(index.rowsOfFeature[feature])
                return rows > 1 && rows * 5 <= index.rows.count
            }
        }

        func cluster(_ count: Int, seed: UInt64) -> [Int] {
            var centroids = [Float](repeating: 0, count: index.rarity.count * count)
            for (group, row) in seeds(count, seed).enumerated() { add(row, to: group, &centroids, count) }
            Self.normalise(&centroids, count)
            var groups = [Int](repeating: 0, count: index.rows.count)
            for _ in 0..<rounds {
                var moved = false
                for row in index.rows.indices {
                    let nearest = nearest(row, centroids, count)
                    if nearest != groups[row] { moved = true }
                    groups[row] = nearest
                }
                guard moved else { break }
                centroids = Array(repeating: 0, count: centroids.count)
                for row in index.rows.indices { add(row, to: groups[row], &centroids, count) }
                Self.normalise(&centroids, count)
            }
            return groups
        }

        /// Far from one another: each next one is drawn by its distance from those before (Arthur and Vassilvitskii
        /// 2007).
        private func seeds(_ count: Int, _ seed: UInt64) -> [Int] {
            var bits = RandomBits(seed: seed, stream: 3)
            var chosen = [Int(bits.next() % UInt64(index.rows.count))]
            var similarity = [Float](repeating: 0, count: index.rows.count)
            var scratch = similarity
            while chosen.count < count {
                let last = chosen[chosen.count - 1]
                for feature in index.featuresOfRow[last] where isUsed[Int(feature)] {
                    let rarity = index.rarity[Int(feature)] / max(index.norms[last], 1e-9)
                    for at in Int(index.starts[Int(feature)])..<Int(index.starts[Int(feature) + 1]) {
                        scratch[Int(index.postings[at].row)] += index.postings[at].weight * rarity
                    }
                }
                var total = 0.0
                for row in similarity.indices {
                    similarity[row] = max(similarity[row], scratch[row])
                    scratch[row] = 0
                    total += Double(max(0, 1 - similarity[row]))
                }
                var draw = bits.unit() * total
                var next = 0
                for row in similarity.indices {
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

        private func add(_ row: Int, to group: Int, _ centroids: inout [Float], _ count: Int) {
            for feature in index.featuresOfRow[row] where isUsed[Int(feature)] {
                centroids[Int(feature) * count + group] +=
                    index.rarity[Int(feature)] / max(index.norms[row], 1e-9)
            }
        }

        private static func normalise(_ centroids: inout [Float], _ count: Int) {
            var squares = [Float](repeating: 0, count: count)
            for at in centroids.indices { squares[at % count] += centroids[at] * centroids[at] }
            let scales = squares.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
            for at in centroids.indices { centroids[at] *= scales[at % count] }
        }

        private func nearest(_ row: Int, _ centroids: [Float], _ count: Int) -> Int {
            var sums = [Float](repeating: 0, count: count)
            for feature in index.featuresOfRow[row] where isUsed[Int(feature)] {
                let rarity = index.rarity[Int(feature)]
                let start = Int(feature) * count
                for group in 0..<count { sums[group] += rarity * centroids[start + group] }
            }
            var best = 0
            for group in 1..<count where sums[group] > sums[best] { best = group }
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
