import TextForms

/// The words of some rows, to find one that others write apart or with a hyphen.
struct CompactTexts {
    /// Row after row: letters and digits, one space between words, a zero byte behind each row.
    private var bytes: [UInt8] = []
    /// By row.
    private var weights: [Double] = []

    /// Bytes of a row that are looked at; a topic stands at its beginning as a rule, and hostile rows are long.
    private static let longestRow = 500

    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes).
    init(_ rows: [(row: SampledRow, weight: Double)]) throws {
        let normalizer = try TextNormalizer()
        let form = ByteBuffer()
        for (row, weight) in rows {
            form.removeAll()
            row.text.withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: form) }
            for byte in form.bytes.prefix(Self.longestRow) {
                if Self.isOfWord(byte) {
                    bytes.append(byte)
                } else if let last = bytes.last, last != Self.space, last != 0 {
                    bytes.append(Self.space)
                }
            }
            bytes.append(0)
            weights.append(weight)
        }
    }

    private static let space = UInt8(ascii: " ")

    /// Share of the rows in which whole words, one or several beside each other, spell a term.
    ///
    /// - Complexity: O(bytes of all rows).
    func share(with term: String) -> Double {
        let wanted = term.utf8.filter(Self.isOfWord)
        let all = weights.reduce(0, +)
        guard !wanted.isEmpty, all > 0 else { return 0 }
        var found = 0.0
        var row = 0
        var at = 0
        var isStart = true
        while at < bytes.count {
            if isStart, spells(wanted, from: at) {
                found += weights[row]
                while bytes[at] != 0 { at += 1 }
            }
            if bytes[at] == 0 { row += 1 }
            isStart = bytes[at] == Self.space || bytes[at] == 0
            at += 1
        }
        return found / all
    }

    private func spells(_ wanted: [UInt8], from start: Int) -> Bool {
        var at = start
        for letter in wanted {
            if bytes[at] == Self.space, at > start { at += 1 }
            guard bytes[at] == letter else { return false }
            at += 1
        }
        return bytes[at] == Self.space || bytes[at] == 0
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
