import CICU
import CText

/// Word boundaries by ICU (UAX #29 and its dictionaries) in runs of scripts without spaces; for one thread.
final class WordBreaker {
    private let breaks: OpaquePointer
    private var units: [UInt16] = []
    /// The byte offset of each UTF-16 unit in the run.
    private var offsets: [Int32] = []

    /// Most bytes that are handed to ICU at once; a longer run is cut.
    private static let longestRun = 1 << 16

    /// - Throws: ``TextFormsError`` if ICU has no break rules.
    init() throws {
        var status: cicu_status = 0
        guard let breaks = cicu_word_breaks("", &status), status <= 0 else {
            throw TextFormsError.unicodeLibrary("word break rules", status: status)
        }
        self.breaks = breaks
    }

    deinit { cicu_breaks_close(breaks) }

    /// Calls back with the byte range of each word (not of punctuation) of `text[run]`.
    ///
    /// - Complexity: O(bytes); about 50 MB/s.
    func forEachWord(in text: UnsafeRawBufferPointer, run: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = run.lowerBound
        while start < run.upperBound {
            var end = min(run.upperBound, start + Self.longestRun)
            while end < run.upperBound, end > start + 1, text[end] & 0xC0 == 0x80 { end -= 1 }
            breakPiece(of: text, start..<end, body)
            start = end
        }
    }

    private func breakPiece(
        of text: UnsafeRawBufferPointer, _ piece: Range<Int>, _ body: (Range<Int>) -> Void
    ) {
        decode(text, piece)
        var status: cicu_status = 0
        units.withUnsafeBufferPointer { units in
            cicu_breaks_set_text(breaks, units.baseAddress, Int32(units.count), &status)
            guard status <= 0 else {
                body(piece)
                return
            }
            var previous = cicu_breaks_first(breaks)
            while true {
                let next = cicu_breaks_next(breaks)
                guard next >= 0 else { break }
                // UBRK_WORD_NUMBER and above are words; below are spaces and punctuation.
                if cicu_breaks_rule_status(breaks) >= 100 {
                    body(Int(offsets[Int(previous)])..<Int(offsets[Int(next)]))
                }
                previous = next
            }
        }
    }

    private func decode(_ text: UnsafeRawBufferPointer, _ piece: Range<Int>) {
        units.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        guard let bytes = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        var at = piece.lowerBound
        while at < piece.upperBound {
            let point = ctext_decode(bytes, at, piece.upperBound)
            offsets.append(Int32(at))
            if point.value < 0x10000 {
                units.append(UInt16(truncatingIfNeeded: point.value))
            } else {
                units.append(UInt16(truncatingIfNeeded: 0xD7C0 + point.value >> 10))
                units.append(UInt16(truncatingIfNeeded: 0xDC00 | point.value & 0x3FF))
                offsets.append(Int32(at))
            }
            at += Int(point.length)
        }
        offsets.append(Int32(piece.upperBound))
    }
}
