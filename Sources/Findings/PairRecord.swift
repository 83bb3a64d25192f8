/// An accepted pair: a row and a keeper that it is a duplicate of, whether or not it was removed for it.
package struct PairRecord: Sendable, Equatable {
    package var row: Int
    package var keeper: Int
    package var similarity: Double
    package var kind: CasualtyKind

    package init(row: Int, keeper: Int, similarity: Double, kind: CasualtyKind) {
        self.row = row
        self.keeper = keeper
        self.similarity = similarity
        self.kind = kind
    }
}
