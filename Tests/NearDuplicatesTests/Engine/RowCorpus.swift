import Corpus
import Foundation
import Shards
import TestSupport
import Testing

@testable import NearDuplicates

/// Shards of JSON rows in memory, surveyed and decided as a run does it.
struct RowCorpus: Sendable {
    /// How the rows reach the table; nothing of it may change a result.
    struct Delivery: Sendable {
        var rowsPerChunk = 64
        var memoryBytes = 1 << 26
        /// Chunks of different shards arrive in an order that this seed chooses; `nil`: shard by shard.
        var arrivalSeed: UInt64?
    }

    var shards: [[String]]
    /// Shards of `--against` corpora, behind the others.
    var against: [[String]] = []
    var slices: [String] = []
    var ignoredFields: [String] = []

    init(_ rows: [MadeRow], slices: [String] = []) {
        shards = [rows.map(\.json)]
        self.slices = slices
    }

    init(json rows: [String], slices: [String] = []) {
        shards = [rows]
        self.slices = slices
    }

    /// Surveys all rows.
    func table(_ configuration: DedupConfiguration, _ delivery: Delivery = Delivery()) throws -> RowTable {
        let all = shards + against
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let table = try RowTable(
            shardCount: all.count, memoryBytes: delivery.memoryBytes, scratch: folder.path)
        let survey = try Survey(self, configuration)
        var waiting = all.indices.map { shard in
            stride(from: 0, to: all[shard].count, by: delivery.rowsPerChunk).map { start in
                (shard: shard, rows: start..<min(start + delivery.rowsPerChunk, all[shard].count))
            }[...]
        }
        var generator = delivery.arrivalSeed.map { SplitMix(seed: $0) }
        while true {
            let live = waiting.indices.filter { !waiting[$0].isEmpty }
            guard let first = live.first else { break }
            let shard = generator == nil ? first : live[generator?.below(live.count) ?? 0]
            let piece = waiting[shard].removeFirst()
            let isAgainst = piece.shard >= shards.count
            try table.append(survey.chunk(all[shard][piece.rows], against: isAgainst), shard: shard)
        }
        try table.seal()
        return table
    }

    func decide(_ configuration: DedupConfiguration, _ delivery: Delivery = Delivery()) throws
        -> DedupDecision
    {
        try DedupDecision(
            table: table(configuration, delivery), declared: slices, configuration: configuration)
    }

    /// One thread's tools.
    private final class Survey {
        private let decoder = RowDecoder()
        private let mapper: RowMapper
        private let worker: SurveyWorker

        init(_ corpus: RowCorpus, _ configuration: DedupConfiguration) throws {
            mapper = RowMapper(
                ignoredFields: corpus.ignoredFields, slices: corpus.slices.map { FieldPath($0) },
                toolsAreCompared: configuration.on == .all)
            worker = try SurveyWorker(configuration: configuration)
        }

        func chunk(_ rows: ArraySlice<String>, against: Bool) throws -> SurveyChunk {
            let chunk = worker.makeChunk()
            for row in rows {
                let bytes = Array(row.utf8)
                let padded = bytes + [UInt8](repeating: 0, count: 64)
                padded.withUnsafeBytes { padded in
                    let raw = UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])
                    guard case .value(let node) = decoder.decode(raw) else {
                        Issue.record("a made row is no JSON: \(row)")
                        return
                    }
                    mapper.use(FieldMapping.detect(node))
                    mapper.map(node)
                    worker.add(mapper, raw: raw, against: against, to: chunk)
                }
            }
            return chunk
        }
    }
}

/// A table that is decided more than once: a decision marks rows in its flags.
struct Surveyed {
    let table: RowTable
    private let flags: [RowFlags]

    init(_ table: RowTable) {
        self.table = table
        flags = table.flags
    }

    func decide(_ configuration: DedupConfiguration, declared: [String] = []) throws -> DedupDecision {
        table.flags = flags
        return try DedupDecision(table: table, declared: declared, configuration: configuration)
    }
}
