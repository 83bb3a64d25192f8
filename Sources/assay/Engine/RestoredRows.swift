import Corpus
import Findings
import NearDuplicates
import Shards

/// Planned removals whose keeper is not where it was, because its shard has changed: they are not carried out, so
/// that every removed row still has its keeper in the output.
struct RestoredRows {
    /// Ordinals by number of the training shard.
    private(set) var ordinals: [Int: Set<Int>] = [:]

    /// - Throws: `ShardError`, `FindingsError`.
    /// - Complexity: O(bytes of the changed shards and of the casualties); 16 bytes a row of the changed shards.
    init(run: StoredRun, inputs: ApplyInputs) throws {
        try run.check(.casualties)
        let training = run.inputs(of: "training")
        let names = Dictionary(training.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var rows: [String: [UInt128]] = [:]
        for (index, shard) in inputs.shards.enumerated() where inputs.isChanged[index] {
            if let shard { rows[shard.name] = try Self.ids(of: shard, limits: run.limits) }
        }
        var againstRows: [String: [UInt128]] = [:]
        for (name, shard) in inputs.against where inputs.isChangedAgainst(name) {
            againstRows[name] = try Self.ids(of: shard, limits: run.limits)
        }
        let decoder = RowDecoder()
        let reader = try FrameReader(path: "\(run.path)/\(RunFile.casualties.name)")
        var bytes: [UInt8] = []
        try reader.forEachLine { line in
            bytes.removeAll(keepingCapacity: true)
            bytes.append(contentsOf: line)
            bytes.append(contentsOf: repeatElement(0, count: StoredRows.padding))
            try bytes.withUnsafeBytes { padded in
                let line = UnsafeRawBufferPointer(rebasing: padded.dropLast(StoredRows.padding))
                guard case .value(let node) = decoder.decode(line),
                    let row = RowPlace(node.field("row")), let keeper = RowPlace(node.field("keeper")),
                    let number = names[row.shard]
                else {
                    throw FindingsError(
                        .damaged, "holds a line that is no casualty's; scan the corpus again",
                        place: "\(run.path)/\(RunFile.casualties.name)")
                }
                guard let found = (keeper.isAgainst ? againstRows : rows)[keeper.shard] else { return }
                let stands = keeper.ordinal < found.count && found[keeper.ordinal] == keeper.id
                if !stands { ordinals[number, default: []].insert(row.ordinal) }
            }
        }
    }

    /// Ids of a shard's rows by ordinal; 0 for a row that the reader sets aside.
    private static func ids(of shard: Shard, limits: ReadLimits) throws -> [UInt128] {
        let reader = try ShardReader(shard: shard, shardIndex: 0, limits: limits)
        var ids: [UInt128] = []
        while let batch = try reader.next() {
            for row in batch.rows {
                while ids.count < row.ordinal { ids.append(0) }
                ids.append(Hash128(of: batch.bytes(of: row)).value)
            }
        }
        return ids
    }
}
