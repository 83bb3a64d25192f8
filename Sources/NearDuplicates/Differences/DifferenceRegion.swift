/// Turns of both texts that are aligned with each other: one pair, or all that could not be paired.
struct DifferenceRegion {
    /// Indexes of turns.
    var first: [Int]
    var second: [Int]
    /// Byte-equal, kept only for a diff to show.
    var isEqual = false
}
