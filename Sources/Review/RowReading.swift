import Corpus
import Findings

/// What a review asks of a run's rows: their names, their text, and whether one may stand for another.
package protocol RowReading: AnyObject {
    /// - Throws: `FindingsError`; so do all of these.
    func reference(of row: ReviewedRow) throws -> Decision.Row

    /// The declared and derived slices of a row; `nil` where the run does not tell them.
    func slices(of row: ReviewedRow) throws -> [SliceValue]?

    /// The similarity of two rows, where the run's own rules would remove the first for the second; else `nil`.
    func similarity(of row: ReviewedRow, to keeper: ReviewedRow) throws -> Double?

    /// A word diff by side; `nil` where the run holds no text and its input is not there.
    func diff(_ row: ReviewedRow, _ keeper: ReviewedRow) throws -> [SideDiff]?

    /// The text that a row and an eval item share; `nil` where the run holds no text.
    func sharedText(of pair: OverlapPair) throws -> (row: String, item: String)?

    /// Places of removed rows by the hash of their normal forms, of the hashes given.
    ///
    /// - Complexity: O(removed rows).
    func removals(ofTexts texts: Set<String>, in table: ReviewTable) throws -> [String: [Int]]

    /// Places of overlaps by the hash of their rows' normal forms, of the hashes given.
    ///
    /// - Complexity: O(lines of overlaps).
    func overlaps(ofTexts texts: Set<String>, in table: ReviewTable) throws -> [String: [Int]]
}
