import CText
import TextForms

/// What a second look at the rows of one batch needs: the words as numbers (`ctext_trace.h`), the features of each turn
/// and what stands beside the text; the rows themselves need not be read again.
///
/// Numbers of 64 bits. A row: how many numbers it is, its ordinal, its conversation, then bits (source, licence, call),
/// the number of its turns from bit 8 and the bytes of its slices from bit 32, these bytes; then its turns. A turn: its
/// role, whether it is chosen (bit 8) and the length of its trace (from bit 16), its words, its features as two
/// numbers, its trace. About 8 bytes a word.
///
/// `@unchecked Sendable` without a lock: one thread writes it, and others read it once it is written.
package final class RowTrace: @unchecked Sendable {
    private var numbers: UnsafeMutablePointer<UInt64>
    private var capacity: Int
    private var count = 0
    private var rowStart = 0
    private var turnStart = 0
    private var turnCount: UInt64 = 0
    private var flags: UInt64 = 0

    static let rowHeader = 4
    static let turnHeader = 4

    /// - Parameter byteCount: of the batch, about.
    package init(byteCount: Int) {
        capacity = max(64, byteCount / 6)
        numbers = .allocate(capacity: capacity)
    }

    deinit { numbers.deallocate() }

    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: numbers, count: count * MemoryLayout<UInt64>.stride)
    }

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
        numbers[rowStart + 3] = flags | turnCount << 8
    }
}
