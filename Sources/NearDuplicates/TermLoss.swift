import CText
import Corpus
import Pipeline
import TextForms

/// A word or word pair that no field names, with what a dedup takes from the rows that hold it.
package struct TermLoss: Sendable {
    package var term: String
    /// Rows with the term before, and those that the plan removes.
    package var before: Int
    package var removed: Int
    package var textLost: Double

    package var after: Int { before - removed }
    package var share: Double { before == 0 ? 0 : Double(removed) / Double(before) }
}
