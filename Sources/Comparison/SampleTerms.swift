import CText
import TextForms

/// The words of topics, and pairs of adjacent ones, of all sampled rows: no grammar, no numbers, no addresses.
struct SampleTerms {
    /// A distinct term, with a place where it stands.
    private struct Term {
        var row: Int32
        var start: Int32
        var end: Int32
        /// The numbers of the two words of a pair; -1 of a word.
        var first: Int32 = -1
        var second: Int32 = -1
    }

    private let sample: RowSample
    private var table = HashTable(capacity: 1 << 14)
    private var terms: [Term] = []
    /// The distinct terms of each row, row after row.
    private var termsOfRows: [Int32] = []
    private var rowStarts: [Int] = [0]
    private let normalizer: TextNormalizer
    private let form = ByteBuffer()

    /// Bytes of a word at least; single letters name no topic.
    private static let leastBytes = 2

    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes).
    init(_ sample: RowSample) throws {
        self.sample = sample
        normalizer = try TextNormalizer()
        let tokenizer = try TermTokenizer()
        var lastRow: [Int32] = []
        for row in sample.rows.indices {
            normalise(row)
            add(tokenizer.words(of: form.bytes), row: Int32(row), &lastRow)
            rowStarts.append(termsOfRows.count)
        }
    }

    /// The rows of the sample that have each of some terms, ascending.
    ///
    /// - Parameter isWanted: by term.
    /// - Complexity: O(terms of all rows).
    func rows(where isWanted: (Int) -> Bool) -> [Int: [Int32]] {
        let wanted = terms.indices.map(isWanted)
        var rows: [Int: [Int32]] = [:]
        for row in sample.rows.indices {
            for at in rowStarts[row]..<rowStarts[row + 1] where wanted[Int(termsOfRows[at])] {
                rows[Int(termsOfRows[at]), default: []].append(Int32(row))
            }
        }
        return rows
    }

    /// How many of some rows of the sample have each term.
    func counts(in rows: [Int]) -> [Int32] {
        var counts = [Int32](repeating: 0, count: terms.count)
        for row in rows {
            for at in rowStarts[row]..<rowStarts[row + 1] { counts[Int(termsOfRows[at])] += 1 }
        }
        return counts
    }

    /// The two words of a pair; `nil` for a word.
    func words(ofPair term: Int) -> (first: Int, second: Int)? {
        terms[term].first < 0 ? nil : (Int(terms[term].first), Int(terms[term].second))
    }

    /// The term as it is written in normal form.
    func text(of term: Int) -> String {
        normalise(Int(terms[term].row))
        let range = Int(terms[term].start)..<Int(terms[term].end)
        return String(decoding: UnsafeRawBufferPointer(rebasing: form.bytes[range]), as: UTF8.self)
    }

    /// Terms that share no word, of some, the first ones.
    func label(of some: [Int], most: Int) -> String {
        var words: Set<Int> = []
        var shown: [String] = []
        for term in some where shown.count < most {
            let own = self.words(ofPair: term).map { [$0.first, $0.second] } ?? [term]
            guard words.isDisjoint(with: own) else { continue }
            words.formUnion(own)
            shown.append(text(of: term))
        }
        return shown.joined(separator: ", ")
    }

    private func normalise(_ row: Int) {
        form.removeAll()
        sample.rows[row].text.withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: form) }
    }

    private mutating func add(
        _ words: UnsafeBufferPointer<ctext_word_range>, row: Int32, _ lastRow: inout [Int32]
    ) {
        var last: (number: Int, hash: UInt64, end: Int32)?
        for word in words {
            let bytes = UnsafeRawBufferPointer(rebasing: form.bytes[Int(word.start)..<Int(word.end)])
            let hash = FunctionWords.hash(of: bytes)
            guard bytes.count >= Self.leastBytes, !FunctionWords.english.contains(hash), Self.isTopic(bytes)
            else {
                last = nil
                continue
            }
            let number = insert(hash, Term(row: row, start: word.start, end: word.end), &lastRow)
            // Words with nothing but a space between them.
            if let last, word.start == last.end + 1 {
                let pair = Term(
                    row: row, start: last.end - Int32(length(of: last.number)), end: word.end,
                    first: Int32(last.number), second: Int32(number))
                insert(ctext_mix64(last.hash &* 31 &+ hash), pair, &lastRow)
            }
            last = (number, hash, word.end)
        }
    }

    private func length(of term: Int) -> Int { Int(terms[term].end - terms[term].start) }

    @discardableResult
    private mutating func insert(_ hash: UInt64, _ term: Term, _ lastRow: inout [Int32]) -> Int {
        let number = table.insert(hash)
        if number == terms.count {
            terms.append(term)
            lastRow.append(-1)
        }
        if lastRow[number] != term.row {
            lastRow[number] = term.row
            termsOfRows.append(Int32(number))
        }
        return number
    }

    private static func isTopic(_ word: UnsafeRawBufferPointer) -> Bool {
        !word.contains {
            (0x30...0x39).contains($0) || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/")
                || $0 == UInt8(ascii: "'")
                // The last byte of U+2019: contractions, and a few words of other scripts.
                || $0 == 0x99
        }
    }
}
