import Glibc
import LanguageProfile
import NearDuplicates

/// A further reading of rows with a wrong form, a feature or a phrase, or of samples of them, to find near duplicates
/// among them.
///
/// Which rows these are is known only once the traces of all rows were read.
final class WitnessStage {
    private let inputs: InputSet
    private let clustering: DedupConfiguration
    private let scratch: String

    /// - Parameter clustering: how near duplicates are found.
    init(_ inputs: InputSet, clustering: DedupConfiguration, scratch: String) {
        self.inputs = inputs
        self.clustering = clustering
        self.scratch = scratch
    }

    /// Reads the rows and finds the clusters of each group.
    ///
    /// - Parameter groups: rows that are compared with one another; of each group in order, each once.
    /// - Throws: as `PlacedRows.read` and `DedupDecision`; `ProfileError` where scratch cannot be written.
    func clusters(of groups: [[FeatureTallies.Place]]) throws -> [EvidenceClusters] {
        let tables = try groups.indices.map(makeTable)
        // A worker has one chunk at a time.
        let workers = try (0..<clustering.threads).map { _ in
            try groups.map { _ in try SurveyWorker(configuration: clustering) }
        }
        let sets = groups.map { Set($0) }
        let all = sets.reduce(into: Set()) { $0.formUnion($1) }.sorted()
        try PlacedRows(inputs, all).read(
            threads: clustering.threads,
            begin: { worker in workers[worker].map { $0.makeChunk() } },
            row: { worker, row, chunks in
                for group in sets.indices where sets[group].contains(row.place) {
                    workers[worker][group].add(row.mapper, raw: row.raw, against: false, to: chunks[group])
                }
            },
            sink: { chunks in
                for (group, chunk) in chunks.enumerated() { try tables[group].append(chunk, shard: 0) }
            })
        return try zip(groups, tables).map { places, table in
            try table.seal()
            if places.isEmpty { return .none }
            let decision = try DedupDecision(table: table, declared: [], configuration: clustering)
            return EvidenceClusters(
                places: places,
                clusters: (0..<table.rowCount).map { row in
                    decision.verdicts.casualty(row).map { Int($0.keeper) } ?? row
                })
        }
    }

    private func makeTable(_ group: Int) throws -> RowTable {
        let folder = scratch + "/witnesses-\(group)"
        guard mkdir(folder, 0o700) == 0 else {
            throw ProfileError(
                .scratch,
                "\(folder): \(String(cString: strerror(errno))); choose another folder with --scratch")
        }
        return try RowTable(shardCount: 1, memoryBytes: clustering.memoryBytes, scratch: folder)
    }
}
