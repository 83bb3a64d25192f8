import Findings
import NearDuplicates

/// The files that the evidence pass writes, and the store's rows that point into them.
final class EvidenceOutputs {
    private let casualties: FrameWriter
    private let spared: FrameWriter
    private let keepers: FrameWriter
    private let quarantine: FrameWriter
    private let plan: FrameWriter
    private let store: RunStoreWriter
    /// What the threads of a pipeline compress; `nil` where there is but one.
    let frames: FrameQueue?
    /// Pairs that are written.
    private var pairCount = 0

    init(folder: RunFolder, store: RunStoreWriter, threads: Int) throws {
        frames = FrameQueue(threads: threads)
        casualties = try folder.frameWriter(for: .casualties, queue: frames)
        spared = try folder.frameWriter(for: .spared, queue: frames)
        keepers = try folder.frameWriter(for: .keepers, queue: frames)
        quarantine = try folder.frameWriter(for: .quarantine, queue: frames)
        plan = try folder.frameWriter(for: .plan, queue: frames)
        self.store = store
    }

    /// Writes a batch's lines; called in row order.
    func write(_ batch: EvidenceBatch) throws {
        try store.appendRemovals(try Self.append(batch.casualties, to: casualties) { $0.position = $1 })
        try store.appendSpared(try Self.append(batch.spared, to: spared) { $0.position = $1 })
        try store.appendClusters(try Self.append(batch.keepers, to: keepers) { $0.position = $1 })
        try store.appendQuarantine(try Self.append(batch.quarantine, to: quarantine) { $0.position = $1 })
        try batch.plan.forEach { line, _ in _ = try plan.append(line) }
    }

    /// Writes the verified pairs of the rows up to one, from the last written on: the sink writes them while other threads
    /// work.
    ///
    /// - Parameter pairs: of the run, ordered by row; the same at each call.
    func write(_ pairs: [Match], before row: Int) throws {
        while pairCount < pairs.count, Int(pairs[pairCount].row) < row {
            let end = min(pairs.count, pairCount + Self.mostPairs)
            let part = pairs[pairCount..<end].prefix { Int($0.row) < row }
            pairCount = part.endIndex
            try store.appendPairs(
                part.map {
                    PairRecord(
                        row: Int($0.row), keeper: Int($0.keeper), similarity: $0.similarity, kind: $0.kind)
                })
        }
    }

    /// Pairs that are copied at a time.
    private static let mostPairs = 50_000

    private static func append<Record>(
        _ lines: LineList<Record>, to writer: FrameWriter, _ place: (inout Record, FramePosition) -> Void
    ) throws -> [Record] {
        var records: [Record] = []
        try lines.forEach { line, record in
            var record = record
            place(&record, try writer.append(line))
            records.append(record)
        }
        return records
    }

    /// Writes quarantined rows that another analysis met.
    ///
    /// - Parameters:
    ///   - firstShard: rows of shards before it are there already.
    ///   - storeShard: the store's number of that shard.
    func append(_ quarantined: LineList<QuarantineRecord>, from firstShard: Int, as storeShard: Int) throws {
        var records: [QuarantineRecord] = []
        try quarantined.forEach { line, record in
            guard Int(record.shard) >= firstShard else { return }
            var record = record
            record.shard += Int32(storeShard - firstShard)
            record.position = try quarantine.append(line)
            records.append(record)
        }
        try store.appendQuarantine(records)
    }

    /// Ends the files but the quarantine.
    ///
    /// - Returns: each file with its digest.
    func finish() throws -> [(file: RunFile, digest: FileDigest)] {
        try [(.casualties, casualties), (.spared, spared), (.keepers, keepers), (.plan, plan)].map {
            try end($0, $1)
        }
    }

    /// Ends the quarantine, once all analyses are through.
    func finishQuarantine() throws -> (file: RunFile, digest: FileDigest) { try end(.quarantine, quarantine) }

    private func end(_ file: RunFile, _ writer: FrameWriter) throws -> (file: RunFile, digest: FileDigest) {
        let framed = try writer.finish()
        try store.addFrames(framed.frames, of: file)
        return (file, framed.digest)
    }
}
