import CText

/// Makes the shingle hashes of turns; one for each thread.
///
/// `char-N`: a window of N code points is hashed by its bytes. `word-N`: a window of N shingle words is hashed
/// by the words' hashes in order, whatever stands between them; `token-N` likewise. A turn with fewer code points
/// than a shingle is one shingle of all its bytes; one with fewer words (but some) is one shingle of those words;
/// one with text but no word is one shingle of all its bytes. These lie in hash domains of their own, so that they
/// equal no window. An empty turn has none.
package final class Shingler {
    package let form: ShingleForm
    private let words = HashBuffer()

    /// Word hashes kept in memory between turns, in hashes: 8 MiB.
    private static let keptWords = 1 << 20

    /// - Parameter form: of a size in ``ShingleForm/sizes``; its reader accepts no other.
    package init(form: ShingleForm) {
        precondition(ShingleForm.sizes.contains(form.size), "shingle size out of bounds")
        self.form = form
    }

    /// Appends the shingle hashes of one turn in order of position, repeats included.
    ///
    /// - Parameters:
    ///   - normalForm: a turn's normal form, well-formed UTF-8; nothing behind it is read.
    ///   - seed: marks the side; the hashes under two seeds have nothing in common.
    /// - Complexity: O(bytes) for words, O(bytes + code points * size / 8) for characters.
    package func appendShingles(of normalForm: UnsafeRawBufferPointer, seed: UInt64, to hashes: HashBuffer) {
        guard let text = normalForm.assumingMemoryBound(to: UInt8.self).baseAddress, !normalForm.isEmpty
        else { return }
        let appended =
            switch form {
            case .characters(let size):
                appendCharacterShingles(text, normalForm.count, size: size, seed: seed, to: hashes)
            case .words(let size), .tokens(let size):
                appendWordShingles(text, normalForm.count, size: size, seed: seed, to: hashes)
            }
        if appended == 0 { hashes.append(ctext_whole_shingle(text, normalForm.count, seed)) }
    }

    private func appendCharacterShingles(
        _ text: UnsafePointer<UInt8>, _ length: Int, size: Int, seed: UInt64, to hashes: HashBuffer
    ) -> Int {
        hashes.reserve(length)
        let appended = ctext_character_shingles(text, length, size, seed, hashes.start + hashes.count)
        hashes.count += appended
        return appended
    }

    private func appendWordShingles(
        _ text: UnsafePointer<UInt8>, _ length: Int, size: Int, seed: UInt64, to hashes: HashBuffer
    ) -> Int {
        words.removeAll()
        words.reserve(length / 2 + 1)
        let shingle = WordCharacters.shingle.bitmap
        if case .tokens = form {
            words.count = ctext_token_hashes(
                text, length, shingle, WordCharacters.unspaced.bitmap, words.start)
        } else {
            words.count = ctext_word_hashes(text, length, shingle, words.start)
        }
        guard words.count > 0 else { return 0 }
        hashes.reserve(words.count)
        let appended = ctext_word_shingles(
            words.start, words.count, size, seed, hashes.start + hashes.count)
        hashes.count += appended
        words.removeAll()
        words.shrink(toCapacity: Self.keptWords)
        return appended
    }
}
