import Corpus
import TestSupport
import Testing

@testable import NearDuplicates

/// The same rows and configuration give the same decision, to the last bit.
@Suite struct DeterminismTests {
    private static func corpus(seed: UInt64) -> (RowCorpus, DedupConfiguration) {
        print("seed \(seed)")
        var scenario = InvariantTests.Scenario(seed: seed)
        scenario.configuration.containedMillionths = 850_000
        scenario.configuration.removesPrefixes = true
        scenario.configuration.keptPerCluster = 2
        scenario.configuration.protected = [SliceSelector("group=rare")]
        scenario.configuration.floors = [SliceFloor(slice: SliceSelector("group"), rows: 9)]
        let lines = scenario.rows.map(\.json)
        var corpus = RowCorpus(json: [], slices: ["group"])
        corpus.shards = [Array(lines[..<20]), [], Array(lines[20..<21]), Array(lines[21..<90])]
        corpus.against = [Array(lines[90...])]
        return (corpus, scenario.configuration)
    }

    @Test(arguments: [UInt64(300), 301, 302])
    func `threads, chunks, their order and memory never change a decision`(seed: UInt64) throws {
        let (corpus, plain) = Self.corpus(seed: seed)
        let expected = try corpus.decide(plain).everything
        #expect(expected.count > 40)
        for threads in [1, 2, 8] {
            for rowsPerChunk in [1, 7, 1_000] {
                var configuration = plain
                configuration.threads = threads
                let delivery = RowCorpus.Delivery(
                    rowsPerChunk: rowsPerChunk, memoryBytes: rowsPerChunk == 7 ? 1 : 1 << 24,
                    arrivalSeed: UInt64(threads * 31 + rowsPerChunk))
                let found = try corpus.decide(configuration, delivery).everything
                #expect(found == expected, "threads \(threads), \(rowsPerChunk) rows a chunk")
            }
        }
    }

    @Test func `rows on scratch are decided as rows in memory`() throws {
        print("seed 310")
        var maker = RowMaker(seed: 310)
        let corpus = RowCorpus(maker.rows(250))
        var configuration = DedupConfiguration()
        configuration.threads = 2
        let memory = try corpus.decide(configuration)
        let scratch = try corpus.decide(configuration, RowCorpus.Delivery(rowsPerChunk: 3, memoryBytes: 1))
        #expect(memory.table.spilledBytes == 0)
        #expect(scratch.table.spilledBytes > 50_000)
        #expect(memory.everything == scratch.everything)
    }

    @Test(arguments: [UInt64(320), 321], [EmergentTerms.maximumTerms, 40])
    func `losses and terms do not depend on threads or chunks, nor where too many terms are met`(
        seed: UInt64, maximumTerms: Int
    ) throws {
        print("seed \(seed)")
        let corpus = TermCorpus(seed: seed)
        func report(_ threads: Int, _ rowsPerChunk: Int) throws -> [String] {
            var configuration = TermCorpus.configuration
            configuration.threads = threads
            let decision = try corpus.corpus.decide(
                configuration,
                RowCorpus.Delivery(rowsPerChunk: rowsPerChunk, arrivalSeed: UInt64(rowsPerChunk)))
            var slices = SliceLosses(decision: decision, shardFields: [[("shard", "one")]])
            let terms = try EmergentTerms(decision: decision, maximumTerms: maximumTerms)
            #expect((terms.minimumOccurrences > 2) == (maximumTerms == 40))
            return slices.compute().map { "\($0)" } + terms.losses.map { "\($0)" }
                + ["\(terms.testedCount) \(terms.minimumOccurrences)"]
        }
        let expected = try report(1, 1_000)
        #expect(expected.count > 10)
        for (threads, rowsPerChunk) in [(1, 1), (2, 3), (2, 50), (4, 5), (8, 10), (8, 1)] {
            #expect(
                try report(threads, rowsPerChunk) == expected, "threads \(threads), \(rowsPerChunk) a chunk")
        }
    }
}
