/// A row that shows a feature, for screens that show rows.
package struct ComparisonSample: Sendable, Equatable {
    /// The feature, or the group.
    package var feature: String
    /// The name of its side.
    package var side: String
    package var shard: String
    package var ordinal: Int
    /// The beginning of its compared text.
    package var text: [UInt8]
    /// Whether more follows.
    package var isCut: Bool

    package init(
        feature: String, side: String, shard: String, ordinal: Int, text: [UInt8], isCut: Bool
    ) {
        self.feature = feature
        self.side = side
        self.shard = shard
        self.ordinal = ordinal
        self.text = text
        self.isCut = isCut
    }
}
