import CText
import Corpus
import Findings
import TextForms

/// What the leader pass met beside the verdicts.
struct PassRecord {
    var pairs: [Match] = []
    var spared: [SparedMatch] = []
    /// Rows that were compared with a keeper, and among them those whose language has no negation list.
    var negationUnchecked = 0
    /// Rows that met a split bucket, and the sum of the probabilities that a pair at the threshold was missed,
    /// in units of 2^-32: whole numbers add up to the same in any order.
    var rowsInSplitBuckets = 0
    var missedUnits: UInt64 = 0
    var candidates = 0
    var verified = 0

    /// Notes that a pair at the threshold is missed with this probability.
    mutating func addMiss(_ probability: Double) {
        rowsInSplitBuckets += 1
        missedUnits += UInt64((probability * 4_294_967_296).rounded())
    }
}
