import Corpus
import TextForms

/// Computes the distinct shingles of a row, prompt side first; one per thread.
final class RowShingler {
    private let on: ComparedSides
    private let normalizer: TextNormalizer
    private let shingler: Shingler
    private let form = ByteBuffer()
    private let hashes = HashBuffer()

    init(configuration: DedupConfiguration) throws {
        on = configuration.on
        normalizer = try TextNormalizer()
        shingler = Shingler(form: configuration.shingle)
    }

    /// The row's distinct shingles.
    ///
    /// - Parameters:
    ///   - set: emptied, and filled with the shingles.
    ///   - target: emptied, and filled with them in order, the prompt side's first.
    /// - Returns: how many of them lie on the prompt side.
    func shingles(of text: RowText, set: StampedSet, into target: inout [UInt64]) -> Int {
        target.removeAll(keepingCapacity: true)
        hashes.removeAll()
        append(.prompt, of: text)
        let border = hashes.count
        append(.response, of: text)
        set.begin(expecting: hashes.count)
        var promptCount = 0
        for (place, hash) in hashes.hashes.enumerated() where set.insert(hash) {
            target.append(hash)
            if place < border { promptCount += 1 }
        }
        return promptCount
    }

    private func append(_ side: Side, of text: RowText) {
        for turn in text.turns where on.side(of: turn.role) == side {
            form.removeAll()
            normalizer.appendNormalForm(of: text.bytes(of: turn), to: form)
            shingler.appendShingles(of: form.bytes, seed: ComparedForm.seed(of: side), to: hashes)
        }
    }
}

/// A similarity as a fraction of shingle counts.
struct Fraction {
    var shared: Int
    var total: Int

    /// A fraction of nothing is 1: two empty sides are equal.
    static func < (left: Fraction, right: Fraction) -> Bool {
        left.shared * right.total < right.shared * left.total
    }

    func reaches(millionths: Int) -> Bool { shared * 1_000_000 >= millionths * total }
}
