import CText
import Corpus
import TextForms

/// Reads the rows of traces: finds the forms of pairs and the phrases in them, and counts their features; one per
/// thread.
///
/// Words that look like another language or program text, as the survey judged them, hold no forms: neither wrong ones
/// nor right ones, so that a rate is of the same words.
package final class TraceReader {
    /// What stands beside the text of a row; valid until the next is read.
    package struct Row {
        package var ordinal: Int
        /// 0 for none.
        package var conversation: UInt64
        package var provenance: Provenance
        /// In the encoding of `SliceSet`.
        package var slices: UnsafeRawBufferPointer
    }

    private let index: TraceIndex
    package let counter: FeatureCounter
    private let phrases: PhraseReader
    /// The pairs of which the row that was read last has a form, in the order in which they were met.
    package private(set) var pairs: [Int32] = []
    /// What that row has of each pair.
    private let forms: UnsafeMutableBufferPointer<PairTally.Forms>
    /// The numbers of the trace that is read.
    private let room = HashBuffer()

    package init(_ index: TraceIndex, _ catalogue: FeatureCatalogue) {
        self.index = index
        counter = FeatureCounter(catalogue)
        phrases = PhraseReader(index.phrases)
        forms = .allocate(capacity: index.watch.pairs.count)
        forms.initialize(repeating: PairTally.Forms())
    }

    deinit { forms.deallocate() }

    /// What the row that was read last has of a pair.
    @inline(__always)
    package func forms(of pair: Int32) -> PairTally.Forms { forms[Int(pair)] }

    var phraseTallies: [PhraseTally] { phrases.tallies }

    /// Reads the rows of a trace one after another; `body` may end each by `endRow`.
    ///
    /// - Parameter trace: of a batch, as `RowTrace.finish` gives it.
    /// - Complexity: O(words).
    package func forEachRow(_ trace: UnsafeRawBufferPointer, _ body: (Row) -> Void) {
        let numbers = TraceCoder.decode(trace, into: room)
        // What one huge row takes is given back.
        defer {
            room.removeAll()
            room.shrink(toCapacity: RowTrace.usualCapacity)
        }
        var at = 0
        while at < numbers.count {
            let length = Int(numbers[at])
            let row = UnsafeBufferPointer(rebasing: numbers[at..<at + length])
            at += length
            let flags = row[3]
            let sliceBytes = Int(flags >> 32)
            let slices = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: row[RowTrace.rowHeader...]))
            var provenance = Provenance()
            provenance.hasSource = flags & 1 != 0
            provenance.hasLicence = flags & 2 != 0
            read(
                UnsafeBufferPointer(
                    rebasing: row[(RowTrace.rowHeader + RowTrace.sliceNumbers(flags: flags))...]),
                turnCount: Int(row[4]), hasCall: flags & 4 != 0)
            body(
                Row(
                    ordinal: Int(row[1]), conversation: row[2], provenance: provenance,
                    slices: UnsafeRawBufferPointer(rebasing: slices[..<sliceBytes])))
        }
    }

    /// Counts the features and phrases of the row that was read last.
    package func endRow(_ origin: RowOrigin) {
        phrases.endRow(author: origin.author, origin.place, number: origin.number)
        counter.endRow(origin)
    }

    private func read(_ turns: UnsafeBufferPointer<UInt64>, turnCount: Int, hasCall: Bool) {
        if !pairs.isEmpty {
            for pair in pairs { forms[Int(pair)] = PairTally.Forms() }
            pairs.removeAll(keepingCapacity: true)
        }
        counter.beginRow()
        phrases.beginRow()
        if hasCall { counter.noteCall() }
        var at = 0
        for _ in 0..<turnCount {
            let head = turns[at]
            let length = Int(head >> 16)
            let role = ProfileRole(rawValue: UInt8(truncatingIfNeeded: head)) ?? .text
            let words = Int(turns[at + 1] & 0xFFFF_FFFF)
            let number = Int(turns[at + 1] >> 32)
            var found = FeatureReader.Set(turns[at + 2]) | FeatureReader.Set(turns[at + 3]) << 64
            at += RowTrace.turnHeader
            if look(
                UnsafeBufferPointer(rebasing: turns[at..<at + length]), role, turn: number, words: words)
            {
                found |= 1 << FeatureReader.Set(FeatureCatalogue.misspelt)
            }
            at += length
            counter.add(
                FeatureTallies.TurnFeatures(
                    role: role, found: found, words: words, number: number, isChosen: head >> 8 & 1 == 1))
        }
    }

    /// - Returns: whether the turn has a form that is an error beyond doubt.
    private func look(
        _ trace: UnsafeBufferPointer<UInt64>, _ role: ProfileRole, turn: Int, words: Int
    ) -> Bool {
        var isMisspelt = false
        var isForeign = false
        var last: Int?
        var lastToken = -1
        var passed = 0
        var at = 0
        let index = index
        let watch = index.watch
        phrases.beginTurn()
        while true {
            at = index.next(trace, from: at, words: &passed)
            if at == trace.count { break }
            let number = trace[at]
            if number <= UInt64(CTEXT_TRACE_FLAGS) {
                isForeign = number == UInt64(CTEXT_TRACE_FOREIGN)
                last = nil
            } else if let entry = index.entry(number) {
                if entry.beginsPhrase, number & UInt64(CTEXT_TRACE_WORD) != 0 {
                    phrases.look(trace, at, number: Int32(truncatingIfNeeded: passed))
                }
                if entry.form >= 0, !isForeign, number & UInt64(CTEXT_TRACE_TOKEN) != 0 {
                    let form = Int(entry.form)
                    watch.forEachUse(of: form) { use in
                        if use.isError { isMisspelt = true }
                        note(use.pair, role, turn: turn, isWrong: use.isWrong)
                    }
                    // A token between them breaks the direct succession of its own.
                    if let last, number & UInt64(CTEXT_TRACE_FOLLOWS) != 0,
                        isNextToken(trace, after: lastToken, at)
                    {
                        for pair in watch.pairs(of: last, then: form) {
                            note(pair, role, turn: turn, isWrong: false)
                        }
                    }
                    last = form
                    lastToken = at
                }
            }
            if number & UInt64(CTEXT_TRACE_WORD) != 0, number > UInt64(CTEXT_TRACE_FLAGS) { passed += 1 }
            at += 1
        }
        phrases.endTurn(turn, words: words)
        return isMisspelt
    }

    /// Whether no token lies between two places.
    private func isNextToken(_ trace: UnsafeBufferPointer<UInt64>, after first: Int, _ second: Int) -> Bool {
        var at = first + 1
        while at < second {
            let number = trace[at]
            if number > UInt64(CTEXT_TRACE_FLAGS), number & UInt64(CTEXT_TRACE_TOKEN) != 0 { return false }
            at += 1
        }
        return true
    }

    @inline(__always)
    private func note(_ pair: Int32, _ role: ProfileRole, turn: Int, isWrong: Bool) {
        if forms[Int(pair)].either == 0 { pairs.append(pair) }
        forms[Int(pair)].add(role, turn: turn, isWrong: isWrong)
    }
}
