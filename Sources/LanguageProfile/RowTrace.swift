import CText
import TextForms

/// What a second look at the rows of one batch needs: the words as numbers (`ctext_trace.h`), the features of each turn
/// and what stands beside the text; the rows themselves need not be read again.
///
/// Numbers of 64 bits. A row: how many numbers it is, its ordinal, its conversation, then bits (source, licence, call)
/// and the bytes of its slices from bit 32, the number of its turns, the bytes of its slices; then its turns. A turn:
/// its role, whether it is chosen (bit 8) and the length of its trace (from bit 16), its words, its features as two
/// numbers, its trace.
///
/// One per thread: batch after batch is written and then finished as codes (`TraceCoder`): 2 bytes a word, 8 a
/// different word of the batch, some 40 a turn and a row.
package final class RowTrace {
    private var numbers: UnsafeMutablePointer<UInt64>
    private var capacity = RowTrace.usualCapacity
    private var count = 0
    private let coder = TraceCoder()
    private var rowStart = 0
    private var turnStart = 0
    private var turnCount: UInt64 = 0
    private var flags: UInt64 = 0

    static let rowHeader = 5
    static let turnHeader = 4

    /// Of a batch of rows of the usual length; what one huge row takes is given back.
    static let usualCapacity = 1 << 18

    package init() { numbers = .allocate(capacity: capacity) }

    deinit { numbers.deallocate() }

    /// Ends a batch; the next row begins another.
    ///
    /// - Returns: its trace, for `TraceReader.forEachRow`.
    /// - Complexity: O(words).
    package func finish() -> [UInt64] {
        coder.begin()
        let all = UnsafeBufferPointer(start: numbers, count: count)
        var at = 0
        while at < count {
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
        count = 0
        if capacity > Self.usualCapacity {
            numbers.deallocate()
            capacity = Self.usualCapacity
            numbers = .allocate(capacity: capacity)
        }
        return coded
    }

    /// The numbers that hold the bytes of a row's slices.
    static func sliceNumbers(flags: UInt64) -> Int { (Int(flags >> 32) + 7) / 8 }

    private func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let larger = max(capacity * 2, count + more)
        let moved = UnsafeMutablePointer<UInt64>.allocate(capacity: larger)
        moved.update(from: numbers, count: count)
        numbers.deallocate()
        numbers = moved
        capacity = larger
    }

    /// Begins a row; `SpellingSurveyor.add` writes its turns and ends it.
    ///
    /// - Parameters:
    ///   - conversation: its hash; 0 for none.
    ///   - slices: in the encoding of `SliceSet`.
    package func beginRow(
        ordinal: Int, conversation: UInt64, provenance: Provenance, slices: [UInt8]
    ) {
        rowStart = count
        turnCount = 0
        flags = (provenance.hasSource ? 1 : 0) | (provenance.hasLicence ? 2 : 0)
        flags |= UInt64(slices.count) << 32
        let sliceNumbers = (slices.count + 7) / 8
        reserve(Self.rowHeader + sliceNumbers)
        numbers[count + 1] = UInt64(ordinal)
        numbers[count + 2] = conversation
        count += Self.rowHeader
        guard sliceNumbers > 0 else { return }
        numbers[count + sliceNumbers - 1] = 0
        slices.withUnsafeBytes {
            UnsafeMutableRawBufferPointer(start: numbers + count, count: $0.count).copyMemory(from: $0)
        }
        count += sliceNumbers
    }

    func noteCall() { flags |= 4 }

    func beginTurn() {
        reserve(Self.turnHeader)
        turnStart = count
        count += Self.turnHeader
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
        reserve(1 + 3 * (words?.count ?? 0) + tokens.count)
        numbers[count] = UInt64(isForeign ? CTEXT_TRACE_FOREIGN : CTEXT_TRACE_OWN)
        count += 1
        if let words {
            count += ctext_trace_words(
                words.baseAddress, words.count, WordTurns.leftOut, tokens.baseAddress, tokens.count,
                numbers + count)
        } else {
            count += ctext_trace_tokens(tokens.baseAddress, tokens.count, numbers + count)
        }
    }

    func endTurn(_ role: ProfileRole, isChosen: Bool, words: Int, found: FeatureReader.Set) {
        let length = UInt64(count - turnStart - Self.turnHeader)
        numbers[turnStart] = UInt64(role.rawValue) | (isChosen ? 1 << 8 : 0) | length << 16
        numbers[turnStart + 1] = UInt64(words)
        numbers[turnStart + 2] = UInt64(truncatingIfNeeded: found)
        numbers[turnStart + 3] = UInt64(truncatingIfNeeded: found >> 64)
    }

    func endRow() {
        numbers[rowStart] = UInt64(count - rowStart)
        numbers[rowStart + 3] = flags
        numbers[rowStart + 4] = turnCount
    }
}
