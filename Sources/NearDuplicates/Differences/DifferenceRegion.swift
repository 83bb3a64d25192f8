/// Turns of both texts that are aligned with each other: one pair, or all that could not be paired.
struct DifferenceRegion {
    /// Indexes of turns.
    var first: [Int]
    var second: [Int]
    /// One turn of each, of the same role and mark.
    var isPair = false
    /// Byte-equal, kept only for a diff to show.
    var isEqual = false
}
