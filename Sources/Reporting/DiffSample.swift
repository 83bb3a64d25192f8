/// A casualty beside its keeper, as pieces of text; for screens that may show rows.
package struct DiffSample: Sendable, Encodable {
    package enum Piece: Sendable, Encodable {
        /// In both.
        case same(String)
        /// In the removed row alone.
        case lost(String)
        /// In the keeper alone.
        case kept(String)
    }

    package var pieces: [Piece]

    package init(pieces: [Piece]) { self.pieces = pieces }

    /// Characters of common text that are shown on each side of a difference.
    static let context = 40

    /// The diff on a line or more: `[-only in the removed row-]`, `{+only in its keeper+}`.
    package func lines(indent: Int) -> [String] {
        var text = ""
        for (place, piece) in pieces.enumerated() {
            switch piece {
            case .same(let common):
                text += Self.shortened(common, isFirst: place == 0, isLast: place == pieces.count - 1)
            case .lost(let lost): text += "[-\(Self.cut(lost))-]"
            case .kept(let kept): text += "{+\(Self.cut(kept))+}"
            }
        }
        let inert = TerminalText.sanitized(text.replacing("\n", with: " ⏎ "))
        return Self.wrapped(inert, width: 100).map { String(repeating: " ", count: indent) + $0 }
    }

    private static func cut(_ text: String) -> String {
        text.count > 300 ? text.prefix(200) + " … " + text.suffix(60) : text
    }

    private static func shortened(_ text: String, isFirst: Bool, isLast: Bool) -> String {
        guard text.count > context * 2 + 3 else { return text }
        let head = isFirst ? "" : String(text.prefix(context))
        let tail = isLast ? "" : String(text.suffix(context))
        return head + " … " + tail
    }

    /// Lines of at most `width` characters, broken at spaces.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            if !line.isEmpty, line.count + word.count + 1 > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
