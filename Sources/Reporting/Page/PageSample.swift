/// A row of the data beside what it is held against.
struct PageSample {
    struct Piece {
        var pieceText: String
        var isSame = false
        var isLost = false
        var isKept = false

        init(_ piece: DiffSample.Piece) {
            switch piece {
            case .same(let text):
                pieceText = Self.cut(text)
                isSame = true
            case .lost(let text):
                pieceText = Self.cut(text)
                isLost = true
            case .kept(let text):
                pieceText = Self.cut(text)
                isKept = true
            }
        }

        /// The pieces of a diff, without the line break before its first turn.
        static func all(_ diff: DiffSample?) -> [Piece] {
            var pieces = diff?.pieces.map(Piece.init) ?? []
            if let first = pieces.first { pieces[0].pieceText = String(first.pieceText.trimmingPrefix("\n")) }
            return pieces
        }

        /// Characters of a piece that are shown.
        private static let most = 800

        private static func cut(_ text: String) -> String {
            text.count > most ? text.prefix(most - 200) + " … " + text.suffix(200) : text
        }
    }

    struct Side {
        var sideName: String
        var sideText: String
    }

    var sampleAnchor: String
    var sampleTitle: String
    var facts: String
    var pieces: [Piece] = []
    var sides: [Side] = []
    /// What to type to see more.
    var command: String

    init(anchor: String, title: String, facts: String, command: String) {
        sampleAnchor = anchor
        sampleTitle = title
        self.facts = facts
        self.command = command
    }

    var isDiff: Bool { !pieces.isEmpty }

    /// Bytes of its texts.
    var byteCount: Int {
        pieces.reduce(0) { $0 + $1.pieceText.utf8.count } + sides.reduce(0) { $0 + $1.sideText.utf8.count }
    }
}
