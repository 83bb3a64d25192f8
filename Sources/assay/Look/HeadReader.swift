import CText
import Corpus
import Shards

/// Reads the first rows of one shard.
struct HeadReader {
    /// Rows and bytes of text of a shard that are read.
    static let maximumRows = 1000
    static let maximumBytes = 4 << 20
    /// Rows that two shards must begin with alike to be called copies of one another.
    static let comparedRows = 20

    /// What the head shows of its shard as a whole.
    struct Result {
        /// Rows looked at, those set aside included.
        var rows = 0
        var badRows = 0
        /// Of the rows looked at those without text, and the bytes that are compared of the others.
        var withoutText = 0
        var comparedBytes = 0
        /// The shard was read to its end, and each of its rows looked at.
        var isWhole = false
        var isLookedAtWhole = false
        var outcome = ShardOutcome()
        var error: ShardError?
        /// Of the first rows' bytes.
        var headHash: UInt64 = 0
    }

    let limits: ReadLimits
    /// Calls with each row that decodes.
    let row: (JSONNode) -> Void
    /// Calls with each row that is set aside.
    let badRow: (QuarantineCode, _ ordinal: Int) -> Void

    func read(_ shard: Shard, index: Int) -> Result {
        var result = Result()
        do {
            let reader = try ShardReader(
                shard: shard, shardIndex: index, limits: limits, batchBytes: 256 << 10, hashes: false)
            while let batch = try reader.next() {
                // What follows the first rows is only inflated and split, for the size of the whole.
                if result.rows < Self.maximumRows { read(batch, &result) }
                result.outcome = reader.outcome
                if reader.outcome.decompressedByteCount >= Self.maximumBytes { return result }
            }
            result.outcome = reader.outcome
            result.isWhole = true
            result.isLookedAtWhole = result.rows == reader.outcome.rowCount
        } catch {
            result.error = error as? ShardError
        }
        return result
    }

    private func read(_ batch: RawBatch, _ result: inout Result) {
        let decoder = RowDecoder(limits: limits)
        // A row's value lives as long as its decoder.
        defer { withExtendedLifetime(decoder) {} }
        for bad in batch.quarantined {
            result.badRows += 1
            badRow(bad.code, bad.ordinal)
        }
        result.rows += batch.quarantined.count
        for raw in batch.rows {
            let bytes = batch.bytes(of: raw)
            if result.rows < Self.comparedRows {
                let hash = ctext_xxh3_64(bytes.baseAddress, bytes.count, 0)
                result.headHash = ctext_mix64(result.headHash &* 31 &+ hash)
            }
            result.rows += 1
            switch decoder.decode(bytes) {
            case .value(let node): row(node)
            case .rejected(let code, _):
                result.badRows += 1
                badRow(code, raw.ordinal)
            }
        }
    }
}
