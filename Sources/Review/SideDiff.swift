/// One side of a row beside the same side of another.
package struct SideDiff: Sendable, Equatable, Encodable {
    package struct Piece: Sendable, Equatable, Encodable {
        package enum Kind: String, Sendable, Encodable {
            /// In both.
            case same
            /// In the first row alone.
            case lost
            /// In the other row alone.
            case kept
        }

        package var kind: Kind
        package var text: String

        package init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    /// `prompt`, `response`, or `text` where nobody is said to speak.
    package var side: String
    package var pieces: [Piece]

    package init(side: String, pieces: [Piece]) {
        self.side = side
        self.pieces = pieces
    }
}
