import Corpus
import Findings
import Pipeline

/// Counts of a decision beside the verdicts themselves.
package struct DedupFigures: Sendable {
    package var sameSides = SameSideCounts()
    /// Rows whose turns are a proper prefix of another row's.
    package var prefixRows = 0
    /// Rows that matched a keeper and whose language has no negation list.
    package var negationUnchecked = 0
    package var rowsInSplitBuckets = 0
    /// Mean probability with which such a row missed a partner exactly at the threshold.
    package var missedInSplitBuckets: Double {
        rowsInSplitBuckets == 0 ? 0 : Double(missedUnits) / 4_294_967_296 / Double(rowsInSplitBuckets)
    }
    private var missedUnits: UInt64 = 0
    package var candidates = 0
    package var verified = 0

    mutating func add(_ record: PassRecord) {
        rowsInSplitBuckets += record.rowsInSplitBuckets
        missedUnits += record.missedUnits
        negationUnchecked += record.negationUnchecked
        candidates += record.candidates
        verified += record.verified
    }
}
