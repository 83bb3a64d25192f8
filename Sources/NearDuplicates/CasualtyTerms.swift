import CText
import Synchronization

/// The terms of casualties that lose text, kept from their first reading for the later ones as far as memory lasts.
///
/// `@unchecked Sendable`: a block's place is written by the thread that first reads the block and read in later
/// passes alone; `bytesLeft` is atomic.
final class CasualtyTerms: @unchecked Sendable {
    /// What is kept in all. Chosen: the terms of 50 MB of text, about.
    static let bytes = 64 << 20

    private let blocks: UnsafeMutableBufferPointer<RowTerms?>
    private let bytesLeft: Atomic<Int>

    init(blockCount: Int, bytes: Int = CasualtyTerms.bytes) {
        blocks = .allocate(capacity: blockCount)
        blocks.initialize(repeating: nil)
        bytesLeft = Atomic(bytes)
    }

    deinit {
        blocks.deinitialize()
        blocks.deallocate()
    }

    /// The terms of a block's rows; `nil` where they have to be read.
    subscript(block: Int) -> RowTerms? { blocks[block] }

    /// Takes the terms of a block's rows, if there is room.
    ///
    /// - Complexity: O(terms).
    func keep(_ terms: RowTerms, of block: Int) {
        let size = terms.byteCount
        guard bytesLeft.subtract(size, ordering: .relaxed).newValue >= 0 else {
            bytesLeft.add(size, ordering: .relaxed)
            return
        }
        blocks[block] = terms.copy()
    }
}

/// The hashes of the terms of some rows, in order and with repeats.
struct RowTerms {
    private struct Row {
        var row: UInt32
        var conversation: UInt32
        /// End of its terms in `hashes`.
        var end: Int
    }

    private var rows: [Row] = []
    private var hashes: [UInt64] = []

    /// Hashes for which memory is kept from block to block.
    private static let keptHashes = 1 << 18

    var byteCount: Int {
        rows.count * MemoryLayout<Row>.stride + hashes.count * MemoryLayout<UInt64>.stride
    }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: hashes.capacity <= Self.keptHashes)
    }

    /// Adds terms of the row that `end` ends.
    mutating func add(_ terms: UnsafeBufferPointer<ctext_term>) {
        hashes.append(contentsOf: terms.lazy.map(\.hash))
    }

    mutating func end(row: Int, conversation: UInt32) {
        rows.append(Row(row: UInt32(row), conversation: conversation, end: hashes.count))
    }

    /// The same in no more memory than it takes.
    func copy() -> RowTerms {
        var copy = RowTerms()
        copy.rows.reserveCapacity(rows.count)
        copy.rows += rows
        copy.hashes.reserveCapacity(hashes.count)
        copy.hashes += hashes
        return copy
    }

    /// Calls `body` with each row, its conversation and its terms.
    func forEach(_ body: (Int, _ conversation: UInt32, UnsafeBufferPointer<UInt64>) throws -> Void) rethrows {
        try hashes.withUnsafeBufferPointer { hashes in
            var start = 0
            for row in rows {
                try body(
                    Int(row.row), row.conversation, UnsafeBufferPointer(rebasing: hashes[start..<row.end]))
                start = row.end
            }
        }
    }
}
