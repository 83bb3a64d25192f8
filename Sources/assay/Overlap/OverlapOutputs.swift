import EvalOverlap
import Findings
import NearDuplicates

/// The files of an overlap run that are written row after row, and the store; of a scan only `overlaps`, since the
/// other detector writes the rest.
final class OverlapOutputs {
    private let overlaps: FrameWriter
    /// What a scan leaves to the other detector: quarantine, plan, casualties.
    private let rest: (quarantine: FrameWriter, plan: FrameWriter, casualties: FrameWriter)?
    private let store: RunStoreWriter
    private let folder: RunFolder
    /// What the threads of a pipeline compress; `nil` where there is but one.
    let frames: FrameQueue?

    /// - Parameter shared: the store of a scan; the run's own is made where there is none.
    init(folder: RunFolder, threads: Int, shared: RunStoreWriter? = nil) throws {
        self.folder = folder
        frames = FrameQueue(threads: threads)
        overlaps = try folder.frameWriter(for: .overlaps, queue: frames)
        if let shared {
            store = shared
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
    func write(_ batch: OverlapEvidenceStage.Batch) throws {
        var records: [OverlapRecord] = []
        try batch.overlaps.forEach { line, record in
            var record = record
            record.position = try overlaps.append(line)
            records.append(record)
        }
        try store.appendOverlaps(records)
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

    /// Ends the files; of a scan the store stays open.
    ///
    /// - Parameters:
    ///   - figures: with doors and cues.
    ///   - joins: the rows and items that doors join.
    ///   - quarantined: eval records that could not be read.
    /// - Returns: each file with its digest.
    func finish(
        _ evidence: OverlapEvidenceStage, inputs: InputSet, figures: EvalOverlapFigures,
        joins: [DoorJoinRecord],
        quarantined: [QuarantinedItemRecord]
    ) throws -> [(file: RunFile, digest: FileDigest)] {
        let items = evidence.tally.records()
        try store.addEvalItems(items)
        try store.addDoors(figures.doors, joins: joins)
        try store.addCues(figures.cues)
        try store.addQuarantinedItems(quarantined)
        var writers: [(RunFile, FrameWriter)] = [(.overlaps, overlaps)]
        if let rest {
            try store.addShards(
                inputs.shards.indices.map { index in
                    ShardRecord(
                        corpus: "training", name: inputs.shards[index].name,
                        firstRow: evidence.firstRows[index], rows: evidence.survey.accounts[index].goodRows)
                })
            writers += [(.quarantine, rest.quarantine), (.plan, rest.plan), (.casualties, rest.casualties)]
        }
        var digests: [(file: RunFile, digest: FileDigest)] = []
        for (file, writer) in writers {
            let framed = try writer.finish()
            try store.addFrames(framed.frames, of: file)
            digests.append((file, framed.digest))
        }
        if rest != nil {
            try store.finish()
            digests.append((.store, try FileDigest(ofFile: folder.path(of: .store))))
        }
        let controls = Set(evidence.decision.index.sets.filter(\.isControl).map(\.name))
        var list = ""
        for item in items where item.state == .unflagged && !controls.contains(item.set) {
            list += "\(Self.line(item.set))\t\(Self.line(item.item))\n"
        }
        digests.append((.unflaggedItems, try folder.write(Array(list.utf8), to: .unflaggedItems)))
        return digests
    }

    /// A name on one line: tabs and line breaks of an item's own id are spaces.
    private static func line(_ name: String) -> String {
        String(name.map { $0 == "\t" || $0.isNewline ? " " : $0 })
    }
}
