/// A table of plain text in aligned columns, two spaces apart; no trailing spaces.
///
/// Widths are those of a terminal: East Asian wide characters and emoji take two cells, combining marks none.
package struct TextTable: Sendable {
    package enum Alignment: Sendable {
        case left, right
    }

    package struct Column: Sendable {
        package var title: String
        package var alignment: Alignment
        /// Cells; a longer text is cut with "…". `nil` for no limit.
        package var maximumWidth: Int?
        /// Whether a longer text is cut in its middle: a row's number stands at the end of its place.
        package var keepsEnd: Bool

        package init(
            _ title: String, _ alignment: Alignment = .left, maximumWidth: Int? = nil, keepsEnd: Bool = false
        ) {
            self.title = title
            self.alignment = alignment
            self.maximumWidth = maximumWidth
            self.keepsEnd = keepsEnd
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    package var isEmpty: Bool { rows.isEmpty }

    /// Adds a row; missing cells are empty, surplus ones are dropped. Cells are sanitised here.
    package mutating func append(_ cells: [String]) {
        rows.append(columns.indices.map { $0 < cells.count ? TerminalText.sanitized(cells[$0]) : "" })
    }

    /// The table's lines, with the titles first unless all are empty.
    ///
    /// - Parameter indent: spaces before each line.
    /// - Complexity: O(text).
    package func lines(indent: Int = 0) -> [String] {
        let titles = columns.map { TerminalText.sanitized($0.title) }
        let all = (titles.allSatisfy(\.isEmpty) ? [] : [titles]) + rows
        let cut = all.map { row in
            zip(columns, row).map { column, cell in
                guard let limit = column.maximumWidth else { return cell }
                return column.keepsEnd ? Self.shortened(cell, to: limit) : Self.truncated(cell, to: limit)
            }
        }
        let widths = columns.indices.map { index in cut.map { Self.width(of: $0[index]) }.max() ?? 0 }
        return cut.map { row in
            var line = String(repeating: " ", count: indent)
            for (index, cell) in row.enumerated() {
                if index > 0 { line += "  " }
                let padding = String(repeating: " ", count: widths[index] - Self.width(of: cell))
                line += columns[index].alignment == .right ? padding + cell : cell + padding
            }
            while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
            return line
        }
    }

    // MARK: Text

    /// An integer with commas between groups of three digits, in every locale.
    package static func grouped(_ value: Int) -> String {
        var digits = Array(String(value.magnitude).utf8)
        var at = digits.count - 3
        while at > 0 {
            digits.insert(UInt8(ascii: ","), at: at)
            at -= 3
        }
        return (value < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
    }

    /// The text, or its beginning and "…", in at most `limit` cells.
    package static func truncated(_ text: String, to limit: Int) -> String {
        guard width(of: text) > limit else { return text }
        guard limit > 0 else { return "" }
        var kept = ""
        var used = 0
        for character in text {
            let cells = width(of: String(character))
            if used + cells > limit - 1 { break }
            kept.append(character)
            used += cells
        }
        return kept + "…"
    }

    /// The text, or its beginning, "…" and its end, in at most `limit` cells.
    package static func shortened(_ text: String, to limit: Int) -> String {
        guard width(of: text) > limit, limit > 4 else { return truncated(text, to: limit) }
        var end = ""
        var used = 0
        for character in text.reversed() {
            let cells = width(of: String(character))
            if used + cells > limit / 2 { break }
            end.insert(character, at: end.startIndex)
            used += cells
        }
        return truncated(text, to: limit - used) + end
    }

    /// Cells that the text takes on a terminal, roughly.
    package static func width(of text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    /// East Asian Width W and F by their blocks (UAX #11), and emoji; marks take no cell.
    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
            0xa000...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
            0xff00...0xff60, 0xffe0...0xffe6, 0x1b000...0x1b2ff, 0x1f200...0x1f2ff, 0x20000...0x3fffd:
            return 2
        default:
            return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }
}
