import CText
import Synchronization
import TextForms

/// The terms of casualties that lose text, kept from their first reading for the later ones: in memory as far as it
/// lasts, then in scratch. To read them from the rows takes a dictionary for some scripts, and a hundred times as long.
///
/// `@unchecked Sendable`: a block's place is written by the thread that reads the block first and read in later passes
/// alone; `isOpen` locks the appending.
final class CasualtyTerms: @unchecked Sendable {
    /// What is kept in memory. Chosen: the terms of 45 MB of English, about, of 8 bytes a word.
    static let bytes = 64 << 20

    private let places: UnsafeMutableBufferPointer<Range<Int>?>
    private let store: SpillStore
    /// Whether scratch has taken all that came.
    private let isOpen = Mutex(true)

    /// - Parameters:
    ///   - bytes: what is kept in memory; another number is for tests.
    ///   - scratch: the file for what is beyond; made when it is needed.
    /// - Throws: `ScratchError`.
    init(blockCount: Int, bytes: Int = CasualtyTerms.bytes, scratch: String) throws {
        store = try SpillStore(memoryBytes: bytes, path: scratch)
        places = .allocate(capacity: blockCount)
        places.initialize(repeating: nil)
    }

    deinit { places.deallocate() }

    var spilledBytes: Int { store.spilledBytes }

    /// Takes the terms of a block's rows; from when scratch cannot be written, none: their rows are read again.
    ///
    /// - Complexity: O(words).
    func keep(_ terms: RowTerms, of block: Int) {
        terms.numbers.withUnsafeBytes { bytes in
            places[block] = isOpen.withLock { isOpen in
                guard isOpen, let offset = try? store.append(bytes) else {
                    isOpen = false
                    return nil
                }
                return offset..<offset + bytes.count
            }
        }
    }

    /// The terms of a block's rows, valid as long as `buffer` is not used again; `nil` where they are not kept.
    ///
    /// - Throws: `ScratchError`.
    func terms(of block: Int, buffer: inout ReadBuffer) throws -> UnsafeBufferPointer<UInt64>? {
        guard let place = places[block] else { return nil }
        let bytes = try store.read(offset: place.lowerBound, count: place.count, buffer: &buffer)
        return bytes.assumingMemoryBound(to: UInt64.self)
    }
}

/// The words of terms of some rows, in order and with repeats: for each row its number and its conversation's hash in
/// one number, how many follow, and the words as `ctext_term_words` has them.
struct RowTerms {
    private(set) var numbers: [UInt64] = []
    /// Where the row at hand begins.
    private var start = 0

    /// Numbers for which memory is kept from block to block.
    private static let keptNumbers = 1 << 18
    /// Words of a row for whose terms memory is kept from row to row.
    private static let keptWords = 1 << 16

    mutating func removeAll() {
        numbers.removeAll(keepingCapacity: numbers.capacity <= Self.keptNumbers)
    }

    mutating func begin(row: Int, conversation: UInt32) {
        start = numbers.count
        numbers.append(UInt64(row) << 32 | UInt64(conversation))
        numbers.append(0)
    }

    /// Adds words of the row that was begun.
    mutating func add(_ words: UnsafeBufferPointer<UInt64>) {
        numbers.append(contentsOf: words)
        numbers[start + 1] += UInt64(words.count)
    }

    /// Calls `body` with each row, its conversation and its terms.
    ///
    /// - Parameter terms: room for a row's terms.
    static func forEach(
        of numbers: UnsafeBufferPointer<UInt64>, terms: HashBuffer,
        _ body: (Int, _ conversation: UInt32, UnsafeBufferPointer<UInt64>) throws -> Void
    ) rethrows {
        var at = 0
        while at < numbers.count {
            let head = numbers[at]
            let count = Int(numbers[at + 1])
            at += 2
            terms.removeAll()
            terms.shrink(toCapacity: 2 * max(count, keptWords) + 1)
            terms.reserve(2 * count + 1)
            terms.fill { ctext_join_terms(numbers.baseAddress.map { $0 + at }, count, $0) }
            try body(Int(head >> 32), UInt32(truncatingIfNeeded: head), terms.hashes)
            at += count
        }
    }
}
