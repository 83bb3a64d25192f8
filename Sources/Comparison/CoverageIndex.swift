import Glibc
import TextForms

/// Some sampled rows by their words and pairs of words, each weighted by its rarity among them.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
package final class CoverageIndex: @unchecked Sendable {
    /// The rows, by their numbers in the sample.
    package let rows: [Int]
    /// The numbers of features, ascending from the rarest one to the commonest.
    let table: HashTable
    /// Rarity of each feature: ln((rows + 1) / (rows with it + 1)) + 1.
    let rarity: [Float]
    /// Of a feature that no row has.
    let unknownRarity: Float
    /// Rows that have a feature.
    let rowsOfFeature: [Int32]
    /// The features of all rows, row after row, of each row the rarest first.
    let features: [Int32]
    /// Where each row begins in `features`, and at last where they end.
    let featureStarts: [Int]
    /// The length of each row's vector.
    let norms: [Float]
    /// Where each row stands.
    let shards: [Int32]
    let ordinals: [Int]

    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes + features x log features).
    package init(_ sample: RowSample, side: ComparisonSide) throws {
        let rows = sample.rows.indices.filter { sample.rows[$0].side == side }
        self.rows = rows
        let reader = try CoverageReader()
        var table = HashTable(capacity: 1 << 14)
        var counts: [Int32] = []
        var found: [Int32] = []
        var starts = [0]
        for row in rows {
            sample.rows[row].text.withUnsafeBytes { text in
                for hash in reader.features(of: text) {
                    let number = table.insert(hash)
                    if number == counts.count { counts.append(0) }
                    counts[number] += 1
                    found.append(Int32(number))
                }
            }
            starts.append(found.count)
        }
        let rarestFirst = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
        var newNumbers = [Int32](repeating: 0, count: counts.count)
        for (place, number) in rarestFirst.enumerated() { newNumbers[number] = Int32(place) }
        table.renumber(newNumbers)
        self.table = table
        rowsOfFeature = rarestFirst.map { counts[$0] }
        let all = Float(rows.count + 1)
        let rarity = rowsOfFeature.map { logf(all / Float($0 + 1)) + 1 }
        self.rarity = rarity
        unknownRarity = logf(all) + 1
        for place in found.indices { found[place] = newNumbers[Int(found[place])] }
        var norms: [Float] = []
        for row in rows.indices {
            found[starts[row]..<starts[row + 1]].sort()
            let squares = found[starts[row]..<starts[row + 1]].reduce(Float(0)) {
                $0 + rarity[Int($1)] * rarity[Int($1)]
            }
            norms.append(max(squares.squareRoot(), .leastNormalMagnitude))
        }
        features = found
        featureStarts = starts
        self.norms = norms
        shards = rows.map { Int32(sample.rows[$0].shard) }
        ordinals = rows.map { sample.rows[$0].ordinal }
    }

    /// The features of a row, the rarest first.
    func features(ofRow row: Int) -> ArraySlice<Int32> {
        features[featureStarts[row]..<featureStarts[row + 1]]
    }
}
