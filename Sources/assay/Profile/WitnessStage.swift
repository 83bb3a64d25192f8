import Corpus
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

    /// One thread's tools for one group.
    private final class Worker {
        let survey: SurveyWorker
        let part = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)

        init(_ clustering: DedupConfiguration) throws {
            survey = try SurveyWorker(configuration: clustering)
        }
    }

    /// Reads the rows and finds the clusters of each group.
    ///
    /// - Parameter groups: parts that are compared with one another.
    /// - Throws: as `PlacedRows.read` and `DedupDecision`; `ProfileError` where scratch cannot be written.
    func clusters(of groups: [[EvidencePart]]) throws -> [EvidenceClusters] {
        let tables = try groups.indices.map(makeTable)
        // A worker has one chunk at a time.
        let workers = try (0..<clustering.threads).map { _ in
            try groups.map { _ in try Worker(clustering) }
        }
        let groups = groups.map { Set($0).sorted() }
        let ranges = groups.map(Self.ranges)
        let places = ranges.reduce(into: Set()) { $0.formUnion($1.keys) }.sorted()
        try PlacedRows(inputs, places).read(
            threads: clustering.threads,
            begin: { worker in workers[worker].map { $0.survey.makeChunk() } },
            row: { thread, row, chunks in
                for group in groups.indices {
                    let worker = workers[thread][group]
                    for part in groups[group][ranges[group][row.place] ?? 0..<0] {
                        worker.part.take(row.mapper) { part.holds($0, number: $1) }
                        // Their ids are not asked for.
                        worker.survey.add(
                            worker.part, raw: UnsafeRawBufferPointer(start: nil, count: 0), against: false,
                            to: chunks[group])
                    }
                }
            },
            sink: { chunks in
                for (group, chunk) in chunks.enumerated() { try tables[group].append(chunk, shard: 0) }
            })
        return try zip(groups, tables).map { parts, table in
            try table.seal()
            if parts.isEmpty { return .none }
            let decision = try DedupDecision(table: table, declared: [], configuration: clustering)
            return EvidenceClusters(
                parts: parts,
                clusters: (0..<table.rowCount).map { row in
                    decision.verdicts.casualty(row).map { Int($0.keeper) } ?? row
                })
        }
    }

    /// The parts of each row.
    private static func ranges(_ parts: [EvidencePart]) -> [FeatureTallies.Place: Range<Int>] {
        var ranges: [FeatureTallies.Place: Range<Int>] = [:]
        var start = 0
        while start < parts.count {
            var end = start + 1
            while end < parts.count, parts[end].place == parts[start].place { end += 1 }
            ranges[parts[start].place] = start..<end
            start = end
        }
        return ranges
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
