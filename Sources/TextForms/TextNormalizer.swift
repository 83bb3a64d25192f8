import CText

/// Makes the normal form of texts; one for each thread.
///
/// The normal form of a text is, in this order: its UTF-8 decoded, each maximal ill-formed part as U+FFFD; NFKC;
/// full default case folding of each code point (ICU's `U_FOLD_CASE_DEFAULT`, no locale; *not* NFKC_Casefold, so
/// zero-width characters stay); each run of White_Space one space; no space at either end. After folding it is
/// not normalised anew, so that a few texts have forms that are not in NFKC
/// (the mark U+0345 folds to a letter, on which later marks then stand). Punctuation and symbols stay.
///
/// A segment is a code point before which NFKC always has a boundary and those behind it that may interact with
/// it. ASCII goes through a block kernel, a segment of one code point through a table of all code points, a
/// segment that the quick check finds to be in NFKC code point by code point through that table, and only
/// others, such as a letter with a decomposed accent, through ICU. Segments of over
/// ``SegmentNormalizer/longestSegment`` code points, which no language has, are cut into pieces of that many.
package final class TextNormalizer {
    private let table: FoldTable
    private let segments: SegmentNormalizer

    /// Most bytes that a segment becomes without ICU, with the kernel's slack.
    private static let longestForm =
        SegmentNormalizer.longestSegment * Int(CTEXT_FOLD_LONGEST) + 2 * Int(CTEXT_FOLD_SLACK)

    /// - Throws: ``TextFormsError`` if ICU has no normalisation data.
    package init() throws {
        table = try FoldTable.shared.get()
        segments = try SegmentNormalizer()
    }

    /// Appends the normal form of one text.
    ///
    /// - Parameters:
    ///   - text: UTF-8, not inside `output`; nothing behind it is read.
    ///   - output: grows by at most 11 bytes for a byte (U+FDFA is the worst), commonly by no more than the text
    ///     has.
    /// - Complexity: O(bytes).
    package func appendNormalForm(of text: UnsafeRawBufferPointer, to output: ByteBuffer) {
        guard let start = text.assumingMemoryBound(to: UInt8.self).baseAddress, !text.isEmpty else { return }
        var kernel = table.kernel
        var state = ctext_fold_state()
        state.text = start
        state.length = text.count
        state.origin = output.count
        state.written = output.count
        var outcome = CTEXT_FOLD_DONE
        repeat {
            // Without room the kernel goes back to the start of the segment: the next room must hold it.
            let spare = outcome == CTEXT_FOLD_ROOM ? Self.longestForm : Int(CTEXT_FOLD_SLACK)
            output.reserve(text.count - state.read + spare)
            state.output = output.start.assumingMemoryBound(to: UInt8.self)
            state.capacity = output.capacity
            outcome = ctext_fold(&state, &kernel, SegmentNormalizer.longestSegment)
            output.count = state.written
            if outcome == CTEXT_FOLD_HARD {
                segments.append(
                    UnsafeRawBufferPointer(rebasing: text[state.read..<state.segment_end]), to: output,
                    origin: state.origin)
                state.read = state.segment_end
                state.written = output.count
            }
        } while outcome != CTEXT_FOLD_DONE
        if output.count > state.origin, output.bytes[output.count - 1] == UInt8(ascii: " ") {
            output.count -= 1
        }
    }
}
