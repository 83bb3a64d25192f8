import CText
import TextForms

/// What a second look at the rows of one batch needs: the words as numbers (`ctext_trace.h`), the features of each turn
/// and what stands beside the text; the rows themselves need not be read again.
///
/// Numbers of 64 bits. A row: how many numbers it is, its ordinal, its conversation, then bits (source, licence, call)
/// and the bytes of its slices from bit 32, the number of its turns, the bytes of its slices; then its turns. A turn:
/// its role, whether it is chosen (bit 8) and the length of its trace (from bit 16), its words and its number in the
/// row (from bit 32), its features as two numbers, its trace.
///
/// One per thread: batch after batch is written and then finished as codes (`TraceCoder`): 2 bytes a word, 8 a
/// different word of the batch, some 40 a turn and a row.
package final class RowTrace {
    private let numbers = HashBuffer(capacity: RowTrace.usualCapacity)
    private let coder = TraceCoder()
    private var rowStart = 0
    private var turnStart = 0
    private var turnCount: UInt64 = 0
    private var flags: UInt64 = 0

    static let rowHeader = 5
    static let turnHeader = 4

    /// Of a batch of rows of the usual length; what one huge row takes is given back.
    static let usualCapacity = 1 << 18

    package init() {}

    /// Ends a batch; the next row begins another.
    ///
    /// - Returns: its trace, for `TraceReader.forEachRow`.
    /// - Complexity: O(words).
    package func finish() -> [UInt64] {
        let all = numbers.hashes
        var at = 0
        while at < all.count {
            let end = at + Int(all[at])
            var turns = all[at + 4]
            coder.add(literally: all, at..<at + Self.rowHeader + Self.sliceNumbers(flags: all[at + 3]))
            at += Self.rowHeader + Self.sliceNumbers(flags: all[at + 3])
            while turns > 0 {
                let length = Int(all[at] >> 16)
                coder.add(literally: all, at..<at + Self.turnHeader)
                at += Self.turnHeader
                coder.add(all, at..<at + length)
                at += length
                turns -= 1
            }
            precondition(at == end, "a row ends with its last turn")
        }
        let coded = coder.finish()
        numbers.removeAll()
        numbers.shrink(toCapacity: Self.usualCapacity)
        return coded
    }

    /// The numbers that hold the bytes of a row's slices.
    static func sliceNumbers(flags: UInt64) -> Int { (Int(flags >> 32) + 7) / 8 }

    /// Begins a row; `SpellingSurveyor.add` writes its turns and ends it.
    ///
    /// - Parameters:
    ///   - conversation: its hash; 0 for none.
    ///   - slices: in the encoding of `SliceSet`.
    package func beginRow(
        ordinal: Int, conversation: UInt64, provenance: Provenance, slices: [UInt8]
    ) {
        rowStart = numbers.count
        turnCount = 0
        flags = (provenance.hasSource ? 1 : 0) | (provenance.hasLicence ? 2 : 0)
        flags |= UInt64(slices.count) << 32
        let sliceNumbers = Self.sliceNumbers(flags: flags)
        numbers.reserve(Self.rowHeader + sliceNumbers)
        numbers.fill { row in
            row[1] = UInt64(ordinal)
            row[2] = conversation
            guard sliceNumbers > 0 else { return Self.rowHeader }
            row[Self.rowHeader + sliceNumbers - 1] = 0
            slices.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(start: row + Self.rowHeader, count: $0.count)
                    .copyMemory(from: $0)
            }
            return Self.rowHeader + sliceNumbers
        }
    }

    func noteCall() { flags |= 4 }

    func beginTurn() {
        numbers.reserve(Self.turnHeader)
        turnStart = numbers.count
        numbers.fill { _ in Self.turnHeader }
        turnCount += 1
    }

    /// Adds a batch of words of the turn that was begun.
    ///
    /// - Parameters:
    ///   - words: `nil` where phrases are not looked for.
    ///   - isForeign: the batch looks like another language or program text.
    func add(
        words: UnsafeBufferPointer<LexicalReader.Word>?, tokens: UnsafeBufferPointer<ctext_token>,
        isForeign: Bool
    ) {
        numbers.reserve(1 + 3 * (words?.count ?? 0) + tokens.count)
        numbers.append(UInt64(isForeign ? CTEXT_TRACE_FOREIGN : CTEXT_TRACE_OWN))
        numbers.fill { target in
            guard let words else { return ctext_trace_tokens(tokens.baseAddress, tokens.count, target) }
            return ctext_trace_words(
                words.baseAddress, words.count, WordTurns.leftOut, tokens.baseAddress, tokens.count, target)
        }
    }

    func endTurn(_ number: Int, _ role: ProfileRole, isChosen: Bool, words: Int, found: FeatureReader.Set) {
        let length = UInt64(numbers.count - turnStart - Self.turnHeader)
        let turn = numbers.start + turnStart
        turn[0] = UInt64(role.rawValue) | (isChosen ? 1 << 8 : 0) | length << 16
        turn[1] = UInt64(UInt32(clamping: words)) | UInt64(UInt32(clamping: number)) << 32
        turn[2] = UInt64(truncatingIfNeeded: found)
        turn[3] = UInt64(truncatingIfNeeded: found >> 64)
    }

    func endRow() {
        let row = numbers.start + rowStart
        row[0] = UInt64(numbers.count - rowStart)
        row[3] = flags
        row[4] = turnCount
    }
}
