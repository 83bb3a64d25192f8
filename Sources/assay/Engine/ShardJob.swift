import Findings
import NearDuplicates
import Shards

/// Writes the kept rows of one shard.
struct ShardJob: Sendable {
    let input: RunManifest.Input
    /// `nil` where the run could read nothing of it.
    let shard: Shard?
    let isChanged: Bool
    let lines: [ApplyPlan.Line]
    /// Ordinals of removals that are not carried out, for want of their keeper.
    let restored: Set<Int>
    let path: String
    let limits: ReadLimits

    /// - Throws: `ShardError`, `FindingsError`; `UsageError` where plan and rows do not agree.
    /// - Complexity: O(bytes of the shard).
    func perform() throws -> AppliedShard {
        var state = AppliedShard(name: input.name)
        state.isChanged = isChanged
        guard let shard else {
            state.isWritten = false
            return state
        }
        let reader = try ShardReader(
            shard: shard, shardIndex: 0, limits: limits,
            expectedSHA256: isChanged || input.state != .complete ? nil : input.sha256)
        var rows = RowSelection(job: self, state: state)
        var writer: (any RowWriter)?
        do {
            while let batch = try nextBatch(reader) {
                let open = try writer ?? makeWriter(shard, reader)
                writer = open
                try rows.take(batch) { try open.append($0, ordinal: $1) }
            }
            let open = try writer ?? makeWriter(shard, reader)
            writer = open
            state = rows.finish()
            try check(state, written: try open.finish())
        } catch {
            writer?.cancel()
            throw error
        }
        return state
    }

    private func makeWriter(_ shard: Shard, _ reader: ShardReader) throws -> any RowWriter {
        if shard.format == .parquet {
            return try ParquetShardWriter(source: shard, path: path, limits: limits)
        }
        // Plain text under the name of a compressed file was read; a file of no byte under it could not be.
        let compression =
            shard.compression == .none ? Compression(name: Array(input.name.utf8)) : shard.compression
        return try ShardWriter(
            path: path, name: input.name, layout: reader.outcome.layout, compression: compression)
    }

    /// The next rows; of a shard that ended early in the run, those before the same end.
    private func nextBatch(_ reader: ShardReader) throws -> RawBatch? {
        do { return try reader.next() } catch {
            if input.state == .complete { throw error }
            return nil
        }
    }

    private func check(_ state: AppliedShard, written: WrittenShard) throws {
        let planned = lines.reduce(into: (removed: 0, quarantined: 0)) {
            if $1.isQuarantine { $0.quarantined += 1 } else { $0.removed += 1 }
        }
        let adds =
            state.rows == state.out + state.removed + state.quarantined && written.rowCount == state.out
        let agrees =
            isChanged
            || (state.rows == input.rows && state.quarantined == planned.quarantined
                && planned.quarantined == input.quarantined
                && state.removed + state.restored.count == planned.removed && state.moved.isEmpty)
        guard adds, agrees else {
            throw UsageError(
                "\(input.name): rows, plan and run.json do not agree (\(state.rows) rows, \(state.removed) removed, "
                    + "\(state.quarantined) quarantined); scan the corpus again")
        }
    }
}

/// Walks through a shard's rows and its part of the plan side by side.
private struct RowSelection {
    private let job: ShardJob
    private var state: AppliedShard
    private var next = 0
    private let decoder: RowDecoder

    init(job: ShardJob, state: AppliedShard) {
        self.job = job
        self.state = state
        decoder = RowDecoder(limits: job.limits)
    }

    /// Hands the batch's kept rows to `write`, in order, each with its ordinal.
    mutating func take(
        _ batch: RawBatch, _ write: (UnsafeRawBufferPointer, _ ordinal: Int) throws -> Void
    ) throws {
        var unread = batch.quarantined[...]
        for row in batch.rows {
            while let first = unread.first, first.ordinal < row.ordinal {
                setAside(unread.removeFirst().ordinal)
            }
            let bytes = batch.bytes(of: row)
            let line = planned(row.ordinal)
            // A row that was changed has not been looked at by the scan.
            if job.isChanged, case .rejected = decoder.decode(bytes) {
                count(line, isQuarantined: true)
                continue
            }
            let id = Hash128(of: bytes).value
            if let line, line.id == id, !(job.isChanged && line.isQuarantine) {
                if job.restored.contains(line.ordinal) {
                    state.restored.append(line.ordinal)
                } else {
                    count(line, isQuarantined: line.isQuarantine)
                    continue
                }
            } else if let line {
                if !line.isQuarantine { state.moved.append(line.ordinal) }
                guard job.isChanged else {
                    throw UsageError(
                        "\(job.input.name):\(line.ordinal): the row is not the one of the plan; scan the corpus again"
                    )
                }
            }
            state.rows += 1
            state.out += 1
            state.kept.add(shard: job.input.name, id: id)
            try write(bytes, row.ordinal)
        }
        for rest in unread { setAside(rest.ordinal) }
    }

    /// - Returns: the account; planned removals behind the last row count as not carried out.
    mutating func finish() -> AppliedShard {
        for line in job.lines[next...] where !line.isQuarantine { state.moved.append(line.ordinal) }
        return state
    }

    private mutating func planned(_ ordinal: Int) -> ApplyPlan.Line? {
        guard next < job.lines.count, job.lines[next].ordinal == ordinal else { return nil }
        next += 1
        return job.lines[next - 1]
    }

    /// A row that the reader itself set aside.
    private mutating func setAside(_ ordinal: Int) { count(planned(ordinal), isQuarantined: true) }

    private mutating func count(_ line: ApplyPlan.Line?, isQuarantined: Bool) {
        state.rows += 1
        if isQuarantined { state.quarantined += 1 } else { state.removed += 1 }
        if isQuarantined, let line, !line.isQuarantine { state.moved.append(line.ordinal) }
    }
}
