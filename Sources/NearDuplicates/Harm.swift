/// The order of losses: by harm, which is a fact and not a test.
package enum Harm {
    /// Text lost below which what went is boilerplate or copies.
    package static let notableTextLost = 0.01

    /// Worst first: wiped out, then ten rows or fewer left, both by excess loss (over the corpus's share) x text
    /// lost; then all others by the rows of that excess x text lost.
    package static func rank(before: Int, removed: Int, textLost: Double, corpusShare: Double) -> (
        Int, Double
    ) {
        let share = before == 0 ? 0 : Double(removed) / Double(before)
        let excess = max(0, share - corpusShare)
        let after = before - removed
        let counts = removed > 0 && textLost >= notableTextLost && excess > 0 && before >= 5
        let tier = !counts ? 2 : after == 0 ? 0 : after <= 10 ? 1 : 2
        return (tier, -excess * textLost * (tier < 2 ? 1 : Double(before)))
    }
}
