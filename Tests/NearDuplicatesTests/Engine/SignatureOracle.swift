import TextForms

@testable import NearDuplicates

/// Which pairs the signatures of a table bring together, pair by pair.
struct SignatureOracle {
    private let signatures: [[UInt8]]
    private let banding: Banding
    private let minimumMatches: Int

    init(_ table: RowTable, threshold: Double) throws {
        var buffer = ReadBuffer()
        var signatures: [[UInt8]] = []
        for row in 0..<table.rowCount {
            var signature = [UInt8](repeating: 0, count: MinHash.slotCount)
            try signature.withUnsafeMutableBufferPointer {
                guard let base = $0.baseAddress else { return }
                try table.readSignature(row, into: base, buffer: &buffer)
            }
            signatures.append(signature)
        }
        self.signatures = signatures
        banding = Banding(threshold: threshold)
        minimumMatches = SignatureEstimate.minimumMatches(threshold: threshold)
    }

    /// Whether a pair shares a bucket and is not rejected by the estimate.
    func meet(_ left: Int, _ right: Int) -> Bool {
        let a = signatures[left]
        let b = signatures[right]
        return a.indices.filter { a[$0] == b[$0] }.count >= minimumMatches && shareBucket(left, right)
    }

    func shareBucket(_ left: Int, _ right: Int) -> Bool {
        (0..<banding.bands).contains { band in
            let slots = band * banding.rowsPerBand..<(band + 1) * banding.rowsPerBand
            return signatures[left][slots] == signatures[right][slots]
        }
    }
}
