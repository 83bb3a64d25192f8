import LanguageProfile
import NearDuplicates

/// The traces of all batches, in memory first and then on scratch.
///
/// Appending is for one thread; reading is for several, once appending has ended.
final class TraceStore {
    private struct Block {
        var shard: Int
        var offset: Int
        var count: Int
    }

    private let store: SpillStore
    private var blocks: [Block] = []

    /// - Throws: `ScratchError`.
    init(memoryBytes: Int, scratch: String) throws {
        store = try SpillStore(memoryBytes: memoryBytes, path: scratch + "/traces")
    }

    var spilledBytes: Int { store.spilledBytes }
    var count: Int { blocks.count }

    /// Adds the trace of a batch; those of one shard in order.
    ///
    /// - Throws: `ScratchError` when the disk is full.
    func append(_ trace: [UInt64], shard: Int) throws {
        if trace.isEmpty { return }
        try trace.withUnsafeBytes {
            blocks.append(Block(shard: shard, offset: try store.append($0), count: $0.count))
        }
    }

    /// Ends the appending: traces are then numbered in the order of shards.
    func seal() {
        blocks = blocks.enumerated().sorted { ($0.element.shard, $0.offset) < ($1.element.shard, $1.offset) }
            .map(\.element)
    }

    /// - Throws: `ScratchError`.
    func read(_ number: Int, buffer: inout ReadBuffer) throws -> (shard: Int, trace: UnsafeRawBufferPointer) {
        let block = blocks[number]
        return (
            block.shard, try store.read(offset: block.offset, count: block.count, buffer: &buffer)
        )
    }
}
