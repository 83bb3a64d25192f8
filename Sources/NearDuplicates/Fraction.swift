import Corpus
import TextForms

/// A similarity as a fraction of shingle counts.
struct Fraction {
    var shared: Int
    var total: Int

    /// A fraction of nothing is 1: two empty sides are equal.
    static func < (left: Fraction, right: Fraction) -> Bool {
        left.shared * right.total < right.shared * left.total
    }

    func reaches(millionths: Int) -> Bool { shared * 1_000_000 >= millionths * total }

    /// The least number of shared elements with which two sets of these sizes reach a Jaccard similarity.
    ///
    /// s / (a + b - s) >= t, so s >= t (a + b) / (1 + t).
    static func leastShared(_ left: Int, _ right: Int, millionths: Int) -> Int {
        let numerator = millionths * (left + right)
        let denominator = 1_000_000 + millionths
        return (numerator + denominator - 1) / denominator
    }
}
