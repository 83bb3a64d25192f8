import Corpus

@testable import Shards

/// A shard read and decoded to its end, all of it in memory: small test data alone.
struct ReadShard {
    /// Raw bytes of the rows that decode, as text.
    var rows: [String] = []
    var rowOffsets: [UInt64] = []
    var ordinals: [Int] = []
    /// By the reader and by the decoder, by ordinal.
    var quarantined: [QuarantinedRow] = []
    var outcome = ShardOutcome()
    var error: ShardError?
    var batchCount = 0
    var acceptedCount = 0
    /// The most that a batch held on to.
    var largestBatchBytes = 0

    /// - Parameter keepsRows: whether to keep the rows' texts.
    init(
        _ shard: Shard, limits: ReadLimits = ReadLimits(), batchBytes: Int = 512 << 10, keepsRows: Bool = true
    ) {
        let decoder = RowDecoder(limits: limits)
        var reader: ShardReader?
        do {
            let opened = try ShardReader(shard: shard, shardIndex: 0, limits: limits, batchBytes: batchBytes)
            reader = opened
            while let batch = try opened.next() {
                batchCount += 1
                largestBatchBytes = max(largestBatchBytes, batch.heldBytes)
                quarantined += batch.quarantined
                for row in batch.rows { take(row, of: batch, decoder, keepsRows: keepsRows) }
            }
        } catch {
            self.error = error as? ShardError
        }
        quarantined.sort { $0.ordinal < $1.ordinal }
        outcome = reader?.outcome ?? ShardOutcome()
    }

    private mutating func take(_ row: RawRow, of batch: RawBatch, _ decoder: RowDecoder, keepsRows: Bool) {
        switch decoder.decode(batch.bytes(of: row)) {
        case .value:
            acceptedCount += 1
            guard keepsRows else { return }
            rows.append(String(decoding: batch.bytes(of: row), as: UTF8.self))
            rowOffsets.append(row.byteOffset)
            ordinals.append(row.ordinal)
        case .rejected(let code, let message): quarantined.append(batch.quarantine(row, code, message))
        }
    }

    var codes: [QuarantineCode] { quarantined.map(\.code) }

    /// Whether rows, rows set aside and error are the same, and at a clean end the figures too.
    func hasSameOutcome(as other: ReadShard) -> Bool {
        rows == other.rows && rowOffsets == other.rowOffsets && ordinals == other.ordinals
            && quarantined == other.quarantined && error == other.error
            && (error != nil || outcome == other.outcome)
    }

    /// Whether all rows were read and none was set aside.
    var isAccepted: Bool { error == nil && quarantined.isEmpty && outcome.isComplete }
}
