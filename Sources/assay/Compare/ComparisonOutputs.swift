import Comparison
import Findings

/// The files of a comparison: weights, nearest rows, tables; of a run of its own also quarantine and an empty plan.
final class ComparisonOutputs {
    private let folder: RunFolder
    private let weights: FrameWriter
    private let nearest: FrameWriter
    private let store: RunStoreWriter
    /// What a scan leaves to the other detectors.
    private let rest: (quarantine: FrameWriter, plan: FrameWriter, casualties: FrameWriter)?

    private let scan: Scan?

    /// What a scan has open, in which the training rows' quarantine stands already.
    struct Scan {
        var store: RunStoreWriter
        var quarantine: EvidenceOutputs
        var trainingCount: Int
        /// The store's number of the first production shard.
        var firstShard: Int
    }

    /// What the threads of a pipeline compress; `nil` where there is but one.
    let frames: FrameQueue?

    /// - Parameter scan: of which the comparison is part; a run of its own makes its own store.
    init(folder: RunFolder, threads: Int, scan: Scan? = nil) throws {
        self.folder = folder
        frames = FrameQueue(threads: threads)
        weights = try folder.frameWriter(for: .weights, queue: frames)
        nearest = try folder.frameWriter(for: .nearest)
        self.scan = scan
        if let scan {
            store = scan.store
            rest = nil
            return
        }
        // `apply` looks for the keepers of removed rows: here there are none.
        rest = (
            try folder.frameWriter(for: .quarantine, queue: frames),
            try folder.frameWriter(for: .plan, queue: frames),
            try folder.frameWriter(for: .casualties)
        )
        store = try RunStoreWriter(path: folder.path(of: .store), rules: Rules.names)
    }

    /// Writes a batch's lines; called in row order.
    func write(_ batch: ComparisonEvidenceStage.Batch) throws {
        try batch.weights.forEach { line, _ in _ = try weights.append(line) }
        if let scan {
            try scan.quarantine.append(
                batch.quarantine, from: scan.trainingCount, as: scan.firstShard)
        }
        guard let rest else { return }
        var rows: [QuarantineRecord] = []
        try batch.quarantine.forEach { line, record in
            var record = record
            record.position = try rest.quarantine.append(line)
            rows.append(record)
        }
        try store.appendQuarantine(rows)
        try batch.plan.forEach { line, _ in _ = try rest.plan.append(line) }
    }

    /// Writes a line for each sampled right row with the nearest rows, the least covered first.
    func writeNearest(
        _ sample: RowSample, _ index: CoverageIndex,
        _ found: CoverageProbe.Found, shardNames: [String]
    ) throws {
        let order = index.rows.indices.sorted { a, b in
            let (first, second) = (found.other[a].similarity, found.other[b].similarity)
            return first != second ? first < second : a < b
        }
        for place in order {
            let row = sample.rows[index.rows[place]]
            var json = JSONBytes()
            json.beginObject()
            json.field("shard", shardNames[row.shard])
            json.field("ordinal", row.ordinal)
            json.field("similarity", Double(found.other[place].similarity))
            json.key("nearest")
            Self.write(found.other[place], shardNames, to: &json)
            json.field("ownSimilarity", Double(found.own[place].similarity))
            json.key("ownNearest")
            Self.write(found.own[place], shardNames, to: &json)
            json.endObject()
            try json.withUnsafeBytes { _ = try nearest.append($0) }
        }
    }

    private static func write(
        _ nearest: CoverageProbe.Nearest, _ shardNames: [String], to json: inout JSONBytes
    ) {
        guard nearest.shard >= 0 else { return json.null() }
        json.beginObject()
        json.field("shard", shardNames[Int(nearest.shard)])
        json.field("ordinal", nearest.ordinal)
        json.endObject()
    }

    /// Ends the two files; the store stays open.
    func finish(_ figures: ComparisonFigures) throws -> [(file: RunFile, digest: FileDigest)] {
        try store.addComparison(figures)
        return try Self.end([(.weights, weights), (.nearest, nearest)], store)
    }

    /// Ends what a run of its own has beside, and the store.
    func finishRest(_ shards: [ShardRecord]) throws -> [(file: RunFile, digest: FileDigest)] {
        guard let rest else { return [] }
        try store.addShards(shards)
        var digests = try Self.end(
            [(.quarantine, rest.quarantine), (.plan, rest.plan), (.casualties, rest.casualties)], store)
        try store.finish()
        digests.append((.store, try FileDigest(ofFile: folder.path(of: .store))))
        return digests
    }

    private static func end(
        _ writers: [(RunFile, FrameWriter)], _ store: RunStoreWriter
    ) throws -> [(file: RunFile, digest: FileDigest)] {
        try writers.map { file, writer in
            let framed = try writer.finish()
            try store.addFrames(framed.frames, of: file)
            return (file, framed.digest)
        }
    }
}
