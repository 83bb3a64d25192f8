import TextForms

/// The words of some rows, to find one that others write apart or with a hyphen.
struct CompactTexts {
    /// Row after row: letters and digits, one space between words, a zero byte behind each row.
    private var bytes: [UInt8] = []
    private(set) var rowCount = 0

    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes).
    init(_ rows: some Sequence<SampledRow>) throws {
        let normalizer = try TextNormalizer()
        let form = ByteBuffer()
        for row in rows {
            form.removeAll()
            row.text.withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: form) }
            for byte in form.bytes {
                if Self.isOfWord(byte) {
                    bytes.append(byte)
                } else if let last = bytes.last, last != Self.space, last != 0 {
                    bytes.append(Self.space)
                }
            }
            bytes.append(0)
            rowCount += 1
        }
    }

    private static let space = UInt8(ascii: " ")

    /// Rows in which whole words, one or several beside each other, spell a term.
    ///
    /// - Complexity: O(bytes of all rows).
    func rows(with term: String) -> Int {
        let wanted = term.utf8.filter(Self.isOfWord)
        guard !wanted.isEmpty else { return 0 }
        var rows = 0
        var at = 0
        var isStart = true
        while at < bytes.count {
            if isStart, spells(wanted, from: at) {
                rows += 1
                while bytes[at] != 0 { at += 1 }
            }
            isStart = bytes[at] == Self.space || bytes[at] == 0
            at += 1
        }
        return rows
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
