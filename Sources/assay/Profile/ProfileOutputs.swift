import Findings

/// What a profile run of its own writes beside the misspelt forms: quarantine, an empty plan, the store's shards.
final class ProfileOutputs {
    let store: RunStoreWriter
    private let folder: RunFolder
    private let quarantine: FrameWriter
    private let plan: FrameWriter
    private let casualties: FrameWriter

    init(folder: RunFolder) throws {
        self.folder = folder
        quarantine = try folder.frameWriter(for: .quarantine)
        plan = try folder.frameWriter(for: .plan)
        // `apply` looks for the keepers of removed rows: here there are none.
        casualties = try folder.frameWriter(for: .casualties)
        store = try RunStoreWriter(path: folder.path(of: .store), rules: Rules.names)
    }

    /// Writes a batch's lines; called in row order.
    func write(_ batch: ProfileSurveyStage.Batch) throws {
        var rows: [QuarantineRecord] = []
        try batch.quarantine.forEach { line, record in
            var record = record
            record.position = try quarantine.append(line)
            rows.append(record)
        }
        try store.appendQuarantine(rows)
        try batch.plan.forEach { line, _ in _ = try plan.append(line) }
    }

    /// Ends the files and the store.
    ///
    /// - Returns: each file with its digest.
    func finish(inputs: InputSet, accounts: [ShardAccount]) throws -> [(file: RunFile, digest: FileDigest)] {
        var firstRow = 0
        var shards: [ShardRecord] = []
        for (index, shard) in inputs.shards.enumerated() {
            shards.append(
                ShardRecord(
                    corpus: "training", name: shard.name, firstRow: firstRow, rows: accounts[index].goodRows))
            firstRow += accounts[index].goodRows
        }
        try store.addShards(shards)
        var digests: [(file: RunFile, digest: FileDigest)] = []
        for (file, writer) in [
            (RunFile.quarantine, quarantine), (.plan, plan), (.casualties, casualties),
        ] {
            let framed = try writer.finish()
            try store.addFrames(framed.frames, of: file)
            digests.append((file, framed.digest))
        }
        try store.finish()
        digests.append((.store, try FileDigest(ofFile: folder.path(of: .store))))
        return digests
    }
}
