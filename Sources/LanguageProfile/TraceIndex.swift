import CText
import TextForms

/// The words that matter for a second look, by the numbers of a trace: forms of pairs, and words that phrases begin
/// with; threads share it.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
package final class TraceIndex: @unchecked Sendable {
    struct Entry {
        /// 0 for a free place.
        var identity: UInt64 = 0
        /// The number of the form; -1 for a word that is none.
        var form: Int32 = -1
        var beginsPhrase = false
    }

    let watch: SpellingWatch
    let phrases: PhraseCatalogue
    private let entries: UnsafeMutableBufferPointer<Entry>
    private let filter: UnsafeMutableBufferPointer<UInt64>

    package init(_ watch: SpellingWatch, _ phrases: PhraseCatalogue) {
        self.watch = watch
        self.phrases = phrases
        var size = 256
        while size < 4 * (watch.formCount + phrases.phrases.count) { size *= 2 }
        entries = .allocate(capacity: size)
        entries.initialize(repeating: Entry())
        filter = .allocate(capacity: max(128, min(size / 4, 1 << 12)))
        filter.initialize(repeating: 0)
        for form in 0..<watch.formCount {
            let place = insert(ctext_trace_identity(watch.hash(ofForm: form)))
            entries[place].form = Int32(form)
        }
        for phrase in phrases.phrases { entries[insert(phrase[0])].beginsPhrase = true }
    }

    deinit {
        entries.deallocate()
        filter.deallocate()
    }

    private func insert(_ identity: UInt64) -> Int {
        filter[Int(truncatingIfNeeded: identity >> 9) & (filter.count - 1)] |= 1 << (identity >> 3 & 63)
        var place = Self.place(identity, entries.count)
        while entries[place].identity != 0, entries[place].identity != identity {
            place = (place + 1) & (entries.count - 1)
        }
        entries[place].identity = identity
        return place
    }

    @inline(__always)
    private static func place(_ identity: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: identity >> 21) & (size - 1)
    }

    /// What is known of a number's word; `nil` for a word that does not matter.
    @inline(__always)
    func entry(_ number: UInt64) -> Entry? {
        let identity = ctext_trace_identity(number)
        var place = Self.place(identity, entries.count)
        while entries[place].identity != 0 {
            if entries[place].identity == identity { return entries[place] }
            place = (place &+ 1) & (entries.count - 1)
        }
        return nil
    }

    /// The next number that may matter or that begins a batch, as `ctext_trace_pass`.
    @inline(__always)
    func next(_ trace: UnsafeBufferPointer<UInt64>, from at: Int, words: inout Int) -> Int {
        ctext_trace_pass(trace.baseAddress, at, trace.count, filter.baseAddress, filter.count - 1, &words)
    }
}
