import Corpus
import TextForms

/// Computes the distinct shingles of a row, prompt side first; one per thread.
final class RowShingler {
    private let on: ComparedSides
    private let normalizer: TextNormalizer
    private let shingler: Shingler
    private let form = ByteBuffer()
    private let all = HashBuffer()
    private var border = 0

    init(configuration: DedupConfiguration) throws {
        on = configuration.on
        normalizer = try TextNormalizer()
        shingler = Shingler(form: configuration.shingle)
    }

    /// Hashes a row's shingles, repeats included, and fills a set with them.
    ///
    /// - Returns: how many different shingles the row has, and how many of them lie on the prompt side.
    func fill(_ set: StampedSet, with text: RowText) -> ShingleCounts {
        hash(text)
        set.begin(expecting: all.count)
        let prompt = set.insert(promptHashes)
        return ShingleCounts(prompt: prompt, all: prompt + set.insert(responseHashes))
    }

    /// Hashes a row's shingles, repeats included, into `promptHashes` and `responseHashes`.
    func hash(_ text: RowText) {
        all.removeAll()
        append(.prompt, of: text)
        border = all.count
        append(.response, of: text)
    }

    /// Hashes the shingles of a row's answers of a mark and fills a set with them; they are in `responseHashes` then.
    ///
    /// - Returns: how many different shingles they have.
    func fill(_ set: StampedSet, with text: RowText, mark: TurnMark) -> Int {
        all.removeAll()
        border = 0
        for turn in text.turns where turn.mark == mark {
            append(turn, of: text, seed: ComparedForm.seed(of: .response))
        }
        set.begin(expecting: all.count)
        return set.insert(responseHashes)
    }

    /// Of the row hashed last: all, and those of each side.
    var hashes: UnsafeBufferPointer<UInt64> { all.hashes }
    var promptHashes: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(rebasing: all.hashes[..<border]) }
    var responseHashes: UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(rebasing: all.hashes[border...])
    }

    /// The row's different shingles.
    ///
    /// - Parameters:
    ///   - set: emptied, and filled with the shingles.
    ///   - target: emptied, and filled with them in order, the prompt side's first.
    /// - Returns: how many there are, and how many of them lie on the prompt side.
    @discardableResult
    func shingles(of text: RowText, set: StampedSet, into target: inout [UInt64]) -> ShingleCounts {
        target.removeAll(keepingCapacity: true)
        let counts = fill(set, with: text)
        set.appendDistinct(of: all.hashes, to: &target)
        return counts
    }

    private func append(_ side: Side, of text: RowText) {
        for turn in text.turns where on.side(of: turn.role) == side {
            append(turn, of: text, seed: ComparedForm.seed(of: side))
        }
    }

    private func append(_ turn: Turn, of text: RowText, seed: UInt64) {
        form.removeAll()
        normalizer.appendNormalForm(of: text.bytes(of: turn), to: form)
        shingler.appendShingles(of: form.bytes, seed: seed, to: all)
    }
}
