import CText
import Corpus
import Findings
import TextForms

/// The estimate that a signature gives of the similarity.
enum SignatureEstimate {
    /// Equal slots below which a pair is rejected unverified: 4.5 standard deviations under the threshold, where
    /// slots of one byte match by chance once in 256.
    static func minimumMatches(threshold: Double) -> Int {
        let slots = Double(MinHash.slotCount)
        let match = threshold + (1 - threshold) / 256
        let deviation = (match * (1 - match) / slots).squareRoot()
        return max(0, Int(((match - 4.5 * deviation) * slots).rounded(.down)))
    }

    /// The probability that a pair at the threshold has fewer equal slots (normal approximation).
    static func chance(ofFewer matches: Int, threshold: Double) -> Double {
        let slots = Double(MinHash.slotCount)
        let match = threshold + (1 - threshold) / 256
        let deviation = (match * (1 - match) * slots).squareRoot()
        guard deviation > 0 else { return 0 }
        return 0.5
            * complementaryErrorFunction((match * slots - Double(matches)) / deviation / 2.0.squareRoot())
    }
}
