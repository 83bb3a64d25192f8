import TextForms

/// Bands and rows per band for a threshold (Mining of Massive Datasets, section 3.4).
package struct Banding: Sendable, Equatable {
    package let bands: Int
    package let rowsPerBand: Int

    /// The least probability with which a pair exactly at the threshold shares a bucket.
    package static let minimumRecall = 0.997

    /// The most selective banding that reaches the recall: as many rows per band as 8 bytes hold and the slots
    /// allow, then as few bands as are needed. At 0.8: 20 bands of 6.
    package init(threshold: Double) {
        var choice = (bands: MinHash.slotCount, rows: 1)
        for rows in 1...8 {
            let miss = 1 - power(threshold, rows)
            var bands = 1
            var missed = miss
            while 1 - missed < Self.minimumRecall, bands * rows <= MinHash.slotCount {
                bands += 1
                missed *= miss
            }
            if bands * rows <= MinHash.slotCount { choice = (bands, rows) }
        }
        bands = choice.bands
        rowsPerBand = choice.rows
    }

    /// The bucket of a signature in one band: its bytes.
    @inline(__always)
    func bucket(_ signature: UnsafePointer<UInt8>, band: Int) -> UInt64 {
        var key: UInt64 = 0
        let start = signature + band * rowsPerBand
        for slot in 0..<rowsPerBand { key = key << 8 | UInt64(start[slot]) }
        return key
    }

    /// The probability that a pair of similarity `similarity` shares a bucket.
    package func recall(at similarity: Double) -> Double {
        let miss = 1 - power(similarity, rowsPerBand)
        return 1 - power(miss, bands)
    }
}

/// `base` to a small whole power.
func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= base }
    return result
}
