/// The features of a row that is streamed past an index, as far as the index knows them.
struct StreamedRow {
    /// Ascending: the rarest first.
    private(set) var features: [Int32] = []
    /// By place in `features`, the sum of the squares from there on; 0 behind the last.
    private var suffixes: [Float] = []
    /// The length of the row's vector, unknown features included.
    private(set) var norm: Float = 0
    /// What rounding may add to a sum.
    private static let slack: Float = 1.00001

    /// The sum of the squares of all known features.
    var squares: Float { suffixes[0] }

    /// - Complexity: O(features x log features).
    mutating func read(_ hashes: UnsafeBufferPointer<UInt64>, _ index: CoverageIndex) {
        features.removeAll(keepingCapacity: true)
        for hash in hashes {
            if let number = index.table.number(of: hash) { features.append(Int32(number)) }
        }
        features.sort()
        suffixes.removeAll(keepingCapacity: true)
        suffixes.append(contentsOf: repeatElement(0, count: features.count + 1))
        var squares: Float = 0
        for place in features.indices.reversed() {
            let rarity = index.rarity[Int(features[place])]
            squares += rarity * rarity
            suffixes[place] = squares * Self.slack
        }
        let unknown = Float(hashes.count - features.count) * index.unknownRarity * index.unknownRarity
        norm = max((squares + unknown).squareRoot(), .leastNormalMagnitude)
    }

    /// The sum of the squares of the features from one on.
    ///
    /// - Complexity: O(log features).
    func squares(from feature: Int32) -> Float {
        var low = 0
        var high = features.count
        while low < high {
            let middle = (low + high) / 2
            if features[middle] < feature { low = middle + 1 } else { high = middle }
        }
        return suffixes[low]
    }
}
