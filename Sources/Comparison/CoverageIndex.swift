import Glibc
import TextForms

/// Some sampled rows as postings of words and pairs of words, each weighted by its rarity among them.
///
/// Of each row the commonest features are left out of the postings, as long as they are less than `looseSimilarity` of
/// its length: a row that shares nothing but these cannot reach that similarity, and is not looked for (prefix filtering,
/// Bayardo, Ma and Srikant 2007). Every other similarity is exact.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
package final class CoverageIndex: @unchecked Sendable {
    /// The rows, by their numbers in the sample.
    package let rows: [Int]
    /// A row's features with their weights; rows have unit length.
    struct Posting {
        var row: Int32
        var weight: Float
    }

    let table: HashTable
    /// Rarity of each feature: ln((rows + 1) / (rows with it + 1)) + 1.
    let rarity: [Float]
    /// Of a feature that no row has.
    let unknownRarity: Float
    let starts: [Int32]
    let postings: [Posting]
    let rowsOfFeature: [Int32]
    /// The features of each row that are not in the postings.
    let looseFeatures: [[Int32]]
    /// What they are of the row's length.
    let looseLength: [Float]
    /// Whether a feature was left out of the postings for any row.
    let isLoose: [Bool]
    /// The features of each row, ascending by their numbers.
    let featuresOfRow: [[Int32]]
    let norms: [Float]
    /// Where each row stands.
    let shards: [Int32]
    let ordinals: [Int]

    /// Rows that are looked at together.
    static let blockRows = 8
    /// `rows.count`, filled up to whole blocks.
    var paddedCount: Int { (rows.count + Self.blockRows - 1) / Self.blockRows * Self.blockRows }

    /// Nearest rows that are less similar may be missed where they share the commonest words alone.
    package static let looseSimilarity: Float = 0.4

    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes).
    package init(_ sample: RowSample, side: ComparisonSide) throws {
        let rows = sample.rows.indices.filter { sample.rows[$0].side == side }
        self.rows = rows
        let reader = try CoverageReader()
        var table = HashTable(capacity: 1 << 14)
        var counts: [Int32] = []
        var features: [[Int32]] = []
        for row in rows {
            let numbers = sample.rows[row].text.withUnsafeBytes { text in
                reader.features(of: text).map { hash in
                    let number = table.insert(hash)
                    if number == counts.count { counts.append(0) }
                    counts[number] += 1
                    return Int32(number)
                }
            }
            features.append(numbers.sorted())
        }
        let all = Float(rows.count + 1)
        let rarity = counts.map { logf(all / Float($0 + 1)) + 1 }
        self.rarity = rarity
        unknownRarity = logf(all) + 1
        var norms: [Float] = []
        var loose: [[Int32]] = []
        var looseLength: [Float] = []
        var indexed: [[Int32]] = []
        var isLoose = [Bool](repeating: false, count: counts.count)
        var postingCounts = [Int32](repeating: 0, count: counts.count)
        for numbers in features {
            let squares = numbers.reduce(Float(0)) { $0 + rarity[Int($1)] * rarity[Int($1)] }
            norms.append(squares.squareRoot())
            let commonFirst = numbers.sorted { (rarity[Int($0)], $0) < (rarity[Int($1)], $1) }
            var left: Float = 0
            var count = 0
            while count < commonFirst.count {
                let weight = rarity[Int(commonFirst[count])]
                guard left + weight * weight < Self.looseSimilarity * Self.looseSimilarity * squares else {
                    break
                }
                left += weight * weight
                count += 1
            }
            loose.append(commonFirst.prefix(count).sorted())
            indexed.append(Array(commonFirst.dropFirst(count)))
            looseLength.append(squares > 0 ? (left / squares).squareRoot() : 0)
            for number in commonFirst.prefix(count) { isLoose[Int(number)] = true }
            for number in commonFirst.dropFirst(count) { postingCounts[Int(number)] += 1 }
        }
        var starts: [Int32] = [0]
        starts.reserveCapacity(counts.count + 1)
        for count in postingCounts { starts.append((starts.last ?? 0) + count) }
        var next = starts
        var postings = [Posting](repeating: Posting(row: 0, weight: 0), count: Int(starts.last ?? 0))
        for (place, numbers) in indexed.enumerated() {
            for number in numbers {
                postings[Int(next[Int(number)])] = Posting(
                    row: Int32(place), weight: norms[place] > 0 ? rarity[Int(number)] / norms[place] : 0)
                next[Int(number)] += 1
            }
        }
        rowsOfFeature = counts
        looseFeatures = loose
        self.looseLength = looseLength
        self.isLoose = isLoose
        self.table = table
        self.starts = starts
        self.postings = postings
        self.norms = norms
        featuresOfRow = features
        shards = rows.map { Int32(sample.rows[$0].shard) }
        ordinals = rows.map { sample.rows[$0].ordinal }
    }
}
