/// A flagged eval item with one of its lines in `overlaps.jsonl.zst`.
package struct FlaggedItemRecord: Sendable, Equatable {
    package var set: String
    package var item: String
    package var verdict: String
    package var rows: Int
    /// The first row with the item's verdict.
    package var shard: String
    package var ordinal: Int
    package var coverage: Double
    package var position: FramePosition
}
