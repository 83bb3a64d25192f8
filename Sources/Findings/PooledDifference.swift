/// Whether two rates of one corpus differ beyond chance; of two runs, which have intervals, see `RateDifference`.
package enum PooledDifference {
    /// The usual z of the difference of two rates, what is counted as draws; 0 where there is none to see.
    package static func z(_ a: (hits: Int, of: Int), _ b: (hits: Int, of: Int)) -> Double {
        let pooled = Double(a.hits + b.hits) / Double(a.of + b.of)
        guard a.of > 0, b.of > 0, pooled > 0, pooled < 1 else { return 0 }
        let error = (pooled * (1 - pooled) * (1 / Double(a.of) + 1 / Double(b.of))).squareRoot()
        return (Double(a.hits) / Double(a.of) - Double(b.hits) / Double(b.of)) / error
    }

    /// From which a slice is named. Chosen: what is counted is less than independent, and there are several slices.
    package static let leastSliceZ = 3.0
}
