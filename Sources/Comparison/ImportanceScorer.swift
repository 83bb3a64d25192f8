/// Weighs rows by a model; one per thread.
package final class ImportanceScorer {
    private let model: ImportanceModel
    private let reader: SampledRowReader

    /// - Throws: `TextFormsError`.
    package init(_ model: ImportanceModel) throws {
        self.model = model
        reader = try SampledRowReader(features: FeatureList(marks: []), marker: nil)
    }

    /// The weight of a row with this text, and whether it was clipped.
    ///
    /// - Complexity: O(bytes), of the first `SampledRow.longestText`.
    package func weight(of text: [UInt8]) -> (weight: Double, isClipped: Bool) {
        model.weight(
            of: text.prefix(SampledRow.longestText).withUnsafeBytes { reader.allFeatures(of: $0) })
    }
}
