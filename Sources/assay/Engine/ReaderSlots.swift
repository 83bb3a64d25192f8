import Corpus
import NearDuplicates
import Pipeline
import Shards
import Synchronization

/// The open readers of a pipeline's sources; a reader itself is used by one thread at a time.
final class ReaderSlots: Sendable {
    private let readers: Mutex<[ShardReader?]>

    init(count: Int) { readers = Mutex(Array(repeating: nil, count: count)) }

    /// - Parameter hashes: whether to compute the shard's SHA-256.
    func open(_ inputs: InputSet, _ source: Int, hashes: Bool = true) throws -> () throws -> RawBatch? {
        let reader = try ShardReader(
            shard: inputs.shards[source], shardIndex: source, limits: inputs.limits, hashes: hashes)
        readers.withLock { $0[source] = reader }
        return { try reader.next() }
    }

    func outcome(of source: Int) -> ShardOutcome {
        readers.withLock { $0[source]?.outcome } ?? ShardOutcome()
    }

    func close(_ source: Int) { readers.withLock { $0[source] = nil } }
}
