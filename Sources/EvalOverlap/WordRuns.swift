import CText
import TextForms

/// The runs of an unfolded text that fold to words, each by itself; for one thread.
///
/// A code point is in a run if it belongs to words or its fold has one that does, as those of "\u{2116}" (no) and
/// "\u{2103}" (a sign and c); a mark takes the code point before it along, with which it may be composed. So the
/// words of the runs are those of the folded text. Known exception: the folding cuts a letter with more marks than
/// any language has.
final class WordRuns {
    private let normalizer: TextNormalizer
    private let folded = ByteBuffer()
    /// Whether a code point folds to a word, of those that are none.
    private var known: [UInt32: Bool] = [:]

    /// - Throws: `TextFormsError` if ICU has no normalisation data.
    init() throws { normalizer = try TextNormalizer() }

    /// Calls `body` with each run and the number of words that it folds to, if any.
    ///
    /// - Complexity: O(bytes).
    func forEach(in text: UnsafeRawBufferPointer, _ body: (_ run: Range<Int>, _ words: Int) -> Void) {
        guard let base = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        var at = 0
        var before = 0
        var run: Range<Int>?
        var isASCII = true
        let term = WordCharacters.term
        let shingle = WordCharacters.shingle
        while at < text.count {
            let point = ctext_decode(base, at, text.count)
            let end = at + Int(point.length)
            if term.isWord(point.value) || (point.value >= 0x80 && folds(point.value, of: text, at..<end)) {
                if run == nil {
                    let isMark =
                        point.value >= 0x80 && term.isWord(point.value) && !shingle.isWord(point.value)
                    run = (isMark ? before : at)..<end
                    isASCII = true
                }
                if point.value >= 0x80 { isASCII = false }
                run = (run?.lowerBound ?? at)..<end
            } else if let made = run {
                finish(made, isASCII, text, body)
                run = nil
            }
            before = at
            at = end
        }
        if let run { finish(run, isASCII, text, body) }
    }

    private func finish(
        _ run: Range<Int>, _ isASCII: Bool, _ text: UnsafeRawBufferPointer, _ body: (Range<Int>, Int) -> Void
    ) {
        let words = isASCII ? 1 : count(UnsafeRawBufferPointer(rebasing: text[run]))
        if words > 0 { body(run, words) }
    }

    /// Whether a code point that belongs to no word folds to one.
    private func folds(_ point: UInt32, of text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        if let isKnown = known[point] { return isKnown }
        let folds = count(UnsafeRawBufferPointer(rebasing: text[range])) > 0
        known[point] = folds
        return folds
    }

    /// The words of a text's fold.
    private func count(_ text: UnsafeRawBufferPointer) -> Int {
        folded.removeAll()
        normalizer.appendNormalForm(of: text, to: folded)
        guard let base = folded.bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return 0 }
        var words = 0
        var isInside = false
        var at = 0
        while at < folded.count {
            let point = ctext_decode(base, at, folded.count)
            let isMember = WordCharacters.term.isWord(point.value)
            let isAlone = point.value >= 0x80 && WordCharacters.unspaced.isWord(point.value)
            if isAlone || (isMember && !isInside) { words += 1 }
            isInside = isMember && !isAlone
            at += Int(point.length)
        }
        return words
    }
}
