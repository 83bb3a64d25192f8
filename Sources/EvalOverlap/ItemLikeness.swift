import Corpus
import TextForms

/// Whether the prompt side of a row as a whole is a near-duplicate of an item's question; one per thread.
///
/// Exact Jaccard similarity of char-5 shingles of the normal forms, as near-duplicates are defined. Texts of over
/// 64 KiB are not compared.
package final class ItemLikeness {
    package static let threshold = 0.8
    static let mostBytes = 64 << 10
    /// Texts of such different lengths can hardly be near-duplicates.
    private static let lengthFactor = 4

    private let normalizer: TextNormalizer
    private let shingler = Shingler(form: .characters(5))
    private let folded = ByteBuffer()
    private let hashes = HashBuffer()
    private let rowHashes = HashBuffer()
    private let set = StampedSet()
    private var rowBytes = 0
    private var isReady = false

    /// - Throws: `TextFormsError` if ICU has no normalisation data.
    package init() throws { normalizer = try TextNormalizer() }

    /// Forgets the row before.
    package func begin() { isReady = false }

    /// - Complexity: O(bytes of the question), and of the row for its first question.
    package func isAlike(_ question: [UInt8], _ row: RowText) -> Bool {
        if !isReady { read(row) }
        guard !question.isEmpty, question.count <= Self.mostBytes, rowHashes.count > 0,
            question.count <= rowBytes * Self.lengthFactor, rowBytes <= question.count * Self.lengthFactor
        else { return false }
        hashes.removeAll()
        question.withUnsafeBytes { append($0, to: hashes) }
        set.begin(expecting: hashes.count)
        let own = set.insert(hashes.hashes)
        let shared = set.countShared(with: rowHashes.hashes)
        return Double(shared) >= Self.threshold * Double(own + rowHashes.count - shared)
    }

    private func read(_ row: RowText) {
        isReady = true
        rowHashes.removeAll()
        rowBytes = 0
        for turn in row.turns where turn.role.side == .prompt { rowBytes += Int(turn.length) }
        guard rowBytes <= Self.mostBytes else { return }
        for turn in row.turns where turn.role.side == .prompt { append(row.bytes(of: turn), to: rowHashes) }
        rowHashes.sortAndDropRepeats()
    }

    private func append(_ text: UnsafeRawBufferPointer, to hashes: HashBuffer) {
        folded.removeAll()
        normalizer.appendNormalForm(of: text, to: folded)
        shingler.appendShingles(of: folded.bytes, seed: 1, to: hashes)
    }
}
