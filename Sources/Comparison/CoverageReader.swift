import TextForms

/// Turns texts into the features of coverage: distinct words and pairs of words of the normal form; one per thread.
package final class CoverageReader {
    private let normalizer: TextNormalizer
    private let words = Shingler(form: .words(1))
    private let pairs = Shingler(form: .words(2))
    private let form = ByteBuffer()
    private let buffer = HashBuffer()

    /// - Throws: `TextFormsError`.
    package init() throws { normalizer = try TextNormalizer() }

    /// The row's features as hashes, ascending and distinct; valid until the next call.
    ///
    /// - Complexity: O(bytes + words x log words).
    package func features(of text: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt64> {
        form.removeAll()
        buffer.removeAll()
        normalizer.appendNormalForm(of: text, to: form)
        words.appendShingles(of: form.bytes, seed: 1, to: buffer)
        pairs.appendShingles(of: form.bytes, seed: 2, to: buffer)
        buffer.sortAndDropRepeats()
        return buffer.hashes
    }
}
