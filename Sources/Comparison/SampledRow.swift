import Corpus
import Findings

/// A row of the sample with the text that is compared.
package struct SampledRow: Sendable {
    /// The hash by which it was drawn.
    package var key: UInt64
    package var side: ComparisonSide
    /// Its shard's number among the inputs.
    package var shard: Int
    package var ordinal: Int
    /// The compared turns, cut at `longestText` bytes.
    package var text: [UInt8]
    /// Bytes before the cut.
    package var byteCount: Int
    package var turns: Int
    package var slices: [SliceValue]
    /// How many rows of its side it stands for, over the average: 1 where all were drawn alike.
    package var weight = 1.0
    /// Whether it was drawn for its value alone, and not among all rows.
    package var isExtra = false

    /// Bytes of a row that are compared; chosen: 20,000 rows of this size are 80 MB.
    package static let longestText = 4096

    package init(
        key: UInt64, side: ComparisonSide, shard: Int, ordinal: Int, text: [UInt8], turns: Int,
        slices: [SliceValue]
    ) {
        self.key = key
        self.side = side
        self.shard = shard
        self.ordinal = ordinal
        byteCount = text.count
        self.turns = turns
        self.slices = slices
        var end = min(text.count, Self.longestText)
        // Not inside a code point.
        if end < text.count { while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 } }
        self.text = end < text.count ? Array(text[..<end]) : text
    }

    package var isCut: Bool { byteCount > text.count }

    /// The order of drawing; never by content.
    static func precedes(_ left: SampledRow, _ right: SampledRow) -> Bool {
        (left.key, left.shard, left.ordinal) < (right.key, right.shard, right.ordinal)
    }
}
